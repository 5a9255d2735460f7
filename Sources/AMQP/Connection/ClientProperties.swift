/// What we say of ourselves at login.
enum ClientProperties {
    /// Capabilities that librabbitmq 0.11 does not announce by itself.
    ///
    /// Without the first, a deleted queue looks like a quiet one for ever; without the second, a blocked publisher is
    /// never told.
    static func table(connectionName: String) -> AMQPTable {
        [
            "product": .text("TriggerBridge"),
            "connection_name": .text(AMQPText(connectionName)),
            "capabilities": .table([
                "consumer_cancel_notify": .boolean(true),
                "connection.blocked": .boolean(true),
                "basic.nack": .boolean(true),
                "publisher_confirms": .boolean(true),
            ]),
        ]
    }
}
