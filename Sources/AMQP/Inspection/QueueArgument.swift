/// An argument of a queue that decides what becomes of its messages.
package enum QueueArgument: String, Sendable, Hashable, CaseIterable {
    case type = "x-queue-type"
    case deliveryLimit = "x-delivery-limit"
    case timeToLive = "x-message-ttl"
    case expiry = "x-expires"
    case maximumMessages = "x-max-length"
    case maximumBytes = "x-max-length-bytes"
    case overflow = "x-overflow"
    case deadLetterExchange = "x-dead-letter-exchange"
    case deadLetterRoutingKey = "x-dead-letter-routing-key"
    case deadLetterStrategy = "x-dead-letter-strategy"
    case singleActiveConsumer = "x-single-active-consumer"
    case consumerTimeout = "x-consumer-timeout"

    /// A value that no queue can be declared with: asking for it is refused whether the queue is there or not.
    var impossible: AMQPValue {
        switch self {
        case .timeToLive, .maximumMessages, .maximumBytes: .int64(-1)
        case .expiry, .deadLetterExchange, .deadLetterRoutingKey: .int64(0)
        case .type, .deliveryLimit, .overflow, .deadLetterStrategy, .singleActiveConsumer, .consumerTimeout:
            .text("none-such")
        }
    }

    /// Whether every broker refuses to create a queue with the impossible value; an older one does not know the argument
    /// and would ignore it.
    var isKnownToAll: Bool { self != .consumerTimeout }

    /// The value that a refusal tells, in the type that the queue must have it in.
    func value(_ text: String) -> AMQPValue? {
        switch self {
        case .type, .overflow, .deadLetterExchange, .deadLetterRoutingKey, .deadLetterStrategy: .text(AMQPText(text))
        case .singleActiveConsumer: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
        case .deliveryLimit, .timeToLive, .expiry, .maximumMessages, .maximumBytes, .consumerTimeout:
            Int64(text).map { .int64($0) }
        }
    }
}
