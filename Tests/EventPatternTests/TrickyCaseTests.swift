import JSON
import Testing

@testable import EventPattern

/// Section 4.3 and the consequences of 4.1 that people find surprising, each by its row.
@Suite(.timeLimit(.minutes(1)))
struct TrickyCaseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let pattern: String
        let event: String
        let matches: Bool
        var testDescription: String { id }
    }

    static let cases: [Case] = [
        Case(id: "4.3.1 absent", pattern: #"{"f": [{"anything-but": "x"}]}"#, event: "{}", matches: false),
        Case(id: "4.3.1 []", pattern: #"{"f": [{"anything-but": "x"}]}"#, event: #"{"f": []}"#, matches: false),
        Case(
            id: "4.3.1 object", pattern: #"{"f": [{"anything-but": "x"}]}"#, event: #"{"f": {"x": 1}}"#, matches: false),
        Case(id: "4.3.2 null", pattern: #"{"f": [{"anything-but": "x"}]}"#, event: #"{"f": null}"#, matches: true),
        Case(id: "4.3.2 number", pattern: #"{"f": [{"anything-but": "x"}]}"#, event: #"{"f": 1}"#, matches: true),
        Case(id: "4.3.2 boolean", pattern: #"{"f": [{"anything-but": "x"}]}"#, event: #"{"f": false}"#, matches: true),
        Case(
            id: "4.3.3", pattern: #"{"f": [{"anything-but": ["x", "y"]}]}"#, event: #"{"f": ["x", "z"]}"#, matches: true
        ),
        Case(
            id: "4.3.4", pattern: #"{"f": [{"anything-but": "x"}, {"anything-but": "y"}]}"#, event: #"{"f": "x"}"#,
            matches: true),
        Case(
            id: "4.3.5", pattern: #"{"items": {"sku": ["A"], "gift": [{"exists": false}]}}"#,
            event: #"{"items": [{"sku": "A"}, {"sku": "B", "gift": 1}]}"#, matches: true),
        Case(
            id: "4.3.5 in another element", pattern: #"{"items": {"sku": ["A"], "gift": [{"exists": false}]}}"#,
            event: #"{"items": [{"sku": "A", "gift": 1}, {"sku": "B"}]}"#, matches: false),
        Case(
            id: "4.3.6", pattern: #"{"items": {"sku": ["A"], "zgift": [{"exists": false}]}}"#,
            event: #"{"items": [{"sku": "A"}, {"sku": "B", "zgift": 1}]}"#, matches: true),
        Case(id: "4.3.7", pattern: #"{"f": [{"numeric": ["=", 5]}]}"#, event: #"{"f": "5"}"#, matches: false),
        Case(id: "4.3.8", pattern: #"{"f": [9007199254740993]}"#, event: #"{"f": 9007199254740992}"#, matches: false),
        Case(
            id: "4.3.9", pattern: #"{"f": [{"numeric": [">", 0]}]}"#, event: #"{"f": 12345678901234567890}"#,
            matches: true),
        Case(
            id: "4.3.10", pattern: #"{"f": ["2001:db8::1"]}"#, event: #"{"f": "2001:db8:0:0:0:0:0:1"}"#, matches: false),
        Case(id: "4.3.10 zeros", pattern: #"{"f": ["10.0.0.1"]}"#, event: #"{"f": "010.0.0.1"}"#, matches: false),
        Case(id: "4.3.11", pattern: #"{"a.b": [1]}"#, event: #"{"a": {"b": 1}}"#, matches: false),
        Case(id: "4.3.11 reverse", pattern: #"{"a": {"b": [1]}}"#, event: #"{"a.b": 1}"#, matches: false),
        Case(id: "4.3.11 itself", pattern: #"{"a.b": [1]}"#, event: #"{"a.b": 1}"#, matches: true),
        Case(id: "4.3.13", pattern: #"{"f": [{"equals-ignore-case": "A😀"}]}"#, event: #"{"f": "a😀"}"#, matches: true),
        Case(id: "4.3.14 ẞ", pattern: #"{"f": [{"equals-ignore-case": "ẞ"}]}"#, event: #"{"f": "ß"}"#, matches: true),
        Case(
            id: "4.3.14 sigma", pattern: #"{"f": [{"equals-ignore-case": "ΟΔΟΣ"}]}"#, event: #"{"f": "οδος"}"#,
            matches: true),
        Case(id: "4.1 composed", pattern: #"{"f": ["é"]}"#, event: "{\"f\": \"e\u{301}\"}", matches: false),
        Case(id: "4.1 composed name", pattern: #"{"é": [1]}"#, event: "{\"e\u{301}\": 1}", matches: false),
        Case(id: "4.1 escaped name", pattern: #"{"f": [1]}"#, event: #"{"\u0066": 1}"#, matches: true),
        Case(
            id: "4.1 same element", pattern: #"{"i": {"a": [1], "b": [2]}}"#, event: #"{"i": [{"a": 1}, {"b": 2}]}"#,
            matches: false),
        Case(
            id: "4.1 two arrays are independent", pattern: #"{"i": {"a": [1]}, "j": {"b": [2]}}"#,
            event: #"{"i": [{"a": 0}, {"a": 1}], "j": [{"b": 2}, {"b": 0}]}"#, matches: true),
        Case(
            id: "4.1 arrays of arrays", pattern: #"{"i": {"a": [1], "b": [2]}}"#,
            event: #"{"i": [[{"a": 1}], [[{"a": 1, "b": 2}]]]}"#, matches: true),
        Case(
            id: "4.1 array of scalars is an absent object", pattern: #"{"i": {"a": [{"exists": false}]}}"#,
            event: #"{"i": [1, 2]}"#, matches: true),
        Case(
            id: "4.1 an empty array among objects", pattern: #"{"i": {"a": [{"exists": false}]}}"#,
            event: #"{"i": [{"a": 1}, []]}"#, matches: true),
        Case(
            id: "4.1 scalar is an absent object",
            pattern: #"{"i": {"a": [{"exists": false}, 1], "b": [{"exists": false}]}}"#,
            event: #"{"i": "x"}"#, matches: true),
        Case(
            id: "4.1 absent object with one demand", pattern: #"{"i": {"a": [{"exists": false}], "b": [1]}}"#,
            event: "{}",
            matches: false),
        Case(
            id: "4.1 leaves in nested arrays", pattern: #"{"f": ["x"]}"#, event: #"{"f": [["a"], [[["x"]]]]}"#,
            matches: true),
        Case(
            id: "4.1 leaves not in objects", pattern: #"{"f": ["x"]}"#, event: #"{"f": [{"f": "x"}]}"#, matches: false),
        Case(
            id: "4.1 a leaf beside objects is present", pattern: #"{"f": [{"exists": false}]}"#,
            event: #"{"f": [{"a": 1}, "x"]}"#, matches: false),
        Case(
            id: "4.1 list outside, object inside $or",
            pattern: #"{"f": ["x"], "$or": [{"f": {"a": [1]}}, {"g": [1]}]}"#,
            event: #"{"f": ["x", {"a": 1}]}"#, matches: true),
    ]

    @Test(arguments: cases)
    func tricky(_ item: Case) throws {
        let node = try json(item.pattern)
        let event = try json(item.event)
        let pattern = try #require(EventPattern.compile(node).pattern)
        #expect(pattern.matches(event) == item.matches)
        #expect(NaiveMatcher.matches(pattern: .node(node), value: .node(event)) == item.matches, "the oracle")
        #expect(
            EventIndex([(7, EventCondition(body: pattern))]).match(EventView(body: event)) == (item.matches ? [7] : []))
    }

    @Test("4.3.12 a duplicate member makes the body unreadable before any pattern sees it")
    func duplicateMember() {
        #expect(throws: JSONError.self) { try JSONDocument.parse(#"{"f": 1, "f": 2}"#) }
    }

    @Test("4.3.15 text after the pattern is refused", arguments: [#"{"f": [1]} x"#, #"{"f": [1]}}"#])
    func textAfterThePattern(text: String) {
        #expect(throws: JSONError.self) { try JSONDocument.parse(text) }
    }

    @Test(
        "4.3.17 an event that is no object is not for a rule with a body pattern",
        arguments: ["[{\"f\": 1}]", "\"x\"", "1"])
    func notAnObject(body: String) throws {
        let pattern = try #require(EventPattern.compile(try json(#"{"f": [{"exists": false}, 1]}"#)).pattern)
        let event = EventView(body: try json(body))
        #expect(!EventCondition(body: pattern).matches(event))
        #expect(EventCondition().matches(event))
        let index = EventIndex([(1, EventCondition(body: pattern)), (2, EventCondition())])
        #expect(index.match(event) == [2])
        #expect(index.match(EventView(body: nil)) == [2])
        let explanation = EventCondition(body: pattern).explain(event)
        #expect(explanation.failures.first?.wanted == "an object")
    }

    @Test("4.4 bytes of a header are present and equal to nothing")
    func opaqueLeaf() throws {
        var builder = JSONBuilder()
        builder.beginObject()
        builder.name("h")
        builder.opaque()
        builder.endObject()
        let headers = try builder.finish().root
        func matches(_ list: String) throws -> Bool {
            EventPattern.compile(try json("{\"h\": \(list)}")).pattern?.matches(headers) ?? false
        }
        #expect(try matches(#"[{"exists": true}]"#))
        #expect(try matches(#"[{"anything-but": "x"}]"#))
        #expect(try !matches(#"[null, "", "null", true, 0, {"wildcard": "*"}, {"exists": false}]"#))
    }
}
