/// A message to publish, and the caller's name for it.
package struct Publication: Sendable, Equatable {
    /// The caller's; comes back with the outcome.
    package let id: UInt64
    /// Empty is the default exchange: the routing key is then the queue's name.
    package let exchange: AMQPText
    /// The routing key.
    package let routingKey: AMQPText
    /// Sent as they are, but persistent, and with the header `Publisher.sequenceHeader`.
    package let properties: AMQPProperties
    /// Any size, empty too.
    package let body: [UInt8]

    /// A message to publish.
    package init(
        id: UInt64, exchange: AMQPText = "", routingKey: AMQPText, properties: AMQPProperties, body: [UInt8]
    ) {
        self.id = id
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
    }
}

/// What became of a publication.
///
/// Each gets exactly one.
package enum PublishOutcome: Sendable, Equatable {
    /// The broker has it safe.
    case confirmed
    /// No queue takes it (312 NO_ROUTE); the broker has dropped it.
    case returned(code: UInt16, text: AMQPText)
    /// The broker could not keep it: a full queue with `reject-publish`, or an error of its own.
    case nacked
    /// The connection was lost before the confirm: it may have been published, or not.
    case failed(BrokerError)
    /// Certainly not published: there was no connection.
    case unsent(BrokerError)
    /// Certainly not published: it does not fit on the wire.
    case refused(WireError)

    /// Whether the broker has it.
    package var isConfirmed: Bool { self == .confirmed }
}

/// How the publishing connection is.
package enum PublisherState: Sendable, Equatable {
    /// An attempt is under way.
    case connecting
    /// Publishing; everything of the topology is there.
    case connected(ServerIdentity)
    /// The broker takes nothing, as it has no memory or disk left; what was posted waits.
    case blocked(reason: AMQPText)
    /// It takes again.
    case unblocked
    /// Not connected, or connected to a broker that lacks something of the topology; the next attempt follows after this
    /// time.
    case down(BrokerError, retryAfter: Duration)
    /// Stopped as asked; nothing follows.
    case stopped
}

/// What the reactor learns from the publisher.
package enum PublisherEvent: Sendable, Equatable {
    /// What became of a publication.
    case outcome(id: UInt64, PublishOutcome)
    /// How the connection is.
    case state(PublisherState)
}
