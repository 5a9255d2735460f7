import JSON
import TestSupport
import Testing

/// Values that were made, and the same read from what they are written as: nobody can tell which is which.
@Suite("JSON values", .timeLimit(.minutes(1)))
struct MadeValueTests {
    @Test(
        "equal, and nearly so",
        arguments: [
            ("1", "1.0", true), ("1", "\"1\"", false), ("0", "-0", true), ("0", "false", false), ("null", "0", false),
            ("null", "false", false), ("[]", "{}", false), ("[]", "null", false), ("\"\"", "null", false),
            ("[1,2]", "[2,1]", false), ("[1]", "[1,1]", false), ("[[1]]", "[1]", false),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, true), (#"{"a":1}"#, #"{"a":1,"b":null}"#, false),
            (#"{"a":null}"#, "{}", false), (#"{"a":null}"#, #"{"b":null}"#, false),
            (#"{"a":{"b":[1]}}"#, #"{"a":{"b":[1e0]}}"#, true), (#""a\/b""#, #""a/b""#, true),
            ("1e400", "10e399", true), ("9007199254740993", "9007199254740992", false),
            // Names that stand twice: all their values count.
            (#"{"a":1,"a":2}"#, #"{"a":1,"a":2}"#, true), (#"{"a":1,"a":2}"#, #"{"a":2,"a":1}"#, false),
            (#"{"a":1,"a":1}"#, #"{"a":1,"b":1}"#, false), (#"{"a":1,"a":1,"b":2}"#, #"{"b":2,"a":1,"a":1}"#, true),
            (#"{"a":1,"a":1}"#, #"{"a":1}"#, false),
        ])
    func equality(left: String, right: String, isEqual: Bool) throws {
        let limits = JSONLimits(refusesDuplicates: false)
        let (one, other) = (try JSONDocument.parse(left, limits: limits), try JSONDocument.parse(right, limits: limits))
        let values = [(JSONValue.node(one.root), JSONValue.node(other.root)), (made(one.root), made(other.root))]
        for (one, other) in values {
            #expect((one == other) == isEqual && (other == one) == isEqual)
            #expect(one == one && other == other)
        }
        #expect((JSONValue.node(one.root) == made(other.root)) == isEqual)
        #expect(one.root.isEqual(to: other.root) == isEqual)
    }

    /// The same value without its document.
    private func made(_ node: JSONNode) -> JSONValue {
        switch node.kind {
        case .null, .opaque: .null
        case .bool: .bool(node.bool == true)
        case .number: .number(node.number ?? JSONNumber(0))
        case .string: .string(node.string ?? "")
        case .array: .array(node.elements.map(made))
        case .object: .object(node.members.map { ($0.name, made($0.value)) })
        }
    }

    @Test("of names that stand twice the first is found, made or read")
    func firstOfTwo() throws {
        let object = JSONValue.object([("a", .bool(true)), ("b", .null), ("a", .bool(false))])
        #expect(object["a"]?.bool == true && object[JSONName("a")]?.bool == true)
        #expect(object.members?.map(\.name) == ["a", "b", "a"])
        let read = try JSONDocument.parse(object.text(), limits: JSONLimits(refusesDuplicates: false))
        #expect(read.root["a"]?.bool == true && read.root.count == 3)
        #expect(JSONValue.node(read.root) == object)
    }

    @Test(
        "a value answers for its own kind and for no other",
        arguments: [
            (JSONValue.null, JSONKind.null), (.bool(false), .bool), (.number(JSONNumber(0)), .number),
            (.string(""), .string), (.array([]), .array), (.object([]), .object),
        ])
    func kinds(value: JSONValue, kind: JSONKind) throws {
        let read = JSONValue.node(try JSONDocument.parse(value.text()).root)
        for value in [value, read] {
            #expect(value.kind == kind)
            #expect(value.isNull == (kind == .null))
            #expect((value.bool != nil) == (kind == .bool))
            #expect((value.number != nil) == (kind == .number))
            #expect((value.string != nil) == (kind == .string))
            #expect((value.elements != nil) == (kind == .array))
            #expect((value.members != nil) == (kind == .object))
            #expect(value["a"] == nil)
        }
    }

    private func value(_ random: inout SeededGenerator, depth: Int = 0) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(random.chance(50))
        case 2: return .number(JSONNumber(Int.random(in: -5...5, using: &random)))
        case 3: return .string(random.pick(["", "a", "é", "e\u{301}", "\"\n"], or: ""))
        case 4: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            let names = ["", "a", "é", "e\u{301}"].filter { _ in random.chance(50) }
            return .object(names.map { ($0, value(&random, depth: depth + 1)) })
        }
    }

    @Test("read and made are equal, and both unlike any other", arguments: Fuzzing.seeds(from: 1, count: 10))
    func readAndMade(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let made = (0..<40).map { _ in value(&random) }
        let read = try made.map { JSONValue.node(try JSONDocument.parse($0.text()).root) }
        for left in made.indices {
            for right in made.indices {
                // Members are written in one order here, so equal texts are equal values and no others are.
                let isEqual = made[left].text().utf8.elementsEqual(made[right].text().utf8)
                #expect((made[left] == made[right]) == isEqual)
                #expect((made[left] == read[right]) == isEqual)
                #expect((read[left] == read[right]) == isEqual)
            }
        }
    }

    @Test("opaque leaves stand where they were put, and texts and values that look alike do not become any")
    func opaque() throws {
        var builder = JSONBuilder()
        builder.beginArray()
        builder.value(.string("null"))
        builder.opaque()
        builder.value(.null)
        builder.beginObject()
        builder.name("null")
        builder.value(.array([.null, .string("é")]))
        builder.name("x")
        builder.opaque()
        builder.endObject()
        builder.opaque()
        builder.endArray()
        let root = try builder.finish().root
        #expect(root.elements.map(\.kind) == [.string, .opaque, .null, .object, .opaque])
        let object = try #require(root.element(3))
        #expect(object["null"]?.elements.map(\.kind) == [.null, .string] && object["x"]?.kind == .opaque)
        #expect(root.text() == #"["null",null,null,{"null":[null,"é"],"x":null},null]"#)
        #expect(JSONValue.node(root) != JSONValue.node(root), "an opaque leaf is equal to nothing")
    }
}
