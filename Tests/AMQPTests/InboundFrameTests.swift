import BrokerSupport
import Poll
import Testing

@testable import AMQP

/// What is made of a broker's frames.
@Suite(.timeLimit(.minutes(1)))
struct InboundFrameTests {
    private static let tag: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 2]

    /// Methods as a broker writes them, and what is read.
    static let methods: [(FrameLog.Frame, InboundFrame.Content)] = [
        (
            .method(60, 60, [1, 99] + tag + [1, 1, 101, 2, 0xFF, 107]),
            .deliver(tag: 258, redelivered: true, exchange: "e", routingKey: AMQPText(bytes: [0xFF, 107]))
        ),
        (
            .method(60, 60, [0] + tag + [0, 0, 0]),
            .deliver(tag: 258, redelivered: false, exchange: "", routingKey: "")
        ),
        (
            .method(60, 50, [1, 56, 2, 110, 111, 1, 120, 1, 107]),
            .returned(code: 312, text: "no", exchange: "x", routingKey: "k")
        ),
        (.method(60, 80, tag + [1]), .confirmed(tag: 258, multiple: true)),
        (.method(60, 120, tag + [0]), .refused(tag: 258, multiple: false)),
        (.method(60, 30, [1, 99, 1]), .cancelled(consumer: "c")),
        (.method(20, 40, [1, 150, 1, 120, 0, 0, 0, 0]), .channelClosed(code: 406, text: "x")),
        (.method(10, 50, [1, 64, 1, 120, 0, 0, 0, 0], channel: 0), .connectionClosed(code: 320, text: "x")),
        (.method(10, 60, [3, 109, 101, 109], channel: 0), .blocked(reason: "mem")),
        (.method(10, 61, [], channel: 0), .unblocked),
        (.method(20, 20, [0]), .flow(active: false)),
        (.method(20, 11, [0, 0, 0, 0]), .reply(.channelOpened)),
        (.method(20, 41, []), .reply(.channelClosed)),
        (.method(10, 51, [], channel: 0), .reply(.connectionClosed)),
        (.method(60, 11, []), .reply(.prefetchSet)),
        (.method(60, 21, [1, 99]), .reply(.consuming)),
        (.method(60, 31, [1, 99]), .reply(.cancelled)),
        (.method(85, 11, []), .reply(.confirmsOn)),
        (.method(40, 11, []), .reply(.exchangeDeclared)),
        (.method(50, 21, []), .reply(.bound)),
        (.method(50, 11, [1, 113, 0, 0, 1, 0, 0, 0, 0, 2]), .reply(.queue(messages: 256, consumers: 2))),
        (.method(90, 11, []), .unknown(method: 90 << 16 | 11)),
    ]

    /// Connects to a peer that sends these bytes after the login, and reads so many frames.
    private static func read(_ count: Int, _ send: @escaping @Sendable (FakeConnection) -> Void) throws
        -> [InboundFrame]
    {
        let fake = try FakeBroker { connection in
            guard connection.login() else { return }
            send(connection)
            connection.drain()
        }
        var session = try BrokerSession.open(try fake.settings())
        var frames: [InboundFrame] = []
        let deadline = MonotonicTime.now().advanced(by: .seconds(10))
        while frames.count < count, MonotonicTime.now() < deadline {
            if let frame = try session.handle.nextFrame() {
                frames.append(frame)
            } else {
                _ = session.handle.readiness(waitingMilliseconds: 100, for: .readable)
            }
        }
        return frames
    }

    @Test func everyMethodIsRead() async throws {
        try await onOwnThread {
            let frames = try Self.read(Self.methods.count) { connection in
                for (frame, _) in Self.methods {
                    connection.send(frame: frame.type, frame.payload, channel: frame.channel)
                }
            }
            #expect(frames.map(\.content) == Self.methods.map(\.1))
            #expect(frames.map(\.channel) == Self.methods.map(\.0.channel))
        }
    }

    @Test func contentIsReadAndHeartbeatsAreNot() async throws {
        try await onOwnThread {
            let properties: [UInt8] = [0x10, 0, 2]
            let frames = try Self.read(3) { connection in
                connection.send(frame: 8, [], channel: 0)
                connection.send(frame: 2, [0, 60, 0, 0] + connection.bytes(UInt64(7)) + properties)
                connection.send(frame: 8, [], channel: 0)
                connection.send(frame: 3, [])
                connection.send(frame: 3, [1, 2])
            }
            #expect(
                frames.map(\.content) == [.header(bodySize: 7, properties: properties), .body([]), .body([1, 2])])
        }
    }

    /// A frame may arrive in any pieces; half of one is not a frame, and nobody waits for the rest.
    @Test func framesInPiecesAreAssembled() async throws {
        try await onOwnThread {
            let frames = try Self.read(2) { connection in
                let whole: [UInt8] = [1, 0, 1, 0, 0, 0, 4, 0, 60, 0, 11, 0xCE]
                for byte in whole { connection.send([byte]) }
                connection.send(Array(whole.prefix(5)))
                connection.send(Array(whole.dropFirst(5)))
            }
            #expect(frames.map(\.content) == [.reply(.prefetchSet), .reply(.prefetchSet)])
        }
    }
}
