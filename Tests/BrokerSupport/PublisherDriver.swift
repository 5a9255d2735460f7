package import AMQP
import Poll

/// A publisher with the mailbox that the reactor would give it, for a test's own thread.
package final class PublisherDriver {
    /// The publisher.
    package let publisher: Publisher
    /// Outcomes by publication.
    package private(set) var outcomes: [UInt64: PublishOutcome] = [:]
    /// States, oldest first.
    package private(set) var states: [PublisherState] = []
    private let wakeup: Wakeup
    private let events: Mailbox<PublisherEvent>
    private var nextID: UInt64 = 1

    /// Starts a publisher.
    package init(_ settings: ConnectionSettings, _ topology: Topology = Topology(), capacity: Int = 1024) throws {
        wakeup = try Wakeup()
        events = Mailbox(capacity: capacity, wakeup: wakeup)
        publisher = try Publisher(connection: settings, topology: topology, capacity: capacity, events: events)
        try publisher.start()
    }

    /// Starts a publisher and waits until it is connected.
    package static func connected(_ host: VirtualHost, heartbeatSeconds: Int = 15) throws -> PublisherDriver {
        let driver = try PublisherDriver(host.settings("publisher", heartbeatSeconds: heartbeatSeconds))
        try driver.run { $0.isConnected }
        return driver
    }

    deinit {
        publisher.stop()
    }

    /// Whether the last word on the connection is that it stands.
    package var isConnected: Bool {
        if case .connected = states.last { true } else { false }
    }

    /// Why attempts failed, oldest first.
    package var downs: [BrokerError] {
        states.compactMap { if case .down(let error, _) = $0 { error } else { nil } }
    }

    /// Posts a message to a queue; returns its number.
    @discardableResult
    package func publish(
        to queue: AMQPText, exchange: AMQPText = "", _ body: [UInt8] = [], _ properties: AMQPProperties = .init()
    ) throws -> UInt64 {
        let id = nextID
        nextID += 1
        let publication = Publication(
            id: id, exchange: exchange, routingKey: queue, properties: properties, body: body)
        try run { $0.publisher.publish(publication) }
        return id
    }

    /// Posts messages and waits until all are confirmed.
    package func publishAll(to queue: AMQPText, _ bodies: [[UInt8]]) throws {
        let ids = try bodies.map { try publish(to: queue, $0) }
        try run { driver in ids.allSatisfy { driver.outcomes[$0]?.isConfirmed == true } }
    }

    /// Posts one message and waits for its outcome.
    package func outcome(
        to queue: AMQPText, exchange: AMQPText = "", _ body: [UInt8] = [], _ properties: AMQPProperties = .init()
    ) throws -> PublishOutcome? {
        let id = try publish(to: queue, exchange: exchange, body, properties)
        try run { $0.outcomes[id] != nil }
        return outcomes[id]
    }

    /// Takes events until the condition holds.
    package func run(seconds: Int = 20, until isDone: (PublisherDriver) -> Bool) throws {
        let deadline = MonotonicTime.now().advanced(by: .seconds(seconds))
        take()
        while !isDone(self) {
            guard MonotonicTime.now() < deadline else {
                throw ConsumerDriver.Late(description: "late: \(states.suffix(3)), \(outcomes.count) outcomes")
            }
            var set = PollSet()
            set.add(wakeup.descriptor, .readable)
            _ = set.wait(milliseconds: 50)
            take()
        }
    }

    private func take() {
        wakeup.clear()
        for event in events.drain() {
            switch event {
            case .outcome(let id, let outcome): outcomes[id] = outcome
            case .state(let state): states.append(state)
            }
        }
    }
}
