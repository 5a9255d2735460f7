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

    /// Durable although it is short-lived: RabbitMQ 4 is about to refuse transient queues that are not exclusive.
    ///
    /// The broker deletes it by itself where it was declared and never consumed.
    static var passing: AMQPTable {
        ["x-queue-type": .text("classic"), "x-expires": .int64(300_000), "x-max-length": .int64(100_000)]
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

extension Topology.Step {
    /// What the step declares its queue with, by argument; nil for a step that declares none.
    ///
    /// A queue that is there with other arguments refuses the step.
    package func declaredArguments(_ version: ServerVersion?) -> [QueueArgument: String]? {
        let table: AMQPTable
        switch self {
        case .declareQueue: table = QueueArguments.events
        case .declareParkingQueue: table = QueueArguments.parking(version)
        case .declareDelayQueue(_, let delay, let queue):
            table = QueueArguments.delay(milliseconds: delay, returningTo: queue)
        case .declarePassingQueue: table = QueueArguments.passing
        case .expectQueue, .expectExchange, .bind: return nil
        }
        var arguments: [QueueArgument: String] = [:]
        for entry in table.entries {
            guard let argument = entry.name.string.flatMap(QueueArgument.init(rawValue:)) else { continue }
            switch entry.value {
            case .text(let text): arguments[argument] = text.description
            case .int64(let number): arguments[argument] = String(number)
            default: break
            }
        }
        return arguments
    }

    /// The queue that the step is about; nil where it is about an exchange.
    package var queue: String? {
        switch self {
        case .expectQueue(let name), .declareQueue(let name), .declareParkingQueue(let name),
            .declareDelayQueue(let name, _, _), .declarePassingQueue(let name), .bind(let name, _, _):
            name
        case .expectExchange: nil
        }
    }
}
