import Altcraft
import JSON
import Mapping
import Testing

/// Which function takes what: every function behind every kind of value, as the table of the reference says.
@Suite(.timeLimit(.minutes(1)))
struct FunctionChainTests {
    /// What may stand before a function, as an instruction without its last `}` and the beginning of its pipe.
    static let givers: [(kind: String, start: String)] = [
        ("any", #"{"$path": "$.a", "pipe": ["#), ("text", #"{"$template": "{{$.a}}", "pipe": ["#),
        ("number", #"{"$path": "$.a", "take": "all", "pipe": ["count", "#),
        ("decimal", #"{"$path": "$.a", "pipe": ["decimal", "#), ("instant", #"{"$meta": "/now", "pipe": ["#),
        ("bool", #"{"$path": "$.a", "pipe": ["bool", "#), ("list", #"{"$path": "$.a", "take": "all", "pipe": ["#),
    ]

    /// A function with its arguments, and the kinds that it takes.
    static let takers: [(call: String, takes: String)] = [
        (#""trim""#, "any text"), (#""nonblank""#, "any text"), (#""lowercase""#, "any text"),
        (#""uppercase""#, "any text"), (#""digits""#, "any text"), (#""urlencode""#, "any text"),
        (#"{"truncate": {"length": 9}}"#, "any text"), (#"{"replace": {"find": ",", "with": "."}}"#, "any text"),
        (#""email""#, "any text"), (#""sha256""#, "any text"), (#""md5""#, "any text"),
        (#"{"phone": "RU"}"#, "any text number decimal instant bool"),
        (#""decimal""#, "any text number decimal instant bool"),
        (#""integer""#, "any text number decimal instant bool"),
        (#""datetime""#, "any text number decimal instant bool"),
        (#""string""#, "any text number decimal instant bool"), (#""bool""#, "any text number decimal instant bool"),
        (#"{"round": {"scale": 2}}"#, "any number decimal"), (#"{"scale": {"by": 2}}"#, "any number decimal"),
        (#"{"money": {"currency": "EUR", "locale": "de"}}"#, "decimal"),
        (#"{"plus": "P1D"}"#, "instant"), (#"{"date": {"pattern": "d", "zone": "UTC"}}"#, "instant"),
        (#"{"join": ", "}"#, "any list"), (#""first""#, "any list"), (#""last""#, "any list"),
        (#""count""#, "any list"), (#""sum""#, "any list"), (#""unique""#, "any list"), (#"{"limit": 2}"#, "any list"),
        (#""json""#, "any text number decimal instant bool list"),
    ]

    @Test(arguments: takers)
    func takesWhatTheReferenceSays(call: String, takes: String) {
        let taken = Self.givers.filter { giver in
            let found = Sample.compile(Sample.mapping(#""content": {"x": \#(giver.start)\#(call)]}}"#)).diagnostics
            #expect(found.count <= 1 && found.allSatisfy { $0.code == .typesDoNotChain }, "\(found)")
            return found.isEmpty
        }
        #expect(taken.map(\.kind).joined(separator: " ") == takes)
    }

    @Test func everyFunctionIsInTheTable() throws {
        let schema = try JSONDocument.parse(MappingSchema.text(.mapping)).root
        let entries = try #require(schema["$defs"]?["pipe"]?["items"]?["anyOf"])
        let names = entries.elements.compactMap { entry in
            entry["const"]?.string ?? entry["properties"]?.members.first { _ in true }?.name
        }
        let called = Self.takers.map { taker in
            taker.call.drop { !$0.isLetter }.prefix { $0.isLetter || $0.isNumber }
        }
        #expect(Set(names) == Set(called.map(String.init)) && called.count == Set(called).count)
    }

    /// What comes out of a chain is what the checker takes it for: the next function never meets another kind.
    @Test(arguments: [
        (
            #"["decimal", {"round": {"scale": 1}}, {"money": {"currency": "EUR", "locale": "de-DE"}}, "trim"]"#, "2.25",
            "2,30\u{A0}€"
        ),
        (#"["string", "trim", {"truncate": {"length": 3}}, "uppercase"]"#, #"" abcdef""#, "AB…"),
        (
            #"["datetime", {"plus": "P1D"}, {"date": {"pattern": "dd.MM.yyyy", "zone": "UTC"}}, "digits"]"#,
            #""2026-02-28T12:00:00Z""#, "01032026"
        ),
        (#"[{"datetime": {"from": "unix"}}, "string", "lowercase"]"#, "0", "1970-01-01t00:00:00z"),
        (#"["first", "string", "sha256", {"truncate": {"length": 4, "ellipsis": ""}}]"#, #"["a", "b"]"#, "ca97"),
        (
            #"["unique", {"limit": 2}, {"join": "+"}, "md5"]"#, #"["a", "a", "b", "c"]"#,
            "65c884f742c8591808a121a828bc09f8"
        ),
        (#"["sum", "string", {"replace": {"find": ".", "with": ","}}]"#, "[0.10, 0.20]", "0,30"),
        (#"["bool", "json", "uppercase"]"#, #""yes""#, "TRUE"),
        (#"["integer", {"scale": {"by": 2}}, "string"]"#, #""1234""#, "12.34"),
    ])
    func aLongChain(pipe: String, value: String, expected: String) throws {
        let plan = try Sample.plan(
            Sample.mapping(#""custom_data": {"x": {"$path": "$.a", "pipe": \#(pipe)}}"#), body: #"{"a": \#(value)}"#)
        #expect(
            try JSONDocument.parse(plan.launches.first?.request.body ?? []).root["custom_data"]?["x"]?.string
                == expected)
    }
}
