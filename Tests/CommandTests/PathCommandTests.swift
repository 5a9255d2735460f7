import Foundation
import JSON
import TestSupport
import Testing

/// `trigger-bridge path`.
@Suite(.timeLimit(.minutes(2)))
struct PathCommandTests {
    private func path(_ arguments: [String], document: String = #"{"a": [1.50, {"b": "x"}, null]}"#) async throws
        -> Command.Outcome
    {
        let folder = try TemporaryFolder()
        try folder.write("d.json", document)
        return try await Command.run(["path"] + arguments, in: folder)
    }

    @Test(arguments: [
        (["$.a[*]", "d.json"], #"[1.50,{"b": "x"},null]"#), (["$..b", "d.json"], #"["x"]"#),
        (["$.none", "d.json"], "[]"), (["--locations", "$.a[*]", "d.json"], #"["$['a'][0]","$['a'][1]","$['a'][2]"]"#),
        (["$.a[?@.b == 'x'].b", "d.json", "--locations"], #"["$['a'][1]['b']"]"#),
        (["--", "$.a[0]", "d.json"], "[1.50]"),
    ])
    func printsAnArray(arguments: [String], expected: String) async throws {
        let outcome = try await path(arguments)
        #expect(outcome.exit == 0 && outcome.errors == "")
        #expect(try outcome.json.isEqual(to: JSONDocument.parse(expected).root), "\(outcome.output)")
        #expect(outcome.output.last == "\n")
    }

    @Test func digitsSurvive() async throws {
        let outcome = try await path(["$[*]", "d.json"], document: "[820982911946154508, 10.10, 1e400, -0]")
        #expect(outcome.output == "[820982911946154508,10.10,1e400,-0]\n")
    }

    @Test func standardInputIsTheDocument() async throws {
        let folder = try TemporaryFolder()
        for arguments in [["path", "$.a"], ["path", "$.a", "-"]] {
            let outcome = try await Command.run(arguments, in: folder, input: Array(#"{"a": "ü"}"#.utf8))
            #expect(outcome.output == "[\"ü\"]\n")
        }
    }

    @Test func theBodyOfAnEventFile() async throws {
        let outcome = try await path(["--body", "$.id", "d.json"], document: Samples.event)
        #expect(outcome.output == "[820982911946154508]\n")
        #expect(try await path(["--body", "$.a[0]", "d.json"]).output == "[1.50]\n")
    }

    @Test(arguments: [
        ("$.a[", "query:1:5: error: "), ("", "query:1:1: error: "), ("a", "query:1:1: error: "),
        ("$.a[?length(@)]", "query:1:"), ("$\n.a[?@.b ==]", "query:2:"), ("@.a", "query:1:1: error: "),
        ("-x", "query:1:1: error: expected \"$\""), ("$['\u{1F600}'].&", "query:1:"),
    ])
    func aRefusedQueryIsShownAtItsPlace(query: String, place: String) async throws {
        let outcome = try await path(["--", query, "d.json"])
        #expect(outcome.exit == 2 && outcome.output == "")
        #expect(outcome.errors.hasPrefix(place), "\(outcome.errors)")
    }

    @Test func theMarkStandsBelowTheFault() async throws {
        let outcome = try await path(["$.a.&b", "d.json"])
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        let column = try #require(Int(lines[0].split(separator: ":")[2]))
        #expect(lines[1] == "  $.a.&b")
        #expect(lines[2] == String(repeating: " ", count: column + 1) + "^")
    }

    @Test func aLongQueryIsShownWhereItIsWrong() async throws {
        let query = "$" + String(repeating: ".abcdefgh", count: 100) + ".&" + String(repeating: "x", count: 300)
        let lines = try await path([query, "d.json"]).errors.split(separator: "\n")
        #expect(lines[0].hasPrefix("query:1:903: error: "))
        #expect(lines.allSatisfy { $0.count < 200 })
        let mark = try #require(Array(lines[2]).firstIndex(of: "^"))
        #expect(Array(lines[1]).dropFirst(mark).first == "&")
    }

    @Test func queriesInFiles() async throws {
        let folder = try TemporaryFolder()
        try folder.write("d.json", #"{"a": 1}"#)
        for (text, exit) in [("$.a", 0), ("$.a\n", 0), ("$.a\r\n", 0), ("$.a \n", 2), ("$.a\n\n", 2), ("$\n.a", 0)] {
            try folder.write("query", text)
            let outcome = try await Command.run(["path", "--query-file", "query", "d.json"], in: folder)
            #expect(outcome.exit == Int32(exit), "\(text.debugDescription)")
            #expect(exit == 0 ? outcome.output == "[1]\n" : outcome.errors.hasPrefix("query:"))
        }
        try folder.write("query", [0x24, 0xFF])
        let broken = try await Command.run(["path", "--query-file", "query", "d.json"], in: folder)
        #expect(broken.exit == 2 && broken.errors == "error: query is no text in UTF-8\n")
        let missing = try await Command.run(["path", "--query-file", "none", "d.json"], in: folder)
        #expect(missing.exit == 2 && missing.errors.contains("there is no such file"))
    }

    @Test(arguments: [
        [], ["--query-file", "q", "a", "b"], ["--query-file", "-"], ["$", "d.json", "more"], ["-x", "d.json"],
        ["--locate", "$"],
    ])
    func usageErrors(arguments: [String]) async throws {
        let outcome = try await path(arguments)
        #expect(outcome.exit == 2 && outcome.output == "" && outcome.errors.contains("Usage: trigger-bridge path"))
    }

    @Test(arguments: [
        "", "nonsense", "{\"a\": 1,}", "{\"a\": 1, \"a\": 2}", "\u{FEFF}{}", "[1] [2]",
        String(repeating: "[", count: 100_000),
    ])
    func aDocumentThatCannotBeUsed(text: String) async throws {
        let outcome = try await path(["$", "d.json"], document: text)
        #expect(outcome.exit == 3 && outcome.output == "")
        #expect(outcome.errors.hasPrefix("d.json:1:") && outcome.errors.contains(": error: "), "\(outcome.errors)")
        #expect(outcome.errors.utf8.count < 300)
    }

    @Test(arguments: [
        ([], "$..*..*..*..*..*", "values of this document"), ([], "$..*..*..*", "bytes of text"),
        (["--locations"], "$..[*,*,*,*]..*", "bytes of text"),
    ])
    func aQueryThatNestsItsSearchesEnds(options: [String], query: String, reason: String) async throws {
        let text = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        let outcome = try await path(options + ["--", query, "d.json"], document: text)
        #expect(outcome.exit == 3 && outcome.output == "")
        #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.contains(reason), "\(outcome.errors)")
    }

    @Test func patternsThatMatchNothingAreNamed() async throws {
        let refused = try await path(["$[?search(@, '(?:a)')]", "d.json"], document: #"["aa"]"#)
        #expect(refused.exit == 0 && refused.output == "[]\n")
        #expect(refused.errors.hasPrefix("query:1:16: warning: "), "\(refused.errors)")
        let received = try await path(["$[?search(@, $[1])]", "d.json"], document: #"["aa", "(?:a)"]"#)
        #expect(received.exit == 0 && received.output == "[]\n" && received.errors.hasPrefix("warning: a pattern"))
        let anchored = try await path(["$[?match(@, '^a')]", "d.json"], document: #"["a"]"#)
        #expect(anchored.exit == 0 && anchored.errors.hasPrefix("query:1:14: warning: "), "\(anchored.errors)")
    }

    @Test func deepDocumentsAreSearched() async throws {
        let text = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
        let outcome = try await path(["--locations", "$..[0]", "d.json"], document: text)
        #expect(outcome.exit == 0)
        #expect(try outcome.json.count == 999)
    }
}
