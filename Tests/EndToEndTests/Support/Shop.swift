import AMQP
import BrokerSupport

/// Publishes with confirms, and again what a fault has left unconfirmed.
final class Shop {
    /// Most publishes without a confirm.
    private static let window = 400
    private let publisher: PublisherDriver
    private let queue: AMQPText

    /// Makes the queue, as the bridge would, and connects.
    init(_ host: VirtualHost, queue: String = "orders") throws {
        self.queue = AMQPText(queue)
        publisher = try PublisherDriver(host.settings("shop", heartbeatSeconds: 5), Topology([.declareQueue(queue)]))
        try publisher.run(seconds: 90) { $0.isConnected }
    }

    /// Publishes all; returns when each is confirmed.
    func publish(_ events: [ShopEvent]) throws {
        var waiting = events
        while !waiting.isEmpty {
            try publisher.run(seconds: 90) { $0.canPublish }
            var under: [(id: UInt64, event: ShopEvent)] = []
            for event in waiting.prefix(Self.window) {
                under.append((try publisher.publish(to: queue, Array(event.body.utf8), event.properties), event))
            }
            try publisher.run(seconds: 90) { driver in under.allSatisfy { driver.outcomes[$0.id] != nil } }
            let failed = under.filter { publisher.outcomes[$0.id]?.isConfirmed != true }.map(\.event)
            waiting = failed + waiting.dropFirst(Self.window)
        }
    }

    /// Publishes one message of any kind.
    func publish(_ body: [UInt8], _ properties: AMQPProperties) throws {
        let outcome = try publisher.outcome(to: queue, body, properties)
        guard outcome == .confirmed else { throw Late(description: "not confirmed: \(String(describing: outcome))") }
    }
}

extension PublisherDriver {
    /// Whether the connection stands and the broker takes publishes.
    fileprivate var canPublish: Bool {
        switch states.last {
        case .connected, .unblocked: true
        default: false
        }
    }
}
