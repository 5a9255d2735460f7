package import AMQP

/// Where an event was first published, and when the bridge saw it first: what it is evaluated against, however often
/// it goes round a delay queue or through the parking queue.
package struct Origin: Sendable, Equatable {
    /// The exchange.
    package let exchange: AMQPText
    /// The routing key.
    package let routingKey: AMQPText
    /// Wall seconds since 1970 of the first arrival.
    package let firstTime: Int64
    /// Whether headers said so, that is: whether the message came round.
    package let isReturned: Bool

    /// An origin from its parts.
    package init(exchange: AMQPText, routingKey: AMQPText, firstTime: Int64, isReturned: Bool) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.firstTime = firstTime
        self.isReturned = isReturned
    }

    /// Reads the origin of a delivery: its headers where it came round through the default exchange, else itself.
    ///
    /// Headers count only on the default exchange: there the queue's name was the routing key, so nothing is hidden by
    /// believing them, and an event of a shop that carries such a header by mistake keeps its own routing.
    package init(of delivery: Delivery, now: Int64) {
        if delivery.exchange.isEmpty, let headers = delivery.properties.headers,
            let exchange = headers.text(.exchange), let routingKey = headers.text(.routingKey)
        {
            let first = headers.integer(.firstTime) ?? now
            self.init(
                exchange: exchange, routingKey: routingKey, firstTime: min(max(first, 0), now), isReturned: true)
        } else {
            let (exchange, routingKey) = (delivery.exchange, delivery.routingKey)
            self.init(exchange: exchange, routingKey: routingKey, firstTime: now, isReturned: false)
        }
    }

    /// The headers that carry the origin on.
    var headers: [AMQPTable.Entry] {
        [
            AMQPTable.Entry(BridgeHeader.exchange, .text(exchange)),
            AMQPTable.Entry(BridgeHeader.routingKey, .text(routingKey)),
            AMQPTable.Entry(BridgeHeader.firstTime, .int64(firstTime)),
        ]
    }
}
