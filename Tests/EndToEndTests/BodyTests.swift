import AMQP
import BrokerSupport
import Testing

/// Bodies and headers that a shop may send, sane or not: each has its end, and the queue goes on.
@Suite("End to end: bodies", .serialized, .timeLimit(.minutes(5)))
struct BodyTests {
    /// A message, and what should become of it.
    struct Case: Sendable {
        let name: String
        let body: [UInt8]
        var encoding: String?
        var headers: AMQPTable?
        let end: String

        init(_ name: String, _ body: [UInt8], encoding: String? = nil, headers: AMQPTable? = nil, end: String) {
            (self.name, self.body, self.encoding, self.headers, self.end) = (name, body, encoding, headers, end)
        }

        /// A sale with more in it.
        static func sale(_ more: String = "") -> [UInt8] {
            Array(#"{"kind": "sale", "email": "\#(Platform.email(1))", "place": 1\#(more)}"#.utf8)
        }

        static let zeros = sale(#", "x": ""# + String(repeating: "0", count: 9 << 20) + #"""#)
        static let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)

        static let all = [
            Case("plain", sale(), end: "launched"),
            Case("not JSON", Array("hello".utf8), end: "parked undecodable/not_json"),
            Case("empty", [], end: "parked undecodable/not_json"),
            Case("not UTF-8", [0x7B, 0xFF, 0xFE, 0x7D], end: "parked undecodable/not_json"),
            Case("two documents", sale() + sale(), end: "parked undecodable/not_json"),
            Case("5 MB", sale(#", "x": ""# + String(repeating: "y", count: 5 << 20) + #"""#), end: "launched"),
            Case("9 MB", zeros, end: "parked undecodable/too_big"),
            Case("deep", sale(#", "x": \#(deep)"#), end: "parked undecodable/too_deep"),
            Case("duplicate member", sale(#", "place": 2"#), end: "parked undecodable/duplicate_member"),
            Case("gzip", Compressed.gzip(sale()), encoding: "gzip", end: "launched"),
            Case("deflate", Compressed.deflate(sale()), encoding: "deflate", end: "launched"),
            Case("identity", sale(), encoding: "identity", end: "launched"),
            Case("gzip bomb", Compressed.gzip(zeros), encoding: "gzip", end: "parked undecodable/too_big"),
            Case("gzip that is none", sale(), encoding: "gzip", end: "parked undecodable/encoding"),
            Case(
                "half a gzip", Array(Compressed.gzip(sale()).dropLast(12)), encoding: "gzip",
                end: "parked undecodable/encoding"),
            Case("brotli", sale(), encoding: "br", end: "parked undecodable/encoding"),
            Case("every header type", sale(), headers: everyType, end: "launched"),
            Case("every header type, parked", Array("{".utf8), headers: everyType, end: "parked undecodable/not_json"),
            Case("forged headers", sale(), headers: forged, end: "launched"),
        ]

        /// Every type that RabbitMQ takes from a client (a NaN crashes its channel), and bytes that are no UTF-8 as name and as value.
        static let everyType: AMQPTable = {
            var table: AMQPTable = [
                "boolean": .boolean(true), "int8": .int8(-8), "uint8": .uint8(8), "int16": .int16(-16),
                "uint16": .uint16(16), "int32": .int32(-32), "uint32": .uint32(32), "int64": .int64(.min),
                "float": .float(1.5), "double": .double(-0.0), "decimal": .decimal(scale: 2, digits: 12_345),
                "text": .text("текст"), "bytes": .bytes([0, 255]), "array": .array([.void, .int32(1), .array([])]),
                "table": .table(["inner": .text("x")]), "timestamp": .timestamp(1_772_355_907), "void": .void,
                "broken text": .text(AMQPText(bytes: [0xC3, 0x28])),
            ]
            table.append(AMQPText(bytes: [0x6E, 0xFF]), .text("a name that is no UTF-8"))
            return table
        }()

        /// What only the bridge may say, said by somebody else.
        static let forged: AMQPTable = [
            "x-bridge-owed": .text("everything"), "x-bridge-event": .int64(7), "x-bridge-exchange": .void,
            "x-bridge-ignore-expiry": .text("yes"),
        ]
    }

    @Test("every body and every header has its end, and what is parked is kept whole")
    func bodies() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--limits-event-bytes", "8 MiB"]))
            for (number, one) in Case.all.enumerated() {
                var properties = AMQPProperties()
                properties.messageID = AMQPText("body-\(number)")
                properties.contentEncoding = one.encoding.map { AMQPText($0) }
                properties.headers = one.headers
                properties.appID = AMQPText(bytes: [0x61, 0xFF])
                try stage.shop.publish(one.body, properties)
            }
            try stage.bridge.wait(until: "all have an end") { $0.ends.count == Case.all.count }
            #expect(try stage.bridge.stop() == 0)
            let reckoning = try stage.reckon()
            for (number, one) in Case.all.enumerated() {
                #expect(reckoning.end(of: "body-\(number)") == one.end, "\(one.name)")
                guard let parked = reckoning.parked.first(where: { $0.event == "body-\(number)" }) else { continue }
                #expect(parked.body == one.body, "\(one.name)")
                #expect(parked.properties.appID == AMQPText(bytes: [0x61, 0xFF]), "\(one.name)")
                #expect(parked.properties.contentEncoding == one.encoding.map { AMQPText($0) }, "\(one.name)")
                for entry in one.headers?.entries ?? [] {
                    #expect(parked.properties.headers?.entries.contains(entry) == true, "\(one.name): \(entry.name)")
                }
                #expect(parked.text("queue") == "orders" && parked.text("detail") != nil, "\(one.name)")
            }
        }
    }

    @Test("mappings.unmatched: park")
    func unmatched() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--mappings-unmatched", "park"]))
            try stage.publish(ShopEvent.some(ProofLength.fewMessages))
            let reckoning = try stage.settle("mappings.unmatched: park")
            reckoning.expectPromise(ends: { kind in
                kind == .other ? "parked unmappable/unmatched" : Reckoning.usualEnd(kind)
            })
        }
    }

    /// The bridge adds to what it parks: where the shop's headers fill a frame, that is one too many.
    @Test("headers that leave a small frame no room: the event is parked without them, and the bridge goes on")
    func smallFrames() async throws {
        try await withBrokerAlone { host in
            try host.broker.evaluate("application:set_env(rabbit, frame_max, 16384).")
            defer { _ = try? host.broker.evaluate("application:set_env(rabbit, frame_max, 131072).") }
            let stage = try Stage(host)
            var properties = AMQPProperties()
            let trace = AMQPText(String(repeating: "t", count: 16_100))
            properties.headers = ["shop": .text("web"), "trace": .text(trace)]
            for number in 1...3 {
                properties.messageID = AMQPText("full-\(number)")
                try stage.shop.publish(Array("{".utf8), properties)
            }
            properties.headers = nil
            properties.messageID = "next"
            try stage.shop.publish(Case.sale(), properties)
            try stage.bridge.wait(until: "all have an end") { $0.ends.count == 4 }
            #expect(try stage.bridge.stop() == 0)
            let reckoning = try stage.reckon()
            #expect(reckoning.end(of: "next") == "launched" && reckoning.parked.count == 3)
            for parked in reckoning.parked {
                #expect(parked.end == "undecodable/not_json" && parked.body == Array("{".utf8))
                #expect(parked.properties.headers?["shop"] == .text("web"))
                #expect(parked.text("original-headers-left-out-names") == "trace")
            }
        }
    }
}
