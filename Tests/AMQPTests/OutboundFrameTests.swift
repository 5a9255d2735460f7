import BrokerSupport
import Poll
import Testing

@testable import AMQP

/// What goes over the wire, byte by byte, as AMQP 0-9-1 has it.
@Suite(.timeLimit(.minutes(1)))
struct OutboundFrameTests {
    typealias Frame = FrameLog.Frame

    /// Every frame that we send, and what a peer must read.
    static let table: [(OutboundFrame, Frame)] = [
        (.heartbeat, Frame(type: 8, channel: 0, payload: [])),
        (.closeConnection(code: 200, text: "bye"), .method(10, 50, [0, 200, 3, 98, 121, 101, 0, 0, 0, 0], channel: 0)),
        (.connectionCloseReceived, .method(10, 51, [], channel: 0)),
        (.openChannel, .method(20, 10, [0])),
        (.closeChannel(code: 320, text: ""), .method(20, 40, [1, 64, 0, 0, 0, 0, 0])),
        (.channelCloseReceived, .method(20, 41, [])),
        (.flowReceived(active: true), .method(20, 21, [1])),
        (.setPrefetch(200), .method(60, 10, [0, 0, 0, 0, 0, 200, 0])),
        (
            .consume(queue: "q", consumer: "c", arguments: AMQPTable()),
            .method(60, 20, [0, 0, 1, 113, 1, 99, 0, 0, 0, 0, 0])
        ),
        (
            .consume(queue: "q", consumer: "", arguments: ["x-priority": .int8(5)]),
            .method(60, 20, [0, 0, 1, 113, 0, 0, 0, 0, 0, 13, 10] + Array("x-priority".utf8) + [98, 5])
        ),
        (.cancel(consumer: "c"), .method(60, 30, [1, 99, 0])),
        (.acknowledge(tag: 258, multiple: true), .method(60, 80, [0, 0, 0, 0, 0, 0, 1, 2, 1])),
        (.acknowledge(tag: .max, multiple: false), .method(60, 80, Array(repeating: 255, count: 8) + [0])),
        (.negativelyAcknowledge(tag: 1, requeue: true), .method(60, 120, [0, 0, 0, 0, 0, 0, 0, 1, 2])),
        (.negativelyAcknowledge(tag: 1, requeue: false), .method(60, 120, [0, 0, 0, 0, 0, 0, 0, 1, 0])),
        (.reject(tag: 1, requeue: true), .method(60, 90, [0, 0, 0, 0, 0, 0, 0, 1, 1])),
        (.turnConfirmsOn, .method(85, 10, [0])),
        (
            .publish(exchange: "e", routingKey: AMQPText(bytes: [0xFF]), mandatory: true),
            .method(60, 40, [0, 0, 1, 101, 1, 255, 1])
        ),
        (
            .header(bodySize: 3, properties: [0x10, 0, 2]),
            Frame(type: 2, channel: 1, payload: [0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0x10, 0, 2])
        ),
        (.body([1, 2, 3]), Frame(type: 3, channel: 1, payload: [1, 2, 3])),
        (
            .declareQueue(.init(name: "q", passive: true, arguments: AMQPTable())),
            .method(50, 10, [0, 0, 1, 113, 3, 0, 0, 0, 0])
        ),
        (
            .declareQueue(.init(name: "q", passive: false, arguments: ["a": .void])),
            .method(50, 10, [0, 0, 1, 113, 2, 0, 0, 0, 3, 1, 97, 86])
        ),
        (
            .declareExchange(name: "e", kind: "topic", passive: true),
            .method(40, 10, [0, 0, 1, 101, 5] + Array("topic".utf8) + [3, 0, 0, 0, 0])
        ),
        (
            .bind(queue: "q", exchange: "e", routingKey: "k"),
            .method(50, 20, [0, 0, 1, 113, 1, 101, 1, 107, 0, 0, 0, 0, 0])
        ),
    ]

    @Test func everyFrameIsWrittenAsTheSpecificationHasIt() async throws {
        try await onOwnThread {
            let (log, heartbeats) = (try FrameLog(), Self.table.filter { $0.1.type == 8 }.count)
            let fake = try FakeBroker { connection in
                if connection.login() { log.record(connection) }
            }
            var session = try BrokerSession.open(try fake.settings())
            for (frame, _) in Self.table { try session.handle.send(frame) }
            let seen = log.first(Self.table.count - heartbeats)
            #expect(seen == Self.table.map(\.1).filter { $0.type != 8 })
        }
    }

    @Test func aHeartbeatIsAFrameOfItsOwn() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                guard connection.login() else { return }
                connection.awaitHeartbeat()
                connection.send(.init(20, 11), [0, 0, 0, 0])
                connection.drain()
            }
            var session = try BrokerSession.open(try fake.settings())
            try session.handle.send(.heartbeat)
            let answered = session.handle.readiness(waitingMilliseconds: 5000, for: .readable)
            #expect(answered.contains(.readable))
        }
    }

    @Test func whatDoesNotFitIsNotSent() async throws {
        try await onOwnThread {
            let fake = try FakeBroker { connection in
                if connection.login() { connection.drain() }
            }
            var session = try BrokerSession.open(try fake.settings())
            let long = AMQPText(String(repeating: "q", count: 256))
            let refused: [OutboundFrame] = [
                .body(ArraySlice(repeating: 0, count: 131_073)),
                .consume(queue: "q", consumer: "c", arguments: [long: .void]),
            ]
            for frame in refused {
                do throws(BrokerFault) {
                    try session.handle.send(frame)
                    Issue.record("was sent")
                } catch {
                    guard case .protocolViolation = error else {
                        Issue.record("\(error)")
                        return
                    }
                }
            }
        }
    }
}
