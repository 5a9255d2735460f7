/// Puts a message together from its header and body frames, as they arrive over any number of calls.
///
/// Pure: frames in, the content out. It waits for nothing.
struct ContentAssembly {
    /// A message's properties and body.
    struct Content: Equatable {
        let properties: AMQPProperties
        let body: [UInt8]
    }

    /// RabbitMQ refuses bigger ones (max_message_size, 512 MiB at most), so a bigger size is nonsense.
    static let bodyMaximum: UInt64 = 512 << 20
    /// The size that is believed before the bytes are there; what is bigger grows as it comes.
    private static let reservedMaximum: UInt64 = 1 << 20

    private enum State {
        /// Exits: `body`, or whole at once when the body is empty.
        case header
        /// Exits: whole.
        case body(properties: AMQPProperties, size: Int, received: [UInt8])
    }

    private var state = State.header

    /// Bytes of the body that are here already.
    var bufferedBytes: Int {
        guard case .body(_, _, let received) = state else { return 0 }
        return received.count
    }

    /// Takes the header frame; the content when there is no body.
    mutating func header(bodySize: UInt64, properties: [UInt8]) throws(BrokerFault) -> Content? {
        guard case .header = state else { throw .protocolViolation("a second header for one message") }
        guard bodySize <= Self.bodyMaximum else { throw .protocolViolation("a body of \(bodySize) bytes") }
        let decoded: AMQPProperties
        do {
            decoded = try AMQPProperties(wire: properties)
        } catch {
            throw .protocolViolation(error.description)
        }
        guard bodySize > 0 else { return Content(properties: decoded, body: []) }
        state = .body(properties: decoded, size: Int(bodySize), received: [])
        return nil
    }

    /// Takes a body frame; the content when it is the last.
    mutating func body(_ bytes: [UInt8]) throws(BrokerFault) -> Content? {
        guard case .body(let properties, let size, var received) = state else {
            throw .protocolViolation("a body frame without a header")
        }
        state = .header
        guard bytes.count <= size - received.count else {
            throw .protocolViolation("more body than the \(size) bytes announced")
        }
        if received.isEmpty {
            // A body in one frame, the usual case, is not copied again.
            received = bytes
            if bytes.count < size { received.reserveCapacity(min(size, Int(Self.reservedMaximum))) }
        } else {
            received.append(contentsOf: bytes)
        }
        guard received.count == size else {
            state = .body(properties: properties, size: size, received: received)
            return nil
        }
        return Content(properties: properties, body: received)
    }
}
