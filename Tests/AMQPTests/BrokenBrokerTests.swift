import AMQP
import BrokerSupport
import Poll
import Testing

/// A broker that dies, stands still or has no memory left.
///
/// These tests have it alone.
@Suite(.timeLimit(.minutes(3)))
struct BrokenBrokerTests {
    /// Longest that one call from the reactor's loop may take; it never waits, but the machine may be busy.
    private static let longestCall = Duration.milliseconds(500)

    /// A consumer of a queue that may just come up.
    private static func consumer(_ settings: ConnectionSettings, queue: String) throws -> ConsumerDriver {
        let end = MonotonicTime.now().advanced(by: .seconds(30))
        while true {
            do {
                let driver = try ConsumerDriver(
                    settings, ConsumerSettings(queue: queue, consumerTag: "c"), Topology([.declareQueue(queue)]))
                driver.connection.resume()
                try driver.run { $0.contains(.consuming) || driver.closed != nil }
                if driver.closed == nil { return driver }
            } catch {
                guard MonotonicTime.now() < end else { throw error }
            }
        }
    }

    @Test func killedAndStartedAgain() async throws {
        try await withBrokerAlone { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            var settings = try host.settings()
            settings.confirmTimeout = .seconds(2)
            settings.requestTimeout = .seconds(3)
            let publisher = try PublisherDriver(settings)
            try publisher.run { $0.isConnected }
            try publisher.publishAll(to: "orders", [[1], [2]])
            try consumer.run { _ in consumer.deliveries.count == 2 }
            try host.broker.syncQueues()
            try host.broker.kill()
            try consumer.run { _ in consumer.closed != nil }
            #expect(consumer.closed??.fault == .connectionLost)
            try publisher.run { if case .down = $0.states.last { true } else { false } }
            let id = try publisher.publish(to: "orders", [3])
            try publisher.run { $0.outcomes[id] != nil }
            guard case .unsent? = publisher.outcomes[id] else {
                Issue.record("\(String(describing: publisher.outcomes[id]))")
                return
            }
            try host.broker.start()
            try publisher.run(seconds: 60) { $0.isConnected }
            // The queue may have no leader for a moment.
            while try publisher.outcome(to: "orders", [4]) != .confirmed {
                try publisher.run { $0.isConnected }
            }
            let again = try Self.consumer(settings, queue: "orders")
            try again.run { _ in Set(again.deliveries.map(\.body)) == [[1], [2], [4]] }
        }
    }

    @Test func outstandingPublicationsOfAKilledBrokerAreReported() async throws {
        try await withBrokerAlone { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            try host.broker.suspend()
            let ids = try (0..<20).map { _ in try publisher.publish(to: "orders", [1]) }
            try host.broker.kill()
            try publisher.run { driver in ids.allSatisfy { driver.outcomes[$0] != nil } }
            for id in ids {
                switch publisher.outcomes[id] {
                case .failed, .unsent: break
                default: Issue.record("\(String(describing: publisher.outcomes[id]))")
                }
            }
            try host.broker.start()
            #expect(consumer.connection.descriptor >= 0)
        }
    }

    @Test func stoppedInOrder() async throws {
        try await withBrokerAlone { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            try host.broker.stop()
            try consumer.run { _ in consumer.closed != nil }
            guard case .connectionForced? = consumer.closed??.fault else {
                Issue.record("\(String(describing: consumer.closed))")
                return
            }
            try host.broker.start()
        }
    }

    /// A memory alarm blocks who publishes, not who consumes; what was posted waits and then arrives.
    @Test func outOfMemory() async throws {
        try await withBrokerAlone { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host, heartbeatSeconds: 2)
            try publisher.publishAll(to: "orders", [[1], [2]])
            try host.broker.control("set_vm_memory_high_watermark", "0")
            let body = [UInt8](repeating: 7, count: 1 << 20)
            let ids = try (0..<20).map { _ in try publisher.publish(to: "orders", body) }
            try publisher.run { $0.states.contains { if case .blocked = $0 { true } else { false } } }
            try consumer.run { _ in consumer.deliveries.count == 2 }
            for delivery in consumer.deliveries { consumer.connection.acknowledge(delivery.receipt) }
            try consumer.flush()
            try settled(host, "orders", ready: 0, unacknowledged: 0)
            // Longer than two heartbeats: a blocked connection is not a dead one.
            let end = MonotonicTime.now().advanced(by: .seconds(5))
            try publisher.run { _ in MonotonicTime.now() > end }
            #expect(!publisher.states.contains { if case .down = $0 { true } else { false } })
            try host.broker.control("set_vm_memory_high_watermark", "0.4")
            try publisher.run { driver in ids.allSatisfy { driver.outcomes[$0] == .confirmed } }
            try consumer.run { _ in consumer.deliveries.count == 22 }
            #expect(publisher.states.contains(.unblocked))
        }
    }

    /// The first hang of librabbitmq 0.11: acknowledging into a peer that stopped reading.
    ///
    /// A broker that stands still is noticed by the heartbeat; no call of the loop waits meanwhile.
    @Test func standingStillWhileWeAcknowledge() async throws {
        try await withBrokerAlone { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders", prefetch: 2000, heartbeatSeconds: 1)
            try PublisherDriver.connected(host).publishAll(to: "orders", (0..<1000).map { _ in [1] })
            try consumer.run { _ in consumer.deliveries.count == 1000 }
            try host.broker.suspend()
            defer { try? host.broker.resume() }
            let start = MonotonicTime.now()
            // Every other one: none can be coalesced.
            for delivery in consumer.deliveries where delivery.receipt.tag % 2 == 0 {
                consumer.connection.acknowledge(delivery.receipt)
            }
            try consumer.run { _ in
                let before = MonotonicTime.now()
                consumer.connection.service(now: before)
                #expect(MonotonicTime.now().since(before) < Self.longestCall)
                return consumer.closed != nil
            }
            #expect(consumer.closed??.fault == .heartbeatTimeout)
            #expect(MonotonicTime.now().since(start) < .seconds(6))
        }
    }

    /// The second hang: publishing when nothing was read for two heartbeats.
    @Test func standingStillWhileWePublish() async throws {
        try await withBrokerAlone { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host, heartbeatSeconds: 1)
            try host.broker.suspend()
            defer { try? host.broker.resume() }
            let body = [UInt8](repeating: 7, count: 1 << 20)
            let ids = try (0..<30).map { _ in try publisher.publish(to: "orders", body) }
            try publisher.run { $0.states.contains { if case .down = $0 { true } else { false } } }
            try publisher.run { driver in ids.allSatisfy { driver.outcomes[$0] != nil } }
            let faults = ids.compactMap { id -> BrokerFault? in
                switch publisher.outcomes[id] {
                case .failed(let error), .unsent(let error): error.fault
                default: nil
                }
            }
            #expect(faults.count == ids.count)
            #expect(Set(faults.map(\.happened)).isSubset(of: ["no heartbeat came in time", "the connection was lost"]))
            #expect(consumer.connection.descriptor >= 0)
        }
    }
}
