import AMQP
import Bridge
import JSON
import Testing

/// Every AMQP type has its place in what mappings see.
@Suite("Headers and properties as documents")
struct TransportDocumentsTests {
    @Test("types map as the language page says")
    func types() {
        let table: AMQPTable = [
            "bool": .boolean(true), "byte": .int8(-3), "ubyte": .uint8(200), "short": .int16(-300), "int": .int32(7),
            "long": .int64(-9_007_199_254_740_993), "ulong": .uint64(.max), "float": .float(1.5),
            "double": .double(-0.25),
            "nan": .double(.nan), "decimal": .decimal(scale: 2, digits: 14_990), "text": .text("привет"),
            "bad": .text(AMQPText(bytes: [0xC3])), "bytes": .bytes([1, 2]), "time": .timestamp(0),
            "void": .void, "table": .table(["k": .array([.int8(1), .text("x")])]),
        ]
        let root = TransportDocuments.headers(table).root
        #expect(root["bool"]?.bool == true)
        #expect(root["byte"]?.number?.text == "-3" && root["ubyte"]?.number?.text == "200")
        #expect(root["long"]?.number?.text == "-9007199254740993")
        #expect(root["ulong"]?.number?.text == "18446744073709551615")
        #expect(root["float"]?.number == JSONNumber("1.5") && root["double"]?.number == JSONNumber("-0.25"))
        #expect(root["decimal"]?.number == JSONNumber("149.9"))
        #expect(root["text"]?.string == "привет")
        #expect(root["time"]?.string == "1970-01-01T00:00:00Z")
        #expect(root["void"]?.isNull == true)
        #expect(root["table"]?["k"]?.element(1)?.string == "x")
        for name in ["bad", "bytes", "nan"] { #expect(root[name]?.kind == .opaque) }
    }

    @Test("our own headers are invisible, and nothing at all is an empty object")
    func invisible() {
        let root = TransportDocuments.headers(["x-bridge-class": .text("x"), "x-mine": .int8(1)]).root
        #expect(root.members.map(\.name) == ["x-mine"])
        #expect(TransportDocuments.headers(nil).root.count == 0)
    }

    @Test("properties have their AMQP names; what is absent has no member")
    func properties() {
        var properties = AMQPProperties()
        properties.messageID = "m"
        properties.timestamp = 1_772_355_960
        properties.deliveryMode = 2
        properties.contentType = AMQPText(bytes: [0xFF])
        let root = TransportDocuments.properties(properties).root
        #expect(Set(root.members.map(\.name)) == ["message_id", "timestamp", "delivery_mode", "content_type"])
        #expect(root["timestamp"]?.string == "2026-03-01T09:06:00Z")
        #expect(root["content_type"]?.kind == .opaque)
        properties.timestamp = .max
        #expect(TransportDocuments.properties(properties).root["timestamp"]?.string == "18446744073709551615")
    }

    @Test("a name given twice in a table is no fault")
    func repeatedNames() {
        var table: AMQPTable = ["a": .int8(1)]
        table.append("a", .int8(2))
        #expect(TransportDocuments.headers(table).root["a"]?.number?.text == "1")
    }
}
