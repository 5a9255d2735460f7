import AMQP
import BrokerSupport
import Poll
import Synchronization
import Testing

/// The publisher against a peer that follows a script.
@Suite(.timeLimit(.minutes(1)))
struct PublisherScriptTests {
    /// A peer that is ready for publications before it follows its script.
    private static func ready(_ script: @escaping @Sendable (FakeConnection) -> Void) throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login(), connection.turnConfirmsOn() else { return }
            script(connection)
            connection.drain()
        }
    }

    private static func publisher(_ fake: FakeBroker, confirmTimeout: Duration = .seconds(20)) throws -> PublisherDriver
    {
        var settings = try fake.settings()
        settings.confirmTimeout = confirmTimeout
        let publisher = try PublisherDriver(settings)
        try publisher.run { $0.isConnected }
        return publisher
    }

    @Test func aConfirmThatNeverComesIsAFailure() async throws {
        try await onOwnThread {
            let fake = try Self.ready { _ in }
            let publisher = try Self.publisher(fake, confirmTimeout: .milliseconds(300))
            guard case .failed(let error)? = try publisher.outcome(to: "q", [1]) else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            #expect(error.fault == .confirmTimeout)
        }
    }

    /// A blocked broker may take its time: nothing fails, nothing more is sent, and then it goes on.
    @Test func aBlockedBrokerIsWaitedFor() async throws {
        try await onOwnThread {
            let log = try FrameLog()
            let fake = try FakeBroker { connection in
                guard connection.login(heartbeat: 1), connection.turnConfirmsOn() else { return }
                guard connection.awaitMethod(.init(60, 40)) else { return }
                connection.send(.init(10, 60), [3] + Array("mem".utf8), channel: 0)
                for _ in 0..<5 {
                    connection.awaitHeartbeat()
                    connection.send(frame: 8, [], channel: 0)
                }
                connection.send(.init(10, 61), [], channel: 0)
                connection.send(.init(60, 80), connection.bytes(UInt64(1)) + [0])
                guard connection.awaitMethod(.init(60, 40)) else { return }
                connection.send(.init(60, 80), connection.bytes(UInt64(2)) + [1])
                log.record(connection)
            }
            let publisher = try Self.publisher(fake, confirmTimeout: .milliseconds(600))
            let first = try publisher.publish(to: "q", [1])
            try publisher.run { $0.states.contains(.blocked(reason: "mem")) }
            let second = try publisher.publish(to: "q", [2])
            try publisher.run { $0.outcomes[second] != nil }
            #expect(publisher.outcomes == [first: .confirmed, second: .confirmed])
            #expect(publisher.states.contains(.unblocked))
        }
    }

    @Test func flowStopsAndGoesOn() async throws {
        try await onOwnThread {
            let fake = try Self.ready { connection in
                connection.send(.init(20, 20), [0])
                guard connection.awaitMethod(.init(20, 21)) else { return }
                // Tells the test that the stop has arrived.
                connection.send(.init(10, 60), [3] + Array("mem".utf8), channel: 0)
                connection.send(.init(10, 61), [], channel: 0)
                connection.awaitHeartbeat()
                connection.send(.init(20, 20), [1])
                guard connection.awaitMethod(.init(60, 40)) else { return }
                connection.send(.init(60, 80), connection.bytes(UInt64(1)) + [0])
            }
            let publisher = try PublisherDriver(fake.settings(heartbeatSeconds: 1))
            try publisher.run { $0.states.contains(.unblocked) }
            #expect(try publisher.outcome(to: "q", [1]) == .confirmed)
        }
    }

    @Test func aReturnIsToldWithTheConfirm() async throws {
        try await onOwnThread {
            let fake = try Self.ready { connection in
                guard connection.awaitMethod(.init(60, 40)) else { return }
                guard let header = connection.readFrame(), connection.readFrame() != nil else { return }
                connection.send(.init(60, 50), connection.bytes(UInt16(312)) + [1, 120, 0, 0])
                connection.send(frame: 2, header.payload)
                connection.send(frame: 3, [1, 2])
                connection.send(.init(60, 80), connection.bytes(UInt64(1)) + [0])
            }
            let publisher = try Self.publisher(fake)
            #expect(try publisher.outcome(to: "q", [1, 2]) == .returned(code: 312, text: "x"))
        }
    }

    /// A return that does not say which publication it was cannot be told apart: the connection ends.
    @Test func aReturnOfNothingIsNonsense() async throws {
        try await onOwnThread {
            let fake = try Self.ready { connection in
                guard connection.awaitMethod(.init(60, 40)) else { return }
                connection.send(.init(60, 50), connection.bytes(UInt16(312)) + [1, 120, 0, 0])
                connection.send(frame: 2, [0, 60, 0, 0] + connection.bytes(UInt64(0)) + [0, 0])
            }
            let publisher = try Self.publisher(fake)
            guard case .failed(let error)? = try publisher.outcome(to: "q", [1]) else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            #expect(error.fault == .protocolViolation("a returned message that was not published"))
        }
    }

    /// A connection that is cut in the middle: what was confirmed stays so, the rest is failed or unsent.
    @Test func aCutInTheMiddleLeavesNothingWithoutAnOutcome() async throws {
        try await onOwnThread {
            let fake = try Self.ready { connection in
                for _ in 0..<10 { guard connection.awaitMethod(.init(60, 40)) else { return } }
                connection.send(.init(60, 80), connection.bytes(UInt64(4)) + [1])
                connection.send(.init(60, 120), connection.bytes(UInt64(6)) + [0])
                connection.send(.init(20, 40), connection.bytes(UInt16(406)) + [0, 0, 0, 0, 0])
            }
            let publisher = try Self.publisher(fake)
            let ids = try (0..<40).map { _ in try publisher.publish(to: "q", [1]) }
            try publisher.run { $0.outcomes.count == ids.count }
            let outcomes = ids.compactMap { publisher.outcomes[$0] }
            #expect(outcomes.prefix(4).allSatisfy { $0 == .confirmed })
            #expect(outcomes[5] == .nacked)
            for outcome in outcomes[6...] + [outcomes[4]] {
                switch outcome {
                case .failed, .unsent: break
                default: Issue.record("\(outcome)")
                }
            }
        }
    }

    /// Lacks the queue `q` for so many connections, then has it.
    private static func lacking(for attempts: Int) throws -> FakeBroker {
        let count = Counter()
        return try FakeBroker { connection in
            guard connection.login(), connection.awaitMethod(.init(20, 10)) else { return }
            connection.send(.init(20, 11), [0, 0, 0, 0])
            guard connection.awaitMethod(.init(50, 10)) else { return }
            guard count.next() > attempts else {
                connection.send(.init(20, 40), connection.bytes(UInt16(404)) + [1, 120, 0, 50, 0, 10])
                return connection.drain()
            }
            connection.send(.init(50, 11), [1, 113] + connection.bytes(UInt64(0)))
            guard connection.awaitMethod(.init(85, 10)) else { return }
            connection.send(.init(85, 11), [])
            guard connection.awaitMethod(.init(60, 40)) else { return }
            connection.send(.init(60, 80), connection.bytes(UInt64(1)) + [0])
            connection.drain()
        }
    }

    private final class Counter: Sendable {
        private let count = Atomic(0)

        func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    @Test func aMissingQueueIsAskedForWithGrowingWaits() async throws {
        try await onOwnThread {
            let fake = try Self.lacking(for: 3)
            let publisher = try PublisherDriver(fake.settings(), Topology([.expectQueue("q")]))
            try publisher.run { $0.isConnected }
            #expect(publisher.downs.map(\.fault) == Array(repeating: .queueMissing(name: "q"), count: 3))
            let waits = publisher.states.compactMap { if case .down(_, let wait) = $0 { wait } else { nil } }
            #expect(waits[2] > waits[0] && waits[2] <= ReconnectBackoff.minimum * 4, "a login is no success")
            #expect(try publisher.outcome(to: "q", [1]) == .confirmed)
        }
    }

    @Test func aPublisherWithoutItsQueueStopsAtOnce() async throws {
        try await onOwnThread {
            let fake = try Self.lacking(for: .max)
            let publisher = try PublisherDriver(fake.settings(), Topology([.expectQueue("q")]))
            try publisher.run { $0.downs.count == 1 }
            let id = try publisher.publish(to: "q", [1])
            try publisher.run { $0.outcomes[id] != nil }
            #expect(publisher.outcomes[id] == .unsent(publisher.downs[0]))
            publisher.publisher.stop()
            try publisher.run(seconds: 5) { $0.states.last == .stopped }
        }
    }

    @Test func whatIsOnTheWireIsOneMessageAfterAnother() async throws {
        try await onOwnThread {
            let log = try FrameLog()
            let fake = try FakeBroker { connection in
                guard connection.login(), connection.turnConfirmsOn() else { return }
                log.record(connection)
            }
            let publisher = try Self.publisher(fake)
            try publisher.publish(to: "a", Array(repeating: 1, count: 40_000))
            try publisher.publish(to: "b", [])
            try publisher.publish(to: "c", [3])
            let seen = log.first(10)
            #expect(seen.map(\.type) == [1, 2, 3, 3, 3, 1, 2, 1, 2, 3])
            #expect(seen.filter { $0.type == 3 }.map(\.payload.count) == [16_376, 16_376, 7248, 1])
        }
    }
}
