import AMQP
import BrokerSupport
import Poll
import TestSupport
import Testing

/// Peers that lie: whatever they send ends in an error that says so, never in a crash or a hang.
@Suite(.timeLimit(.minutes(2)))
struct FakePeerTests {
    private static func consume(_ fake: FakeBroker, heartbeatSeconds: Int = 15) throws -> ConsumerDriver {
        let consumer = try ConsumerDriver(
            fake.settings(heartbeatSeconds: heartbeatSeconds), ConsumerSettings(queue: "q", consumerTag: "test"),
            Topology())
        consumer.connection.resume()
        return consumer
    }

    /// Runs a consumer against what a peer does once it is subscribed; returns how that ended.
    private static func end(
        _ behaviour: @escaping @Sendable (FakeConnection) -> Void
    ) throws -> BrokerError? {
        let fake = try FakeBroker { connection in
            guard connection.login(), connection.subscribe() else { return }
            behaviour(connection)
            connection.drain()
        }
        let consumer = try consume(fake)
        try consumer.run { _ in consumer.closed != nil }
        return consumer.closed ?? nil
    }

    /// Frames that no broker sends there.
    static let nonsense: [String: @Sendable (FakeConnection) -> Void] = [
        "bytes": { $0.send(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)) },
        "a frame without its end": { $0.send([1, 0, 1, 0, 0, 0, 4, 0, 60, 0, 21, 0]) },
        "a frame bigger than agreed": { $0.send([3, 0, 1, 0x7F, 0, 0, 0]) },
        "a method": { $0.send(.init(99, 99), []) },
        "a method cut short": { $0.send(.init(60, 60), [4]) },
        "an empty method": { $0.send(frame: 1, []) },
        "an empty header": { $0.send(frame: 2, []) },
        "a channel": { $0.send(.init(60, 21), [0], channel: 7) },
        "an answer unasked": { $0.send(.init(60, 31), [0]) },
        "a queue unasked": { $0.send(.init(50, 11), [1, 113] + $0.bytes(UInt64(0))) },
        "a body alone": { $0.send(frame: 3, [1, 2]) },
        "a header alone": { $0.send(frame: 2, [0, 60, 0, 0] + $0.bytes(UInt64(0)) + [0, 0]) },
        "a delivery in another": {
            $0.send(.init(60, 60), [0] + $0.bytes(UInt64(1)) + [0, 0, 0])
            $0.send(.init(60, 60), [0] + $0.bytes(UInt64(2)) + [0, 0, 0])
        },
        "a tag out of order": { $0.deliver(5) },
        "a tag twice": {
            $0.deliver(1)
            $0.deliver(1)
        },
        "more body than announced": {
            $0.send(.init(60, 60), [0] + $0.bytes(UInt64(1)) + [0, 0, 0])
            $0.send(frame: 2, [0, 60, 0, 0] + $0.bytes(UInt64(1)) + [0, 0])
            $0.send(frame: 3, [1, 2])
        },
        "an endless body": {
            $0.send(.init(60, 60), [0] + $0.bytes(UInt64(1)) + [0, 0, 0])
            $0.send(frame: 2, [0, 60, 0, 0] + $0.bytes(UInt64.max) + [0, 0])
        },
        "headers cut short": { $0.deliver(1, properties: [0x20, 0, 0, 0, 0, 9, 1]) },
        "a header of no type": { $0.deliver(1, properties: [0x20, 0, 0, 0, 0, 3, 1, 97, 122]) },
        "a confirm": { $0.send(.init(60, 80), $0.bytes(UInt64(1)) + [0]) },
        "properties of another class": { $0.send(frame: 2, [0, 99, 0, 0] + $0.bytes(UInt64(0)) + [0, 0]) },
    ]

    @Test(arguments: nonsense.keys.sorted())
    func nonsenseEndsTheConnection(kind: String) async throws {
        try await onOwnThread {
            let send = try #require(Self.nonsense[kind])
            let error = try #require(try Self.end(send))
            guard case .protocolViolation = error.fault else {
                Issue.record("\(kind): \(error)")
                return
            }
        }
    }

    /// Random bytes after a login, and frames with random contents: an error or nothing, but an end.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func randomBytesNeverCrash(seed: UInt64) async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                var generator = SeededGenerator(seed: seed)
                guard connection.login() else { return }
                if generator.chance(50) { guard connection.subscribe() else { return } }
                for _ in 0..<20 {
                    let count = Int.random(in: 0...60, using: &generator)
                    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                    let methods: [FakeConnection.Method] = [
                        .init(60, 60), .init(60, 50), .init(20, 40), .init(10, 50), .init(60, 30),
                    ]
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: connection.send(bytes)
                    case 1: connection.send(frame: UInt8.random(in: 1...8, using: &generator), bytes)
                    case 2: connection.send(generator.pick(methods, or: methods[0]), bytes)
                    default:
                        connection.deliver(UInt64.random(in: 0...3, using: &generator), properties: bytes, body: bytes)
                    }
                }
            }
            let consumer = try Self.consume(fake)
            try consumer.run { _ in consumer.closed != nil }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func randomBytesInsteadOfALogin(seed: UInt64) async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                var generator = SeededGenerator(seed: seed)
                let count = Int.random(in: 1...200, using: &generator)
                let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                _ = connection.read(8)
                if seed % 2 == 0 { connection.send(bytes) } else { connection.send(.init(10, 10), bytes, channel: 0) }
            }
            #expect(throws: BrokerError.self) { _ = try BrokerSession.open(try fake.settings()).heartbeatSeconds }
        }
    }

    @Test func aDeepTableIsDelivered() async throws {
        try await onOwnThread {
            let table = WireTests.nested(levels: 21_000)
            let fake = try FakeBroker { connection in
                guard connection.login(), connection.subscribe() else { return }
                connection.deliver(1, properties: [0x20, 0] + table, body: [1])
                connection.drain()
            }
            let consumer = try Self.consume(fake)
            try consumer.run { _ in consumer.deliveries.count == 1 }
            let isSame = try consumer.deliveries[0].properties.headers?.wire() == table
            #expect(isSame)
        }
    }

    /// A peer that reads nothing more: the loop goes on, and the heartbeat ends it.
    @Test func aPeerThatStopsReadingStopsNobody() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                connection.shrinkReceiveBuffer()
                guard connection.login(heartbeat: 1), connection.subscribe() else { return }
                for tag in 1...200_000 as ClosedRange<UInt64> { connection.deliver(tag) }
                connection.awaitSilence()
            }
            let consumer = try Self.consume(fake, heartbeatSeconds: 1)
            consumer.limit = 5000
            try consumer.run(onEvent: { event in
                // Every other one, so that each takes a frame of its own.
                guard case .delivery(let delivery) = event, delivery.receipt.tag % 2 == 0 else { return }
                consumer.connection.acknowledge(delivery.receipt)
            }) { _ in
                let before = MonotonicTime.now()
                consumer.connection.service(now: before)
                #expect(MonotonicTime.now().since(before) < .milliseconds(500))
                return consumer.closed != nil
            }
            #expect(consumer.closed??.fault == .heartbeatTimeout || consumer.closed??.fault == .connectionLost)
            #expect(consumer.deliveries.count > 1000)
        }
    }

    /// A message that comes in pieces is waited for without waiting.
    @Test func aMessageInPiecesIsAssembled() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                guard connection.login(), connection.subscribe() else { return }
                connection.send(.init(60, 60), [0] + connection.bytes(UInt64(1)) + [0, 0, 0])
                // The client shows that it is alive in between.
                connection.awaitHeartbeat()
                connection.send(frame: 2, [0, 60, 0, 0] + connection.bytes(UInt64(3)) + [0, 0])
                connection.awaitHeartbeat()
                for byte in 1...3 as ClosedRange<UInt8> { connection.send(frame: 3, [byte]) }
                connection.drain()
            }
            let consumer = try Self.consume(fake, heartbeatSeconds: 2)
            try consumer.run { _ in consumer.deliveries.count == 1 }
            #expect(consumer.deliveries[0].body == [1, 2, 3])
        }
    }

    @Test func aRequestWithoutAnAnswerEnds() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                guard connection.login() else { return }
                connection.drain()
            }
            var session = try BrokerSession.open(try fake.settings())
            do throws(BrokerError) {
                _ = try session.apply(Topology([.expectQueue("q")]))
                Issue.record("answered")
            } catch {
                #expect(error.fault == .requestTimeout)
            }
            let isUsable = session.isUsable
            #expect(!isUsable)
        }
    }

    @Test func aPublisherSurvivesAPeerThatConfirmsNonsense() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                guard connection.login(), connection.awaitMethod(.init(20, 10)) else { return }
                connection.send(.init(20, 11), [0, 0, 0, 0])
                guard connection.awaitMethod(.init(85, 10)) else { return }
                connection.send(.init(85, 11), [])
                guard connection.awaitMethod(.init(60, 40)) else { return }
                connection.send(.init(60, 80), connection.bytes(UInt64(77)) + [0])
                connection.drain()
            }
            let publisher = try PublisherDriver(fake.settings())
            try publisher.run { $0.isConnected }
            guard case .failed(let error)? = try publisher.outcome(to: "q", [1]) else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            guard case .protocolViolation = error.fault else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
