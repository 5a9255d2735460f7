import BrokerSupport
import Poll
import Testing

@testable import AMQP

/// Requests that wait for their answers, against peers that answer in every possible way.
@Suite(.timeLimit(.minutes(1)))
struct BrokerSessionTests {
    /// What becomes of an expected queue when a peer answers the declaration so.
    private static func answer(
        _ send: @escaping @Sendable (FakeConnection) -> Void
    ) throws -> (report: TopologyReport?, fault: BrokerFault?, isUsable: Bool) {
        let fake = try FakeBroker { connection in
            guard connection.login(), connection.awaitMethod(.init(20, 10)) else { return }
            connection.send(.init(20, 11), [0, 0, 0, 0])
            guard connection.awaitMethod(.init(50, 10)) else { return }
            send(connection)
            connection.drain()
        }
        var session = try BrokerSession.open(try fake.settings())
        do throws(BrokerError) {
            let report = try session.apply(Topology([.expectQueue("q")]))
            return (report, nil, session.isUsable)
        } catch {
            return (nil, error.fault, session.isUsable)
        }
    }

    @Test func anAnswerIsTaken() async throws {
        try await onOwnThread {
            let seen = try Self.answer { $0.send(.init(50, 11), [1, 113, 0, 0, 0, 7, 0, 0, 0, 2]) }
            #expect(seen.report?.queues == ["q": QueueStatus(messages: 7, consumers: 2)])
            #expect(seen.isUsable)
        }
    }

    @Test func newsInBetweenAreNoAnswer() async throws {
        try await onOwnThread {
            let seen = try Self.answer { connection in
                connection.send(.init(10, 60), [1, 109], channel: 0)
                connection.send(frame: 8, [], channel: 0)
                connection.send(.init(10, 61), [], channel: 0)
                connection.send(.init(50, 11), [1, 113, 0, 0, 0, 0, 0, 0, 0, 0])
            }
            #expect(seen.report?.failures.isEmpty == true)
        }
    }

    @Test func aClosedChannelIsAFailureOfTheStepOnly() async throws {
        try await onOwnThread {
            let seen = try Self.answer { $0.send(.init(20, 40), [1, 148, 1, 120, 0, 0, 0, 0]) }
            #expect(seen.report?.failures.map(\.error.fault) == [.queueMissing(name: "q")])
            #expect(seen.isUsable)
        }
    }

    @Test func aClosedConnectionIsTheEnd() async throws {
        try await onOwnThread {
            let seen = try Self.answer { $0.send(.init(10, 50), [1, 64, 1, 120, 0, 0, 0, 0], channel: 0) }
            #expect(seen.fault == .connectionForced("x") && !seen.isUsable)
        }
    }

    @Test func anotherAnswerIsNonsense() async throws {
        try await onOwnThread {
            let wrong = try Self.answer { $0.send(.init(60, 11), []) }
            #expect(wrong.fault == .protocolViolation("an answer that was not asked for") || wrong.report != nil)
            #expect(wrong.report?.queues.isEmpty ?? true)
            let delivery = try Self.answer { $0.deliver(1) }
            #expect(delivery.fault == .protocolViolation("an answer that was not asked for") && !delivery.isUsable)
        }
    }

    @Test func aCutIsTheEnd() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                guard connection.login() else { return }
                _ = connection.awaitMethod(.init(20, 10))
            }
            var session = try BrokerSession.open(try fake.settings())
            do throws(BrokerError) {
                _ = try session.apply(Topology([.expectQueue("q")]))
                Issue.record("answered")
            } catch {
                #expect(error.fault == .connectionLost)
            }
        }
    }

    @Test func aClosedSessionSaysGoodbye() async throws {
        try await onOwnThread {
            let log = try FrameLog()
            let fake = try FakeBroker { connection in
                if connection.login() { log.record(connection) }
            }
            let session = try BrokerSession.open(try fake.settings())
            session.close()
            let goodbye: [UInt8] = [0, 200, 4] + Array("done".utf8) + [0, 0, 0, 0]
            #expect(log.first(1) == [.method(10, 50, goodbye, channel: 0)])
        }
    }

    @Test func aSmallFrameLimitIsKept() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                if connection.login(frameMaximum: 4096) { connection.drain() }
            }
            let session = try BrokerSession.open(try fake.settings())
            let limit = session.handle.frameLimit
            #expect(limit == 4096)
        }
    }

    /// Attempts follow each other with growing waits, and each says what is wrong and when it goes on.
    @Test func aPublisherSaysWhenItTriesAgain() async throws {
        try await onOwnThread {
            let address = try BrokerAddress(parsing: "amqp://127.0.0.1:1")
            let publisher = try PublisherDriver(ConnectionSettings(address: address, connectionName: "n"))
            try publisher.run { $0.states.filter { if case .down = $0 { true } else { false } }.count == 4 }
            var waits: [Duration] = []
            for case .down(let error, let wait) in publisher.states {
                #expect(error == BrokerError(.refused, peer: "127.0.0.1:1"))
                waits.append(wait)
            }
            #expect(waits.allSatisfy { $0 >= ReconnectBackoff.minimum && $0 <= .milliseconds(1600) })
            #expect(waits[3] > waits[0])
            #expect(publisher.states.first == .connecting)
        }
    }
}
