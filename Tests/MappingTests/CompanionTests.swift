import Altcraft
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// Every instruction whose value may be missing, with every way of being missing and every companion that answers it.
@Suite(.timeLimit(.minutes(1)))
struct CompanionTests {
    /// An instruction that reads the member `v` of the event, and what its pointer is.
    struct Source: Sendable, CustomTestStringConvertible {
        let name: String
        let operand: String
        /// Whether it makes a text of what it reads.
        let isText: Bool

        var testDescription: String { name }
    }

    static let sources = [
        Source(name: "$path", operand: #""$path": "$.v""#, isText: false),
        Source(
            name: "$path first", operand: #""$path": "$['v', 'none']", "take": "first""#, isText: false),
        Source(
            name: "$path only", operand: #""$path": "$['v', 'none']", "take": "only""#, isText: false),
        Source(name: "$var", operand: #""$var": "v""#, isText: false),
        Source(name: "$meta", operand: #""$meta": "/headers/v""#, isText: false),
        Source(name: "$template", operand: #""$template": "{{$.v}}""#, isText: true),
        Source(name: "$template of a name", operand: #""$template": "{{v}}""#, isText: true),
        Source(name: "$coalesce", operand: #""$coalesce": ["$.none", "$.v"]"#, isText: false),
        Source(
            name: "$coalesce of an optional",
            operand: #""$coalesce": [{"$path": "$.v", "optional": true}, "$.none"]"#, isText: false),
    ]

    /// What stands in the event as `v`; nil for nothing at all.
    static let values: [String?] = [
        nil, "null", #""""#, #"" x ""#, "1.50", "true", "[]", "[1]", "{}",
    ]

    /// What the value comes to behind a pipe: a value as JSON, missing, or invalid.
    enum Fate: Equatable {
        case value(String)
        case missing
        case invalid
    }

    /// The rules, read aloud: null is nothing; texts are written; `nonblank` rejects blanks and works on texts alone.
    private func fate(_ source: Source, _ value: String?, pipe: Bool) -> Fate {
        guard let value, value != "null" else { return .missing }
        let isContainer = value.hasPrefix("[") || value.hasPrefix("{")
        guard !(source.isText && isContainer) else { return .invalid }
        let isString = value.hasPrefix("\"")
        let written = source.isText && !isString ? "\"\(value)\"" : value
        guard pipe else { return .value(written) }
        guard written.hasPrefix("\"") else { return .invalid }
        return written.allSatisfy({ $0 == "\"" || $0 == " " }) ? .missing : .value(written)
    }

    private func plan(_ content: String, _ value: String?) throws -> String {
        let mapping = Sample.mapping(
            "\"let\": {\"v\": \"$.v\"}, \"content\": {\"u\": {\"$var\": \"v\", \"default\": 0}, \"x\": \(content)}"
        )
        let body = value.map { "{\"v\": \($0)}" } ?? "{}"
        let plan = try Sample.plan(mapping, body: body, headers: body)
        if let stop = plan.stops.first { return "\(stop.reason.rawValue) \(stop.pointer)" }
        let content = try #require(plan.launches.first?.launch.content)
        return content["x"].map { $0.text() } ?? "left out"
    }

    @Test(arguments: sources)
    func everyWayOfBeingMissing(_ source: Source) throws {
        for value in Self.values {
            for pipe in [false, true] {
                let fate = fate(source, value, pipe: pipe)
                let start = "{" + source.operand + (pipe ? #", "pipe": ["nonblank"]"# : "")
                for (companion, whenMissing) in [
                    ("", "missing /content/x"), (#", "optional": true"#, "left out"),
                    (#", "optional": false"#, "missing /content/x"), (#", "default": "d""#, #""d""#),
                    (#", "default": {"a": [1]}"#, #"{"a":[1]}"#),
                    (#", "default": "$.none""#, "missing /content/x/default"),
                    (#", "default": {"$path": "$.none", "optional": true}"#, "left out"),
                    (#", "default": {"$path": "$.none", "default": 7}"#, "7"),
                ] {
                    let expected =
                        switch fate {
                        case .value(let text): text
                        case .missing: whenMissing
                        case .invalid: "invalid /content/x"
                        }
                    let found = try plan(start + companion + "}", value)
                    #expect(found == expected, "\(start)\(companion)} on \(value ?? "nothing")")
                }
            }
        }
    }

    @Test(arguments: sources)
    func whatIsLeftOutLeavesNoHole(_ source: Source) throws {
        let optional = "{\(source.operand), \"optional\": true}"
        for (content, expected) in [
            ("[1, \(optional), 2]", "[1,2]"), ("[\(optional)]", "[]"),
            (#"{"a": \#(optional), "b": 1}"#, #"{"b":1}"#),
            (#"{"a": {"b": \#(optional)}}"#, #"{"a":{}}"#), (#"{"$coalesce": [\#(optional), 9]}"#, "9"),
            (#"{"$if": {"none": [{"exists": false}]}, "then": \#(optional)}"#, "left out"),
            (#"{"$each": "$.none[*]", "item": \#(optional)}"#, "[]"),
        ] {
            #expect(try plan(content, nil) == expected, "\(content)")
        }
        // A text is no object, and the checker says so; what may be one is simply not merged.
        guard !source.isText else { return }
        #expect(try plan(#"{"$merge": [{"a": 1}, \#(optional)]}"#, nil) == #"{"a":1}"#)
    }

    @Test(arguments: sources)
    func aPipeThatNeedsAnArgumentThatIsMissingIsMissing(_ source: Source) throws {
        let call = #""pipe": ["string", {"replace": {"find": "x", "with": "$.with"}}]"#
        #expect(try plan("{\(source.operand), \(call)}", #""axb""#) == "missing /content/x")
        #expect(try plan("{\(source.operand), \(call), \"default\": 1}", #""axb""#) == "1")
        let left =
            #""pipe": ["string", {"replace": {"find": "x", "with": {"$path": "$.with", "default": "-"}}}]"#
        #expect(try plan("{\(source.operand), \(left)}", #""axb""#) == #""a-b""#)
    }

    @Test(arguments: [
        // What of several values `take` means: nulls count as none.
        ("first", "[]", "missing"), ("first", "[null]", "missing"), ("first", "[null, 2, 3]", "2"),
        ("first", "[[]]", "[]"),
        ("all", "[null]", "missing"), ("all", "[1]", "[1]"), ("all", "[1, null, 2]", "[1,2]"),
        ("all", "[[1], [2]]", "[[1],[2]]"),
        ("only", "[null, 5, null]", "5"), ("only", "[]", "missing"), ("only", "[1, 1]", "invalid"),
        ("only", "7", "missing"),
        ("first", #"{"a": 1, "b": 2}"#, "1"), ("all", #"{"a": 1, "b": null}"#, "[1]"),
        ("all", #""text""#, "missing"),
    ])
    func take(word: String, list: String, expected: String) throws {
        let found = try plan(#"{"$path": "$.v[*]", "take": "\#(word)"}"#, list)
        #expect(
            found
                == (expected == "missing" || expected == "invalid" ? "\(expected) /content/x" : expected))
    }

    @Test(arguments: [
        ("/exchange", #""shop""#), ("/routing_key", #""order.paid""#), ("/headers/a", "1"),
        ("/headers/t/b", "[1,2]"),
        ("/headers/t/b/1", "2"), ("/headers/t", #"{"b":[1,2]}"#), ("/properties/message_id", #""m""#),
        ("/now", #""2026-03-01T09:06:00Z""#), ("/headers/none", "missing"),
        ("/headers/null", "missing"),
        ("/headers/t/b/2", "missing"), ("/headers/t/b/-", "missing"), ("/properties/none", "missing"),
        ("/headers/~1~0", #""odd""#),
    ])
    func factsOfTheMessage(pointer: String, expected: String) throws {
        let text = Sample.mapping("\"content\": {\"x\": {\"$meta\": \"\(pointer)\"}}")
        let plan = try Sample.plan(
            text, body: "{}", exchange: "shop", routingKey: "order.paid",
            headers: #"{"a": 1, "t": {"b": [1, 2]}, "null": null, "/~": "odd"}"#,
            properties: #"{"message_id": "m"}"#)
        let found = plan.launches.first?.launch.content?["x"]?.text().replacing(" ", with: "")
        #expect((found ?? plan.stops.first?.reason.rawValue) == expected)
    }

    @Test(arguments: [
        (#""k""#, #""one""#), (#""none""#, "lookup /content/x"), ("7", #""seven""#),
        ("7.0", "lookup /content/x"),
        ("true", #""yes""#), (#""""#, #""empty""#), (nil, "missing /content/x/key"),
        ("null", "missing /content/x/key"),
        ("[]", "invalid /content/x/key"), (#""é""#, #"{"a":[null]}"#), ("1.50", #""money""#),
        ("1.5", "lookup /content/x"),
    ])
    func tablesAreAskedByText(key: String?, expected: String) throws {
        let tables =
            #""tables": {"t": {"k": "one", "7": "seven", "true": "yes", "": "empty", "é": {"a": [null]}, "1.50": "money"}}"#
        let body = key.map { "{\"v\": \($0)}" } ?? "{}"
        func outcome(_ companion: String) throws -> String {
            let text = Sample.mapping(
                "\(tables), \"content\": {\"x\": {\"$lookup\": \"t\", \"key\": \"$.v\"\(companion)}}")
            let plan = try Sample.plan(text, body: body)
            if let stop = plan.stops.first { return "\(stop.reason.rawValue) \(stop.pointer)" }
            return plan.launches.first?.launch.content?["x"]?.text() ?? "left out"
        }
        #expect(try outcome("") == expected)
        let isAbsent = expected.hasPrefix("lookup") || expected.hasPrefix("missing")
        #expect(try outcome(#", "default": 0"#) == (isAbsent ? "0" : expected))
        #expect(try outcome(#", "optional": true"#) == (isAbsent ? "left out" : expected))
    }

    /// One letter in two spellings: JSON compares code points, although Swift's strings do not.
    private static let (composed, decomposed) = ("\u{E9}", "e\u{301}")

    @Test func namesThatOnlyLookAlikeAreTwo() throws {
        let (one, other) = (Self.composed, Self.decomposed)
        // The file may name one of them; the event may bring both.
        let merge = Sample.mapping(#""content": {"x": {"$merge": ["$.m", "$.n"]}}"#)
        let merged = try Sample.plan(merge, body: #"{"m": {"\#(one)": 1}, "n": {"\#(other)": 2}}"#)
        let text = merged.launches.first?.launch.content?["x"]?.text() ?? ""
        #expect(Array(text.utf8) == Array(#"{"\#(one)":1,"\#(other)":2}"#.utf8))
        let loop = Sample.mapping(
            #""for_each": {"path": "$.l[*]", "unique_by": "@"}"#, recipient: #"[{"email": "a@b.c"}]"#)
        let plan = try Sample.plan(loop, body: #"{"l": ["\#(one)", "\#(other)", "\#(one)"]}"#)
        #expect(plan.launches.map { Array($0.element.name.utf8) } == [Array(one.utf8), Array(other.utf8)])
        #expect(plan.stops.map(\.reason) == [.duplicate])
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 10))
    func variablesAreWhatTheyNameWhateverTheirOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // Each variable reads the event or joins two that are named before it; the file has them in any order.
        var values: [String: String] = [:]
        var members: [String] = []
        for number in 0..<8 {
            let name = "v\(number)"
            if number < 2 || random.chance(30) {
                values[name] = "e\(number)"
                members.append("\"\(name)\": \"$.e\(number)\"")
            } else {
                let (left, right) = (
                    "v\(Int.random(in: 0..<number, using: &random))",
                    "v\(Int.random(in: 0..<number, using: &random))"
                )
                values[name] = "(\(values[left] ?? "")\(values[right] ?? ""))"
                members.append("\"\(name)\": {\"$template\": \"({{\(left)}}{{\(right)}})\"}")
            }
        }
        let body = "{" + (0..<8).map { "\"e\($0)\": \"e\($0)\"" }.joined(separator: ", ") + "}"
        let content = values.keys.sorted().map { "\"\($0)\": {\"$var\": \"\($0)\"}" }.joined(
            separator: ", ")
        let lets = members.shuffled(using: &random).joined(separator: ", ")
        let text = Sample.mapping("\"let\": {\(lets)}, \"content\": {\(content)}")
        let found = try #require(try Sample.plan(text, body: body).launches.first?.launch.content)
        for (name, value) in values { #expect(found[name]?.string == value, "\(name) of \(lets)") }
    }
}
