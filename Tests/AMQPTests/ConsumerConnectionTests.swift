import AMQP
import BrokerSupport
import Poll
import Testing

/// The consuming connection's life with a real broker.
@Suite(.timeLimit(.minutes(2)))
struct ConsumerConnectionTests {
    /// A consumer with so many messages delivered and open.
    private static func open(
        _ host: VirtualHost, _ count: Int, prefetch: UInt16 = 200
    ) throws -> (ConsumerDriver, [DeliveryReceipt]) {
        let consumer = try ConsumerDriver.consuming(host, queue: "orders", prefetch: prefetch)
        try PublisherDriver.connected(host).publishAll(to: "orders", (0..<count).map { [UInt8($0)] })
        try consumer.run { _ in consumer.deliveries.count == min(count, Int(prefetch)) }
        return (consumer, consumer.deliveries.map(\.receipt))
    }

    @Test func prefetchBoundsWhatIsOpen() async throws {
        try await withVirtualHost { host in
            let (consumer, receipts) = try Self.open(host, 10, prefetch: 3)
            #expect(consumer.connection.openDeliveries == 3)
            for receipt in receipts { consumer.connection.acknowledge(receipt) }
            try consumer.run { _ in consumer.deliveries.count == 6 }
            #expect(consumer.connection.counters.settlementFrames == 1)
        }
    }

    @Test func acknowledgementsAreCoalescedAroundGaps() async throws {
        try await withVirtualHost { host in
            let (consumer, receipts) = try Self.open(host, 10)
            for place in [0, 1, 2, 3, 5, 7] { consumer.connection.acknowledge(receipts[place]) }
            try consumer.flush()
            #expect(consumer.connection.counters.settlementFrames == 3)
            try settled(host, "orders", ready: 0, unacknowledged: 4)
            for place in [4, 6, 8, 9] { consumer.connection.acknowledge(receipts[place]) }
            try consumer.flush()
            #expect(consumer.connection.counters.settlementFrames == 4)
            try settled(host, "orders", ready: 0, unacknowledged: 0)
        }
    }

    @Test func nackAndRejectGiveBackOrDrop() async throws {
        try await withVirtualHost { host in
            let (consumer, receipts) = try Self.open(host, 4)
            consumer.connection.negativelyAcknowledge(receipts[0], requeue: true)
            consumer.connection.negativelyAcknowledge(receipts[1], requeue: false)
            consumer.connection.reject(receipts[2], requeue: false)
            consumer.connection.reject(receipts[3], requeue: true)
            try consumer.run { _ in consumer.deliveries.count == 6 }
            let again = consumer.deliveries.suffix(2)
            #expect(Set(again.map(\.body)) == [[0], [3]])
            #expect(again.allSatisfy { $0.redelivered })
        }
    }

    @Test func aSecondSettlementNeverReachesTheBroker() async throws {
        try await withVirtualHost { host in
            let (consumer, receipts) = try Self.open(host, 2)
            for _ in 0..<3 { consumer.connection.acknowledge(receipts[0]) }
            try consumer.flush()
            consumer.connection.acknowledge(receipts[0])
            consumer.connection.acknowledge(DeliveryReceipt(generation: receipts[0].generation, tag: 99))
            consumer.connection.acknowledge(receipts[1])
            try consumer.flush()
            #expect(consumer.connection.counters.refusedSettlements == 4)
            try settled(host, "orders", ready: 0, unacknowledged: 0)
            #expect(consumer.connection.phase == .consuming)
        }
    }

    /// Closing the channel gives back in the order received; what was settled before is settled.
    @Test func givesBackInOrder() async throws {
        try await withVirtualHost { host in
            let (consumer, receipts) = try Self.open(host, 20)
            consumer.connection.acknowledge(receipts[3])
            consumer.connection.giveBack()
            consumer.connection.acknowledge(receipts[4])
            #expect(consumer.connection.counters.staleSettlements == 1)
            try consumer.run { $0.contains(.released) }
            #expect(consumer.connection.openDeliveries == 0)
            try settled(host, "orders", ready: 19, unacknowledged: 0)
            consumer.forget()
            consumer.connection.resume()
            try consumer.run { _ in consumer.deliveries.count == 19 }
            #expect(consumer.deliveries.map(\.body) == (0..<20).filter { $0 != 3 }.map { [UInt8($0)] })
            #expect(consumer.deliveries.allSatisfy { $0.redelivered && $0.receipt.generation > receipts[0].generation })
            consumer.connection.acknowledge(receipts[0])
            #expect(consumer.connection.counters.staleSettlements == 2)
        }
    }

    @Test func closesInOrderAndSettlesFirst() async throws {
        try await withVirtualHost { host in
            let (consumer, receipts) = try Self.open(host, 3)
            consumer.connection.acknowledge(receipts[1])
            consumer.connection.close()
            try consumer.run { $0.contains(.closed(nil)) }
            #expect(consumer.connection.descriptor == -1 && !consumer.connection.hasBufferedInput)
            consumer.connection.acknowledge(receipts[0])
            consumer.connection.service(now: .now())
            #expect(consumer.connection.counters.staleSettlements == 1)
            try settled(host, "orders", ready: 2, unacknowledged: 0)
        }
    }

    @Test func aDeletedQueueIsNoticedAtOnce() async throws {
        try await withVirtualHost { host in
            let (consumer, _) = try Self.open(host, 1)
            try host.deleteQueue("orders")
            let before = MonotonicTime.now()
            try consumer.run { $0.contains(.cancelled) }
            #expect(MonotonicTime.now().since(before) < .seconds(5))
            consumer.connection.resume()
            try consumer.run { $0.contains { if case .channelClosed = $0 { true } else { false } } }
            guard case .channelClosed(let error)? = consumer.events.last else { return }
            #expect(error.fault == .queueMissing(name: "orders"))
            #expect(consumer.closed == nil)
        }
    }

    @Test func anOperatorsCloseSaysSo() async throws {
        try await withBrokerAlone { host in
            let (consumer, receipts) = try Self.open(host, 1)
            try host.broker.control("close_all_connections", "--global", "test says so")
            try consumer.run { _ in consumer.closed != nil }
            guard case .connectionForced(let text)?? = consumer.closed.map(\.?.fault) else {
                Issue.record("\(String(describing: consumer.closed))")
                return
            }
            #expect(text.description.contains("test says so"))
            consumer.connection.acknowledge(receipts[0])
            #expect(consumer.connection.counters.staleSettlements == 1)
        }
    }

    @Test func limitsBoundOneReading() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            consumer.limit = 1
            try PublisherDriver.connected(host).publishAll(to: "orders", (0..<50).map { [UInt8($0)] })
            try consumer.run { _ in consumer.deliveries.count == 50 }
            #expect(consumer.deliveries.map(\.body) == (0..<50).map { [UInt8($0)] })
        }
    }

    /// An owner that holds too much stops reading; the heartbeat goes on, and nothing is lost.
    @Test func notReadingKeepsTheConnection() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders", heartbeatSeconds: 1)
            consumer.reads = false
            try PublisherDriver.connected(host).publishAll(to: "orders", (0..<20).map { _ in [1] })
            let end = MonotonicTime.now().advanced(by: .seconds(4))
            try consumer.run { _ in MonotonicTime.now() > end }
            consumer.reads = true
            try consumer.run { _ in consumer.deliveries.count == 20 }
            for delivery in consumer.deliveries { consumer.connection.acknowledge(delivery.receipt) }
            try consumer.flush()
            try settled(host, "orders", ready: 0, unacknowledged: 0)
            #expect(consumer.closed == nil)
        }
    }
}
