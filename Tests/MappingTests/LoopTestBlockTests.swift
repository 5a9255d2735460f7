import JSON
import Mapping
import Testing

/// Tests of mappings that launch for many: which outcome an event has as a whole, and how its launches are listed.
@Suite(.timeLimit(.minutes(1)))
struct LoopTestBlockTests {
    private static let mapping = Sample.mapping(
        #"""
        "for_each": {"path": "$.l[*]", "unique_by": {"$path": "@.u", "default": {"$meta": "/index"}}, "limit": 4},
        "content": {"x": "@.n"}, "on": {"no_recipient": "skip"}
        """#, recipient: #"[{"email": "@.e"}]"#)

    /// The differences of one test of an event with these elements.
    private func differences(_ list: String, _ expect: String) throws -> [String] {
        let (mapping, found) = Sample.compile(Self.mapping)
        let tests = #"{"tests": [{"name": "t", "event": "e.json", "expect": {\#(expect)}}]}"#
        let report = MappingTester { SourceFile(name: $0, text: #"{"l": [\#(list)]}"#) }
            .run(try #require(mapping, "\(found)"), tests: SourceFile(name: "t.json", text: tests))
        return try #require(report.results.first).differences.map(\.description)
    }

    private static let (first, second) = (#"{"n": 1, "e": "a@b.c"}"#, #"{"n": 2, "e": "d@e.f"}"#)
    private static let nobody = #"{"n": 3}"#
    private static let faulty = #"{"e": "a@b.c"}"#
    private static let twice = #"{"n": 1, "e": "a@b.c", "u": "k"}, {"n": 2, "e": "a@b.c", "u": "k"}"#

    /// The elements, and the words of the outcome that they have together: parked, else launched, else skipped.
    @Test(arguments: [
        (first, #""outcome": "launch""#), ("\(first), \(second)", #""outcome": "launch""#),
        ("\(first), \(nobody)", #""outcome": "launch""#), (twice, #""outcome": "launch""#),
        ("\(first), \(faulty)", #""outcome": "park", "reason": "missing", "at": "/content/x""#),
        ("\(nobody), \(faulty)", #""outcome": "park", "reason": "missing", "at": "/content/x""#),
        (nobody, #""outcome": "skip", "reason": "no_recipient", "at": "/recipient/0/email""#),
        ("", #""outcome": "skip", "reason": "unmatched", "at": "/for_each""#),
        (
            "\(first), \(first), \(first), \(first), \(first)",
            #""outcome": "park", "reason": "limit", "at": "/for_each""#
        ),
    ])
    func theGravestWins(list: String, expect: String) throws {
        #expect(try differences(list, expect) == [])
        let outcomes = ["launch", "park", "skip", "no_match"].filter { !expect.contains("\"\($0)\"") }
        for outcome in outcomes {
            let found = try differences(list, #""outcome": "\#(outcome)""#)
            #expect(found.count == 1 && found[0].hasPrefix("outcome: expected \"\(outcome)\", found "), "\(found)")
        }
    }

    private static func launch(_ number: Int, _ email: String) -> String {
        #"{"campaign": 1, "matching": "email", "email": "\#(email)", "content": {"x": \#(number)}}"#
    }

    @Test func launchesAreListedInTheOrderOfTheElements() throws {
        let (one, two) = (Self.launch(1, "a@b.c"), Self.launch(2, "d@e.f"))
        let both = "\(Self.first), \(Self.second)"
        func found(_ key: String, _ value: String, _ list: String = both) throws -> [String] {
            try differences(list, #""outcome": "launch", "\#(key)": \#(value)"#)
        }
        #expect(try found("request", "[\(one), \(two)]") == [] && found("request_contains", "[\(one), \(two)]") == [])
        #expect(try found("request", one, Self.first) == [] && found("request", "[\(one)]", Self.first) == [])
        // Those who are skipped have no place in the list.
        #expect(try found("request", "[\(one), \(two)]", "\(Self.first), \(Self.nobody), \(Self.second)") == [])
        #expect(
            try found("request", one) == [#"request: expected "one launch", found "2 launches; expect a list of them""#]
        )
        #expect(try found("request", "[\(one)]").map { $0.prefix(17) } == ["/1: not expected,"])
        #expect(try found("request_contains", "[\(one), \(two), \(two)]").map { $0.prefix(12) } == ["/2: missing,"])
        #expect(
            try found("request", "[\(two), \(one)]") == [
                #"/0/email: expected "d@e.f", found "a@b.c""#, "/0/content/x: expected 2, found 1",
                #"/1/email: expected "a@b.c", found "d@e.f""#, "/1/content/x: expected 1, found 2",
            ])
        #expect(
            try found("request_contains", #"[{}, {"content": {"x": 3}}]"#) == ["/1/content/x: expected 3, found 2"])
    }

    @Test func whatIsLaunchedBesideAStopIsCompared() throws {
        let list = "\(Self.first), \(Self.faulty)"
        let park = #""outcome": "park", "reason": "missing", "request": "#
        #expect(try differences(list, park + "[\(Self.launch(1, "a@b.c"))]") == [])
        #expect(try differences(list, park + Self.launch(1, "a@b.c")) == [])
        #expect(
            try differences(list, park + "[\(Self.launch(9, "a@b.c"))]") == ["/0/content/x: expected 9, found 1"])
    }
}
