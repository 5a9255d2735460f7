/// What the reactor learns from its consuming connection.
package enum ConsumerEvent: Sendable, Equatable {
    /// A whole message.
    case delivery(Delivery)
    /// The broker took the subscription: deliveries come from now on.
    case consuming
    /// The channel is closed as asked: everything that was open is back in its queue, in order.
    case released
    /// The broker ended the consumer: the queue was deleted or its leader lost. `resume` subscribes again, with a prefetch
    /// of its own beside what is still open.
    case cancelled
    /// The broker closed the channel: everything open is given back. `resume` opens a new one.
    case channelClosed(BrokerError)
    /// The broker's alarm blocks publishers; a consumer goes on, but an operator wants to know.
    case blocked(reason: AMQPText)
    /// The alarm is over.
    case unblocked
    /// The connection is finished; nil when it was we who closed it. Nothing follows.
    case closed(BrokerError?)
}

/// How a consumer subscribes.
package struct ConsumerSettings: Sendable, Equatable {
    /// The queue.
    package var queue: String
    /// The consumer's name, unique on its connection, as operators see it in `list_consumers`.
    package var consumerTag: String
    /// How many deliveries may be open at once; quorum queues cap it at 2,000, and 0 (no limit) is taken as 1.
    package var prefetch: UInt16
    /// Further arguments: `x-priority`, `x-consumer-timeout`.
    package var arguments: AMQPTable

    /// A subscription with the default prefetch of 200.
    package init(
        queue: String, consumerTag: String, prefetch: UInt16 = 200,
        arguments: AMQPTable = AMQPTable()
    ) {
        self.queue = queue
        self.consumerTag = consumerTag
        self.prefetch = max(prefetch, 1)
        self.arguments = arguments
    }
}

/// What a consuming connection has counted since it was made.
package struct ConsumerCounters: Sendable, Equatable {
    /// Messages handed over.
    package internal(set) var deliveries: UInt64 = 0
    /// Messages that came while the channel was being closed; the broker gives them again.
    package internal(set) var discardedDeliveries: UInt64 = 0
    /// Settlements of an older generation: dropped.
    package internal(set) var staleSettlements: UInt64 = 0
    /// Second settlements of a delivery, or of one that never was: dropped.
    package internal(set) var refusedSettlements: UInt64 = 0
    /// Settlement frames sent.
    package internal(set) var settlementFrames: UInt64 = 0
}
