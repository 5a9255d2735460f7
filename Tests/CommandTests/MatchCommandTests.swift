import JSON
import TestSupport
import Testing

/// `trigger-bridge match`.
@Suite(.timeLimit(.minutes(2)))
struct MatchCommandTests {
    private func match(_ pattern: String, _ event: String) async throws -> Command.Outcome {
        let folder = try TemporaryFolder()
        try folder.write("p.json", pattern)
        try folder.write("e.json", event)
        return try await Command.run(["match", "p.json", "e.json"], in: folder)
    }

    @Test func matches() async throws {
        let outcome = try await match(
            #"{"status": ["paid"], "total": [{"numeric": [">", 0]}]}"#, #"{"status": "paid", "total": 5}"#)
        #expect(outcome.exit == 0 && outcome.output == "matches\n" && outcome.errors == "")
    }

    @Test func saysWhichConditionFailsWithBothValues() async throws {
        let pattern = #"{"status": ["paid"], "lines": {"n": [{"numeric": [">", 5]}]}, "gift": [{"exists": true}]}"#
        let outcome = try await match(pattern, #"{"status": "refunded", "lines": [{"n": 1}, {"n": 2}]}"#)
        #expect(outcome.exit == 1 && outcome.errors == "")
        #expect(
            outcome.output == """
                does not match
                  gift is missing; wanted [{"exists":true}]
                  lines.n is 1, 2; wanted [{"numeric":[">",5]}]
                  status is "refunded"; wanted ["paid"]

                """
                || Set(outcome.output.split(separator: "\n")) == [
                    "does not match", #"  gift is missing; wanted [{"exists":true}]"#,
                    #"  lines.n is 1, 2; wanted [{"numeric":[">",5]}]"#, #"  status is "refunded"; wanted ["paid"]"#,
                ], "\(outcome.output)")
    }

    @Test(arguments: [
        (#"{"a": 1}"#, "p.json:1:7: error E130"), ("{\"a\": [\n  {\"prefx\": \"x\"}]}", "p.json:2:4: error E131"),
        (#"{"a": [{"numeric": [">", 5, "<", 3]}]}"#, "error E132"), ("{}", "error E130"), ("[]", "error E130"),
        (#"{"a": [1], "a": [2]}"#, "p.json:1:12: error"), (#"{"a": [1]} x"#, "p.json:1:12: error"),
        ("", "p.json:1:1: error"),
        (String(repeating: #"{"a":"#, count: 500) + "[1]" + String(repeating: "}", count: 500), "error E139"),
    ])
    func aRefusedPatternIsShownAtItsPlace(pattern: String, message: String) async throws {
        let outcome = try await match(pattern, "{}")
        #expect(outcome.exit == 2 && outcome.output == "")
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test func whatIsNoPatternAtAllIsNamed() async throws {
        let event = try await match(Samples.event, #"{"status": ["paid"]}"#)
        #expect(event.exit == 2 && event.errors == "error: p.json: this is an event; the pattern comes first\n")
        let mapping = try await match(Samples.mapping, Samples.event)
        #expect(mapping.exit == 2 && mapping.errors == "error: p.json: this is a mapping: use trigger-bridge preview\n")
        let swapped = try await match(#"{"status": "paid"}"#, #"{"status": ["paid"]}"#)
        #expect(swapped.errors.hasPrefix("note: e.json is a pattern, and p.json is none; the pattern comes first\n"))
        #expect(swapped.exit == 2 && swapped.errors.contains("p.json:1:12: error E130"))
    }

    @Test func allFaultsOfAPatternAreTold() async throws {
        let outcome = try await match(#"{"a": 1, "b": [{"nope": 1}], "c": []}"#, "{}")
        #expect(outcome.errors.split(separator: "\n").count { $0.hasPrefix("p.json:1:") } == 3)
    }

    @Test(arguments: [
        "", "x", #"{"a": 1, "a": 1}"#, String(repeating: "[", count: 300) + String(repeating: "]", count: 300),
    ])
    func anEventThatCannotBeUsed(event: String) async throws {
        let outcome = try await match(#"{"a": [1]}"#, event)
        #expect(outcome.exit == 3 && outcome.output == "" && outcome.errors.hasPrefix("e.json:1:"), "\(outcome)")
    }

    @Test func anEventThatIsNoObjectIsNotForThePattern() async throws {
        for event in ["[1]", "1", "null", #"[{"a": 1}]"#] {
            let outcome = try await match(#"{"a": [1]}"#, event)
            #expect(outcome.exit == 1 && outcome.output.contains("wanted an object"))
        }
    }

    @Test func theBodyOfAnEventFileIsTheEvent() async throws {
        #expect(try await match(#"{"status": ["paid"]}"#, Samples.event).exit == 0)
        #expect(try await match(#"{"body": {"status": ["paid"]}}"#, #"{"body": {"status": "paid"}}"#).exit == 0)
    }

    @Test func missingFilesAndUsage() async throws {
        let folder = try TemporaryFolder()
        try folder.write("p.json", #"{"a": [1]}"#)
        #expect(try await Command.run(["match", "p.json", "none"], in: folder).exit == 3)
        #expect(try await Command.run(["match", "none", "p.json"], in: folder).exit == 2)
        for arguments in [[], ["p.json"], ["--cases"], ["--cases", "x", "p.json"], ["-", "-"], ["a", "b", "c"]] {
            let outcome = try await Command.run(["match"] + arguments, in: folder)
            #expect(outcome.exit == 2 && outcome.errors.contains("Usage: trigger-bridge match"), "\(arguments)")
        }
        #expect(try await Command.run(["match", "--cases", "none"], in: folder).exit == 2)
    }
}

/// `trigger-bridge match --cases`.
@Suite(.timeLimit(.minutes(2)))
struct MatchCasesTests {
    private func outcome(_ lines: [String]) async throws -> Command.Outcome {
        let folder = try TemporaryFolder()
        try folder.write("c.ndjson", lines.joined(separator: "\n"))
        return try await Command.run(["match", "--cases", "c.ndjson"], in: folder)
    }

    /// Pattern, event, and what they come to.
    static let decided: [(String, String, String)] = [
        (#"{"a": [1]}"#, #"{"a": 1.0}"#, "match"), (#"{"a": [1]}"#, #"{"a": "1"}"#, "no_match"),
        (#"{"a": 1}"#, #"{"a": 1}"#, "refused"), ("[]", "{}", "refused"), ("null", "{}", "refused"),
        (#"{"a": [1]}"#, "[1]", "no_match"), (#"{"a": [1]}"#, "null", "no_match"),
        (#"{"a": [1]}"#, #""text""#, "no_match"),
        (#"{"a": [1]}"#, #"{"a": 1, "a": 1}"#, "refused"), (#"{"a": [1], "a": [1]}"#, #"{"a": 1}"#, "refused"),
        (#""{\"a\": [1]}""#, #""{\"a\": 1}""#, "match"), (#""{\"a\": [1]""#, "{}", "refused"),
        (#"{"a": [1]}"#, #""{\"a\": 1""#, "refused"), (#"{"a": [1]}"#, #""[1]""#, "no_match"),
        (#"{"a": [{"exists": false}]}"#, "{}", "match"),
        (
            #"{"a": [1]}"#, #"{"a": "# + String(repeating: "[", count: 300) + String(repeating: "]", count: 300) + "}",
            "refused"
        ),
        (
            #"{"a": [{"exists": false}]}"#,
            #"{"a": "# + String(repeating: "[", count: 250) + String(repeating: "]", count: 250) + "}", "match"
        ),
    ]

    @Test func decidesEachLine() async throws {
        let lines = Self.decided.enumerated().map { place, item in
            #"{"id": "c\#(place)", "pattern": \#(item.0), "event": \#(item.1), "more": true}"#
        }
        let outcome = try await outcome(lines)
        #expect(outcome.exit == 0 && outcome.errors == "")
        let expected = Self.decided.enumerated().map { #"{"id":"c\#($0)","outcome":"\#($1.2)"}"# + "\n" }
        #expect(outcome.output == expected.joined())
    }

    @Test func idsComeBackAsTheyWere() async throws {
        let ids = ["1", "1.50", #""ü\u00e9""#, "null", #"[1,{"a":2}]"#]
        let outcome = try await outcome(ids.map { #"{"event": {}, "pattern": {"a": [1]}, "id": \#($0)}"# })
        #expect(outcome.output == ids.map { #"{"id":\#($0),"outcome":"no_match"}"# + "\n" }.joined())
    }

    @Test func aLineThatIsNoneIsNamedAndTheOthersGoOn() async throws {
        let good = #"{"id": 1, "pattern": {"a": [1]}, "event": {"a": 1}}"#
        let outcome = try await outcome([
            good, "nonsense", "", #"{"id": 2, "pattern": {"a": [1]}}"#, "[1]",
            #"  {"id": 3, "id": 3, "pattern": {}, "event": {}}"#,
            #"{"id": 1, "event": {}, "pattern": {"#, good,
        ])
        #expect(outcome.exit == 2)
        #expect(outcome.output == String(repeating: #"{"id":1,"outcome":"match"}"# + "\n", count: 2))
        let places = outcome.errors.split(separator: "\n").map { $0.prefix { $0 != "e" } }
        #expect(places == ["c.ndjson:2:1: ", "c.ndjson:4:1: ", "c.ndjson:5:1: ", "c.ndjson:6:13: ", "c.ndjson:7:36: "])
    }

    @Test func manyLinesFlowThrough() async throws {
        let line = #"{"id": 7, "pattern": {"a": [1]}, "event": {"a": 1}}"#
        let outcome = try await outcome(Array(repeating: line, count: 3_000))
        #expect(outcome.exit == 0 && outcome.output.split(separator: "\n").count == 3_000)
        let folder = try TemporaryFolder()
        let input = Array((line + "\r\n" + line).utf8)
        let piped = try await Command.run(["match", "--cases", "-"], in: folder, input: input)
        #expect(piped.exit == 0 && piped.output.split(separator: "\n").count == 2)
    }
}
