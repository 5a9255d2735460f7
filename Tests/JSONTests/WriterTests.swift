import JSON
import TestSupport
import Testing

/// What is written reads back the same.
@Suite("JSON writer")
struct WriterTests {
    @Test("writes compact and indented")
    func layouts() throws {
        let value = JSONValue.object([
            ("a", .array([.number(JSONNumber(1)), .string("x\"\n\u{1}"), .array([]), .object([])])),
            ("b", .bool(false)),
            ("c", .null),
        ])
        #expect(value.text() == #"{"a":[1,"x\"\n\u0001",[],{}],"b":false,"c":null}"#)
        let pretty = """
            {
              "a": [
                1,
                "x\\"\\n\\u0001",
                [],
                {}
              ],
              "b": false,
              "c": null
            }
            """
        #expect(value.text(pretty: true) == pretty)
        #expect(try JSONDocument.parse(pretty).root.text(pretty: true) == pretty)
    }

    @Test("values compare by meaning: numbers by value, members in any order")
    func equality() throws {
        let left = try JSONDocument.parse(#"{"a":1.0,"b":["x",{"c":null}]}"#).root
        let right = try JSONDocument.parse(#"{"b":["\u0078",{"c":null}],"a":1}"#).root
        #expect(left.isEqual(to: right))
        #expect(JSONValue.node(left) == .object([("b", .node(right["b"] ?? left)), ("a", .number(JSONNumber(1)))]))
        #expect(JSONValue.string("1") != .number(JSONNumber(1)))
        #expect(JSONValue.array([.null]) != .array([]))
        #expect(JSONValue.object([("a", .null)]) != .object([("b", .null)]))
    }

    @Test("random documents survive writing and reading", arguments: 0..<50)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let value = randomValue(depth: 6, &random)
        for pretty in [false, true] {
            let read = try JSONDocument.parse(value.text(pretty: pretty)).root
            #expect(JSONValue.node(read) == value)
            #expect(read.text(pretty: pretty) == value.text(pretty: pretty))
        }
    }

    @Test("mutated documents are read or refused, never worse", arguments: 0..<200)
    func fuzz(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed) &* 7919)
        var bytes = Array(randomValue(depth: 6, &random).text().utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(random.pick(Array("{}[]\",:\\u0e-.".utf8), or: 0), at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        guard let document = try? JSONDocument.parse(bytes) else { return }
        let text = document.root.text()
        #expect((try? JSONDocument.parse(text).root.text()) == text)
        #expect(document.entryCount >= 1)
    }

    private func randomValue(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &random)))
        case 3: return .number(JSONNumber("-0.\(UInt32.random(in: 0...999, using: &random))e-7") ?? JSONNumber(0))
        case 4: return .string(randomText(&random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth - 1, &random) })
        default:
            let count = Int.random(in: 0...4, using: &random)
            return .object((0..<count).map { ("\($0)\(randomText(&random))", randomValue(depth: depth - 1, &random)) })
        }
    }

    private func randomText(_ random: inout SeededGenerator) -> String {
        let alphabet: [Character] = ["a", "\"", "\\", "\n", "\u{0}", "é", "😀", "/", "\u{7F}", "日", " "]
        return String((0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(alphabet, or: "x") })
    }
}
