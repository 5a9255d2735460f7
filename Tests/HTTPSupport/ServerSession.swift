import Glibc

/// One connection of the scripted server.
struct ServerSession {
    let socket: Socket
    /// Read from the socket, and not yet part of a request.
    private var buffer: [UInt8] = []

    init(socket: Socket) {
        self.socket = socket
    }

    /// Plays one exchange; false when the connection is over.
    mutating func play(_ exchange: Exchange, note: ([UInt8]) -> Void) -> Bool {
        guard read(exchange.reading, note) else { return false }
        for part in exchange.reply {
            guard play(part) else { return false }
        }
        return true
    }

    private mutating func read(_ reading: Exchange.Reading, _ note: ([UInt8]) -> Void) -> Bool {
        switch reading {
        case .nothing: return true
        case .arrival: return !buffer.isEmpty || socket.wait(for: POLLIN, milliseconds: -1)
        case .head, .whole: break
        }
        var end = SeenRequest.endOfHead(buffer)
        while end == nil {
            guard receive() else { return leave(note) }
            end = SeenRequest.endOfHead(buffer)
        }
        let head = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self)
        let length = SeenRequest.header("Content-Length", in: head).flatMap { Int($0) } ?? 0
        let total = (end ?? 0) + 4 + length
        if case .head = reading {
            note(buffer)
            return true
        }
        while buffer.count < total {
            guard receive() else { return leave(note) }
        }
        note([UInt8](buffer[..<total]))
        buffer.removeFirst(total)
        return true
    }

    /// The client left in the middle of a request: what came of it is noted.
    private func leave(_ note: ([UInt8]) -> Void) -> Bool {
        if !buffer.isEmpty { note(buffer) }
        return false
    }

    private mutating func receive() -> Bool {
        let bytes = socket.receive()
        buffer += bytes
        return !bytes.isEmpty
    }

    private func play(_ part: Exchange.Part) -> Bool {
        switch part {
        case .bytes(let bytes):
            return socket.send(bytes)
        case .drip(let bytes):
            return bytes.allSatisfy { socket.send([$0]) && !socket.hasLeft(within: 2) }
        case .flood(let bytes):
            while socket.send(bytes) {}
            return false
        case .hang:
            while !socket.receive().isEmpty {}
            return false
        case .close:
            return false
        case .reset:
            socket.resetOnClose()
            return false
        }
    }
}
