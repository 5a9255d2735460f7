package import AMQP

/// A peer that speaks just enough AMQP to lie: it answers a login and then does what a test tells it.
package final class FakeBroker: Sendable {
    /// Its port on 127.0.0.1.
    package let port: UInt16
    private let listener: LoopbackSocket

    /// Listens, and runs the behaviour once for each connection, on a thread of its own.
    package init(_ behaviour: @escaping @Sendable (FakeConnection) -> Void) throws {
        let (listener, port) = try LoopbackSocket.listen()
        self.listener = listener
        self.port = port
        try DeepStackThread.start(name: "fake-broker") {
            while let socket = listener.accept() {
                let connection = FakeConnection(socket)
                behaviour(connection)
                if !connection.resets { socket.shutDown() }
                socket.close()
            }
            listener.close()
        }
    }

    deinit {
        listener.shutDown()
    }

    /// Settings to connect to it with.
    package func settings(heartbeatSeconds: Int = 15) throws -> ConnectionSettings {
        ConnectionSettings(
            address: try BrokerAddress(parsing: "amqp://127.0.0.1:\(port)"), connectionName: "test",
            heartbeatSeconds: heartbeatSeconds, connectTimeout: .seconds(2), handshakeTimeout: .seconds(2),
            requestTimeout: .seconds(2))
    }
}

/// The fake broker's side of one connection.
package final class FakeConnection {
    private let socket: LoopbackSocket
    /// Whether the connection ends with a reset.
    fileprivate private(set) var resets = false

    init(_ socket: LoopbackSocket) {
        self.socket = socket
    }

    /// A method by its class and number, as in the specification.
    package struct Method: Equatable, Sendable {
        /// Class.
        package let group: UInt16
        /// Number in the class.
        package let number: UInt16

        /// A method: `Method(60, 20)` is basic.consume.
        package init(_ group: UInt16, _ number: UInt16) {
            self.group = group
            self.number = number
        }
    }

    /// Answers the login with this heartbeat; false when the client went away.
    @discardableResult
    package func login(heartbeat: UInt16 = 15, frameMaximum: UInt32 = 131_072) -> Bool {
        guard read(8) != nil else { return false }
        let mechanisms = Array("PLAIN".utf8)
        let properties: AMQPTable = ["product": .text("Fake"), "version": .text("3.10.8")]
        let table = (try? properties.wire()) ?? [0, 0, 0, 0]
        send(
            Method(10, 10), [0, 9] + table + bytes(UInt32(5)) + mechanisms + bytes(UInt32(5)) + Array("en_US".utf8),
            channel: 0)
        guard awaitMethod(Method(10, 11)) else { return false }
        send(Method(10, 30), bytes(UInt16(2047)) + bytes(frameMaximum) + bytes(heartbeat), channel: 0)
        guard awaitMethod(Method(10, 31)), awaitMethod(Method(10, 40)) else { return false }
        return send(Method(10, 41), [0], channel: 0)
    }

    /// Answers channel.open, basic.qos and basic.consume; false when the client went away.
    @discardableResult
    package func subscribe() -> Bool {
        guard awaitMethod(Method(20, 10)) else { return false }
        send(Method(20, 11), bytes(UInt32(0)))
        guard awaitMethod(Method(60, 10)) else { return false }
        send(Method(60, 11), [])
        guard awaitMethod(Method(60, 20)) else { return false }
        return send(Method(60, 21), [4] + Array("test".utf8))
    }

    /// Answers channel.open and confirm.select; false when the client went away.
    @discardableResult
    package func turnConfirmsOn() -> Bool {
        guard awaitMethod(Method(20, 10)) else { return false }
        send(Method(20, 11), bytes(UInt32(0)))
        guard awaitMethod(Method(85, 10)) else { return false }
        return send(Method(85, 11), [])
    }

    /// Answers connection.close; what comes before it is read and forgotten.
    package func awaitClose() {
        if awaitMethod(Method(10, 50)) { send(Method(10, 51), [], channel: 0) }
    }

    /// Ends the connection with a reset as soon as the behaviour returns.
    package func reset() {
        resets = true
        socket.resetOnClose()
    }

    /// Sends basic.deliver with its header and body; `properties` encoded with their flags.
    package func deliver(_ tag: UInt64, properties: [UInt8] = [0, 0], body: [UInt8] = []) {
        send(Method(60, 60), [4] + Array("test".utf8) + bytes(tag) + [0, 0, 1, 113])
        send(frame: 2, bytes(UInt16(60)) + [0, 0] + bytes(UInt64(body.count)) + properties)
        if !body.isEmpty { send(frame: 3, body) }
    }

    /// Sends a method frame.
    @discardableResult
    package func send(_ method: Method, _ arguments: [UInt8], channel: UInt16 = 1) -> Bool {
        send(frame: 1, bytes(method.group) + bytes(method.number) + arguments, channel: channel)
    }

    /// Sends a frame of any type.
    @discardableResult
    package func send(frame type: UInt8, _ payload: [UInt8], channel: UInt16 = 1) -> Bool {
        send([type] + bytes(channel) + bytes(UInt32(payload.count)) + payload + [0xCE])
    }

    /// Sends bytes as they are.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool { socket.send(bytes) }

    /// Reads frames until this method comes; false when the client went away first.
    package func awaitMethod(_ method: Method) -> Bool {
        while let frame = readFrame() {
            if frame.type == 1, frame.payload.starts(with: bytes(method.group) + bytes(method.number)) { return true }
        }
        return false
    }

    /// The next frame; nil when the client went away.
    package func readFrame() -> (type: UInt8, channel: UInt16, payload: [UInt8])? {
        guard let head = read(7) else { return nil }
        let count = head[3...].reduce(0) { $0 << 8 | Int($1) }
        guard let payload = read(count), read(1) != nil else { return nil }
        return (head[0], UInt16(head[1]) << 8 | UInt16(head[2]), payload)
    }

    /// Makes the receive buffer as small as can be: a client that writes soon cannot.
    package func shrinkReceiveBuffer() { socket.shrinkReceiveBuffer() }

    /// Exactly so many bytes; nil when the client went away.
    package func read(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = socket.receive(count - bytes.count)
            guard !more.isEmpty else { return nil }
            bytes += more
        }
        return bytes
    }

    /// Reads frames until a heartbeat comes, or the client went away.
    package func awaitHeartbeat() {
        while let frame = readFrame(), frame.type != 8 {}
    }

    /// Reads nothing, and says nothing, until the client goes away.
    package func awaitSilence() { socket.awaitHangUp() }

    /// Reads until the client goes away.
    package func drain() {
        while !socket.receive(65_536).isEmpty {}
    }

    /// Big-endian bytes of a number.
    package func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        stride(from: Value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> Value($0)) }
    }
}
