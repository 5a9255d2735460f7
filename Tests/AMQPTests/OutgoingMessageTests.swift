import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct OutgoingMessageTests {
    private func frames(_ publication: Publication, limit: Int = 131_072) throws -> [OutboundFrame] {
        var message = try OutgoingMessage(publication, sequence: 7, frameLimit: limit)
        var frames: [OutboundFrame] = []
        while let frame = message.nextFrame() {
            #expect(message.isSent == (message.nextFrameIsLast))
            frames.append(frame)
        }
        #expect(message.isSent)
        return frames
    }

    private func publication(
        _ body: [UInt8], _ properties: AMQPProperties = AMQPProperties(), key: AMQPText = "q"
    ) -> Publication {
        Publication(id: 1, exchange: "e", routingKey: key, properties: properties, body: body)
    }

    @Test(arguments: [(0, 0), (1, 1), (16_376, 1), (16_377, 2), (5 << 20, 321)])
    func splitsBodiesIntoFramesThatASocketTakes(size: Int, count: Int) throws {
        let body = [UInt8](repeating: 7, count: size)
        let frames = try frames(publication(body))
        #expect(frames.count == 2 + count)
        #expect(frames[0] == .publish(exchange: "e", routingKey: "q", mandatory: true))
        var joined: [UInt8] = []
        for case .body(let fragment) in frames { joined += fragment }
        #expect(joined == body)
    }

    @Test func keepsToASmallFrameLimit() throws {
        for case .body(let fragment) in try frames(publication(Array(repeating: 1, count: 10_000)), limit: 4096) {
            #expect(fragment.count <= 4088)
        }
    }

    @Test func isPersistentAndNumbered() throws {
        var properties = AMQPProperties()
        properties.deliveryMode = 1
        properties.headers = ["a": .int8(1), "x-bridge-publish": .text("old"), "b": .void]
        guard case .header(let size, let wire) = try frames(publication([9], properties))[1] else {
            Issue.record("no header")
            return
        }
        let sent = try AMQPProperties(wire: wire)
        #expect(size == 1)
        #expect(sent.deliveryMode == 2)
        #expect(sent.headers == ["a": .int8(1), "b": .void, "x-bridge-publish": .int64(7)])
    }

    @Test func refusesWhatDoesNotFitBeforeAnythingIsSent() throws {
        var properties = AMQPProperties()
        properties.headers = ["big": .bytes(Array(repeating: 0, count: 131_072))]
        #expect(throws: WireError.propertiesTooBig(count: 131_114, limit: 131_052)) {
            try OutgoingMessage(publication([], properties), sequence: 1, frameLimit: 131_072)
        }
        let long = AMQPText(String(repeating: "k", count: 256))
        #expect(throws: WireError.nameTooLong(field: "routing key", count: 256)) {
            try OutgoingMessage(publication([], key: long), sequence: 1, frameLimit: 131_072)
        }
    }
}

extension OutgoingMessage {
    /// Whether nothing would follow; asks a copy.
    fileprivate var nextFrameIsLast: Bool {
        var copy = self
        return copy.nextFrame() == nil
    }
}
