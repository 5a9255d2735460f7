package import AMQP
import Poll

/// A consuming connection with the loop that the reactor would give it, for a test's own thread.
package final class ConsumerDriver {
    /// The condition of `run` did not come true in time.
    package struct Late: Error, CustomStringConvertible {
        /// What came instead.
        package let description: String
    }

    /// The connection.
    package let connection: ConsumerConnection
    /// What came of the topology.
    package let report: TopologyReport
    /// Everything that happened, oldest first.
    package private(set) var events: [ConsumerEvent] = []
    /// Whether deliveries are read; off is an owner that holds too much.
    package var reads = true
    /// Most deliveries for one call of `receive`.
    package var limit = 64

    /// Connects and hands over; throws the `BrokerError` when that fails.
    package init(_ settings: ConnectionSettings, _ consumer: ConsumerSettings, _ topology: Topology) throws {
        let wakeup = try Wakeup()
        let connector = BrokerConnector(
            connection: settings, consumer: consumer, topology: topology, generations: GenerationSource(),
            wakeup: wakeup)
        connector.begin()
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        _ = set.wait(milliseconds: 60_000)
        switch connector.take() {
        case .connected(let connection, let report):
            self.connection = connection
            self.report = report
        case .failed(let error): throw error
        case nil: throw Late(description: "no connection in a minute")
        }
    }

    /// Connects to a queue that is declared for the test and subscribes to it.
    package static func consuming(
        _ host: VirtualHost, queue: String, prefetch: UInt16 = 200, heartbeatSeconds: Int = 15
    ) throws -> ConsumerDriver {
        let driver = try ConsumerDriver(
            host.settings(heartbeatSeconds: heartbeatSeconds),
            ConsumerSettings(queue: queue, consumerTag: "test", prefetch: prefetch),
            Topology([.declareQueue(queue)]))
        driver.connection.resume()
        try driver.run { $0.contains(.consuming) }
        return driver
    }

    /// The deliveries among the events.
    package var deliveries: [Delivery] {
        events.compactMap { if case .delivery(let delivery) = $0 { delivery } else { nil } }
    }

    /// The end of the connection, when it came.
    package var closed: BrokerError?? {
        for case .closed(let error) in events { return .some(error) }
        return nil
    }

    /// Forgets what happened so far.
    package func forget() { events = [] }

    /// Turns the loop until the condition on all events holds.
    package func run(
        seconds: Int = 20, onEvent: (ConsumerEvent) -> Void = { _ in }, until isDone: ([ConsumerEvent]) -> Bool
    ) throws {
        let deadline = MonotonicTime.now().advanced(by: .seconds(seconds))
        while !isDone(events) {
            let now = MonotonicTime.now()
            guard now < deadline else { throw Late(description: "late: \(events.suffix(3))") }
            turn(until: min(deadline, connection.nextServiceTime), onEvent)
        }
    }

    /// Turns the loop until everything settled is written.
    package func flush() throws {
        connection.service(now: .now())
        try run { _ in !connection.wantsWrite }
    }

    private func turn(until time: MonotonicTime, _ onEvent: (ConsumerEvent) -> Void) {
        connection.service(now: .now())
        if !(reads && connection.hasBufferedInput) {
            var set = PollSet()
            let interest: Readiness = reads ? .readable : []
            if connection.descriptor >= 0 {
                set.add(connection.descriptor, connection.wantsWrite ? interest.union(.writable) : interest)
            }
            let left = max(time.since(.now()).nanoseconds / 1_000_000 + 1, 0)
            _ = set.wait(milliseconds: Int32(clamping: min(left, 50)))
        }
        guard reads else { return }
        for event in connection.receive(limit: limit, byteBudget: 1 << 20, now: .now()) {
            events.append(event)
            onEvent(event)
        }
    }
}
