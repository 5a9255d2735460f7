import AMQP
import BrokerSupport
import Poll
import Testing

/// The consuming connection against a peer that follows a script: what a real broker does too seldom to be tested.
@Suite(.timeLimit(.minutes(1)))
struct ConsumerScriptTests {
    private static func consumer(_ fake: FakeBroker, requestTimeout: Duration = .seconds(20)) throws -> ConsumerDriver {
        var settings = try fake.settings()
        settings.requestTimeout = requestTimeout
        let consumer = try ConsumerDriver(settings, ConsumerSettings(queue: "q", consumerTag: "test"), Topology())
        consumer.connection.resume()
        return consumer
    }

    /// A peer that is logged in and subscribed to before it follows its script.
    private static func subscribed(_ script: @escaping @Sendable (FakeConnection) -> Void) throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login(), connection.subscribe() else { return }
            script(connection)
            connection.drain()
        }
    }

    @Test func aSubscriptionWithoutAnAnswerEnds() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                if connection.login() { connection.drain() }
            }
            let consumer = try Self.consumer(fake, requestTimeout: .milliseconds(300))
            try consumer.run { _ in consumer.closed != nil }
            #expect(consumer.closed??.fault == .requestTimeout)
        }
    }

    @Test func aCloseWithoutAnAnswerEndsToo() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { _ in }
            let consumer = try Self.consumer(fake, requestTimeout: .milliseconds(300))
            try consumer.run { $0.contains(.consuming) }
            consumer.connection.close()
            try consumer.run { _ in consumer.closed != nil }
            #expect(consumer.closed??.fault == .requestTimeout)
        }
    }

    @Test func aQuietConsumerIsNotTimedOut() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                connection.awaitHeartbeat()
                connection.deliver(1)
            }
            var settings = try fake.settings(heartbeatSeconds: 2)
            settings.requestTimeout = .milliseconds(300)
            let consumer = try ConsumerDriver(settings, ConsumerSettings(queue: "q", consumerTag: "test"), Topology())
            consumer.connection.resume()
            try consumer.run { _ in consumer.deliveries.count == 1 }
            #expect(consumer.closed == nil)
        }
    }

    /// RabbitMQ closes a channel so when a delivery was held too long.
    @Test func aClosedChannelVoidsItsDeliveriesAndOpensAgain() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                connection.deliver(1)
                connection.deliver(2)
                connection.send(.init(20, 40), [1, 150, 7] + Array("timeout".utf8) + [0, 0, 0, 0])
                guard connection.awaitMethod(.init(20, 41)), connection.subscribe() else { return }
                connection.deliver(1, body: [9])
                _ = connection.awaitMethod(.init(60, 80))
                connection.send(.init(10, 50), connection.bytes(UInt16(320)) + [0, 0, 0, 0, 0], channel: 0)
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { $0.contains { if case .channelClosed = $0 { true } else { false } } }
            #expect(consumer.deliveries.count == 2 && consumer.connection.openDeliveries == 0)
            for delivery in consumer.deliveries { consumer.connection.acknowledge(delivery.receipt) }
            #expect(consumer.connection.counters.staleSettlements == 2)
            consumer.connection.resume()
            try consumer.run { _ in consumer.deliveries.count == 3 }
            let third = consumer.deliveries[2]
            #expect(third.receipt.tag == 1 && third.receipt.generation > consumer.deliveries[0].receipt.generation)
            consumer.connection.acknowledge(third.receipt)
            try consumer.run { _ in consumer.closed != nil }
            #expect(consumer.closed??.fault == .connectionForced(""))
        }
    }

    /// What comes between our channel.close and its answer is not ours any more.
    @Test func deliveriesDuringAGiveBackAreDiscarded() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                connection.deliver(1)
                guard connection.awaitMethod(.init(20, 40)) else { return }
                for tag in 2...5 as ClosedRange<UInt64> { connection.deliver(tag, body: [1]) }
                connection.send(.init(20, 41), [])
                guard connection.subscribe() else { return }
                connection.deliver(1, body: [7])
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { _ in consumer.deliveries.count == 1 }
            consumer.connection.giveBack()
            consumer.connection.resume()
            try consumer.run { _ in consumer.deliveries.count == 2 }
            #expect(consumer.events.contains(.released))
            #expect(consumer.connection.counters.discardedDeliveries == 4)
            #expect(consumer.deliveries[1].body == [7])
        }
    }

    /// A delivery whose header came before we gave back and whose body comes after.
    @Test func aHalfReadDeliveryIsDiscardedToo() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                connection.send(.init(60, 60), [0] + connection.bytes(UInt64(1)) + [0, 0, 0])
                connection.send(frame: 2, [0, 60, 0, 0] + connection.bytes(UInt64(2)) + [0, 0])
                connection.send(.init(10, 60), [1, 109], channel: 0)
                guard connection.awaitMethod(.init(20, 40)) else { return }
                connection.send(frame: 3, [1, 2])
                connection.send(.init(20, 41), [])
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { $0.contains(.blocked(reason: "m")) }
            consumer.connection.giveBack()
            try consumer.run { $0.contains(.released) }
            #expect(consumer.deliveries.isEmpty && consumer.connection.counters.discardedDeliveries == 1)
            #expect(consumer.closed == nil)
        }
    }

    @Test func settlementsAreSentBeforeTheChannelIsClosed() async throws {
        try await onOwnThread {
            let log = try FrameLog()
            let fake = try FakeBroker { connection in
                guard connection.login(), connection.subscribe() else { return }
                for tag in 1...3 as ClosedRange<UInt64> { connection.deliver(tag) }
                log.record(connection)
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { _ in consumer.deliveries.count == 3 }
            consumer.connection.reject(consumer.deliveries[1].receipt, requeue: true)
            consumer.connection.acknowledge(consumer.deliveries[0].receipt)
            consumer.connection.giveBack()
            consumer.connection.service(now: .now())
            let seen = log.first(3)
            #expect(seen.map { $0.payload[1] } == [60, 60, 20])
            #expect(seen.map { $0.payload[3] } == [90, 80, 40])
        }
    }

    @Test func closingInOrderSettlesAndWaitsForTheAnswer() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                for tag in 1...3 as ClosedRange<UInt64> { connection.deliver(tag) }
                // Without the acknowledgement there is no answer, and no end in time.
                guard connection.awaitMethod(.init(60, 80)) else { return }
                for tag in 4...9 as ClosedRange<UInt64> { connection.deliver(tag, body: [1]) }
                connection.awaitClose()
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { _ in consumer.deliveries.count == 3 }
            consumer.connection.acknowledge(consumer.deliveries[2].receipt)
            consumer.connection.closeInOrder(within: .seconds(20))
            #expect(consumer.connection.descriptor == -1)
            #expect(consumer.connection.counters.settlementFrames == 1)
        }
    }

    /// A broker that does not answer is not waited for longer than a moment.
    @Test func closingInOrderEndsWithoutAnAnswerToo() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in connection.awaitSilence() }
            let consumer = try Self.consumer(fake)
            try consumer.run { $0.contains(.consuming) }
            let start = MonotonicTime.now()
            consumer.connection.closeInOrder(within: .milliseconds(100))
            let took = MonotonicTime.now().since(start)
            #expect(took >= .milliseconds(100) && took < .seconds(10))
            #expect(consumer.connection.descriptor >= 0)
        }
    }

    @Test func theBrokersOwnCloseIsAnswered() async throws {
        try await onOwnThread {
            let log = try FrameLog()
            let fake = try FakeBroker { connection in
                guard connection.login(), connection.subscribe() else { return }
                connection.send(.init(10, 50), connection.bytes(UInt16(541)) + [1, 120, 0, 0, 0, 0], channel: 0)
                log.record(connection)
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { _ in consumer.closed != nil }
            #expect(consumer.closed??.fault == .closed(code: 541, "x"))
            #expect(log.first(1) == [.method(10, 51, [], channel: 0)])
        }
    }

    @Test func blockedAndUnblockedAreTold() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                connection.send(.init(10, 60), [3] + Array("low".utf8), channel: 0)
                connection.send(.init(10, 61), [], channel: 0)
                connection.send(frame: 9, [1])
                connection.deliver(1)
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { _ in consumer.deliveries.count == 1 }
            #expect(consumer.events.prefix(3) == [.consuming, .blocked(reason: "low"), .unblocked])
        }
    }

    /// A budget of bytes stops the reading between two messages, and `hasBufferedInput` says that more is there.
    @Test func aBudgetOfBytesBoundsOneReading() async throws {
        try await onOwnThread {
            let fake = try Self.subscribed { connection in
                for tag in 1...10 as ClosedRange<UInt64> {
                    connection.deliver(tag, body: Array(repeating: 1, count: 100))
                }
            }
            let consumer = try Self.consumer(fake)
            try consumer.run { $0.contains(.consuming) }
            var set = PollSet()
            var total = consumer.deliveries.count
            while total < 10 {
                if !consumer.connection.hasBufferedInput {
                    set.removeAll()
                    set.add(consumer.connection.descriptor, .readable)
                    #expect(set.wait(milliseconds: 5000) == 1)
                }
                let events = consumer.connection.receive(limit: 64, byteBudget: 150, now: .now())
                #expect(events.count <= 2)
                total += events.count
            }
        }
    }
}
