/// The properties that a message of AMQP 0-9-1 can have, as conditions and `$meta` name them.
enum MessageProperties {
    private static let names = [
        "content_type", "content_encoding", "delivery_mode", "priority", "correlation_id", "reply_to", "expiration",
        "message_id", "timestamp", "type", "user_id", "app_id", "cluster_id",
    ]

    /// What is meant by a name that is nearly one of them, as `messageId`; nil for any other.
    ///
    /// No message ever has such a property, though an event file that is written with the same slip does.
    static func hint(_ name: String) -> String? {
        names.contains(name) ? nil : ClosestName.hint(name, among: names)
    }
}
