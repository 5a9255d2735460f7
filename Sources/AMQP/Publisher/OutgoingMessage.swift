/// A message being sent, frame by frame: the socket may stop taking bytes anywhere in between.
struct OutgoingMessage {
    /// Part of a body in one frame.
    ///
    /// Small, so that a writable socket (a third of its buffer free) takes it at once; AMQP allows any size up to the
    /// agreed one.
    static let fragmentMaximum = 16_384 - ConnectionHandle.frameOverhead

    private enum Next {
        /// Exits: header.
        case method
        /// Exits: body, sent.
        case header
        /// Exits: body, sent.
        case body(offset: Int)
        case sent
    }

    /// The message.
    let publication: Publication
    private let properties: [UInt8]
    private let fragment: Int
    private var next = Next.method

    /// Encodes a message's properties; throws what does not fit, before anything of it is sent.
    init(_ publication: Publication, sequence: UInt64, frameLimit: Int) throws(WireError) {
        for (text, field) in [(publication.exchange, "exchange"), (publication.routingKey, "routing key")]
        where text.count > 255 {
            throw .nameTooLong(field: field, count: text.count)
        }
        var stamped = publication.properties
        stamped.deliveryMode = 2
        var headers = stamped.headers ?? AMQPTable()
        headers.removeAll(named: Publisher.sequenceHeader)
        headers.append(AMQPText(Publisher.sequenceHeader), .int64(Int64(truncatingIfNeeded: sequence)))
        stamped.headers = headers
        properties = try stamped.wire()
        let room = frameLimit - ConnectionHandle.frameOverhead - ConnectionHandle.headerOverhead
        guard properties.count <= room else { throw .propertiesTooBig(count: properties.count, limit: room) }
        self.publication = publication
        fragment = min(Self.fragmentMaximum, frameLimit - ConnectionHandle.frameOverhead)
    }

    /// Whether the first frame is still to be sent.
    var isUntouched: Bool {
        if case .method = next { true } else { false }
    }

    /// Takes the next frame; nil when all are sent.
    mutating func nextFrame() -> OutboundFrame? {
        let body = publication.body
        switch next {
        case .method:
            next = .header
            return .publish(
                exchange: publication.exchange, routingKey: publication.routingKey, mandatory: true)
        case .header:
            next = body.isEmpty ? .sent : .body(offset: 0)
            return .header(bodySize: UInt64(body.count), properties: properties)
        case .body(let offset):
            let end = min(offset + fragment, body.count)
            next = end == body.count ? .sent : .body(offset: end)
            return .body(body[offset..<end])
        case .sent: return nil
        }
    }

    /// Whether all frames were taken.
    var isSent: Bool {
        if case .sent = next { true } else { false }
    }
}
