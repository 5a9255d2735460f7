/// The arguments of the queues that the bridge declares; what they must be is ruled in the guarantees.
enum QueueArguments {
    /// From this version on quorum queues have a delivery limit of 20 unless told otherwise.
    private static let limitedByDefault = ServerVersion(4, 0)

    /// A replicated queue that survives the loss of a node.
    static var events: AMQPTable { ["x-queue-type": .text("quorum")] }

    /// No delivery limit: before 4.0 there is none by itself, and -1 is not known; an unknown version counts as new.
    static func parking(_ version: ServerVersion?) -> AMQPTable {
        var arguments = events
        if version.map({ $0 >= limitedByDefault }) ?? true {
            arguments.append("x-delivery-limit", .int64(-1))
        }
        return arguments
    }

    /// At-least-once dead lettering needs a quorum queue that refuses publishes when full, and a target.
    static func delay(milliseconds: Int64, returningTo queue: String) -> AMQPTable {
        var arguments = events
        arguments.append("x-dead-letter-strategy", .text("at-least-once"))
        arguments.append("x-overflow", .text("reject-publish"))
        arguments.append("x-message-ttl", .int64(milliseconds))
        arguments.append("x-dead-letter-exchange", .text(""))
        arguments.append("x-dead-letter-routing-key", .text(AMQPText(queue)))
        return arguments
    }
}
