import Altcraft
import JSON
import Mapping
import Testing

/// Names and keys that look alike and are two: JSON compares code points, although Swift's texts do not.
@Suite(.timeLimit(.minutes(1)))
struct LookalikeTests {
    /// One letter in two spellings.
    private static let (composed, decomposed) = ("\u{E9}", "e\u{301}")

    /// The content that a mapping gives, as bytes.
    private func content(_ keys: String, body: String) throws -> [UInt8] {
        let plan = try Sample.plan(Sample.mapping(keys), body: body)
        return Array((plan.launches.first?.launch.content?.text() ?? "\(plan.stops)").utf8)
    }

    @Test func membersOfTheFileAreTwo() throws {
        let keys = #""content": {"\#(Self.composed)": 1, "\#(Self.decomposed)": "$.a"}"#
        #expect(Sample.compile(Sample.mapping(keys)).diagnostics == [])
        let expected = #"{"\#(Self.composed)":1,"\#(Self.decomposed)":2}"#
        #expect(try content(keys, body: #"{"a": 2}"#) == Array(expected.utf8))
        let twice = #""content": {"\#(Self.composed)": 1, "\#(Self.composed)": 2}"#
        #expect(Sample.compile(Sample.mapping(twice)).diagnostics.map(\.code) == [.duplicateMember])
    }

    @Test func entriesOfATableAreTwo() throws {
        let table = #""tables": {"t": {"\#(Self.composed)": "one", "\#(Self.decomposed)": "two"}}, "#
        let keys = table + #""content": {"x": {"$lookup": "t", "key": "$.k", "default": "none"}}"#
        for (key, entry) in [(Self.composed, "one"), (Self.decomposed, "two"), ("e", "none")] {
            #expect(try content(keys, body: #"{"k": "\#(key)"}"#) == Array(#"{"x":"\#(entry)"}"#.utf8))
        }
    }

    @Test func tablesAndVariablesAreTwo() throws {
        let tables = #""tables": {"\#(Self.composed)": {"a": 1}, "\#(Self.decomposed)": {"a": 2}}, "#
        let names = #""let": {"\#(Self.composed)": "one", "\#(Self.decomposed)": "two"}, "#
        let keys =
            tables + names + #""content": {"a": {"$lookup": "\#(Self.composed)", "key": "a", "default": 0}, "#
            + #""b": {"$lookup": "\#(Self.decomposed)", "key": "a", "default": 0}, "#
            + #""c": {"$var": "\#(Self.composed)"}, "d": {"$template": "{{\#(Self.decomposed)}}"}}"#
        #expect(Sample.compile(Sample.mapping(keys)).diagnostics == [])
        #expect(try content(keys, body: "{}") == Array(#"{"a":1,"b":2,"c":"one","d":"two"}"#.utf8))
    }

    @Test func aTestThatExpectsTheOtherSpellingFails() throws {
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": {"\#(Self.composed)": "$.a"}"#)).mapping)
        func differences(_ name: String, _ value: String) -> [String] {
            let expect = #"{"outcome": "launch", "request_contains": {"content": {"\#(name)": "\#(value)"}}}"#
            let tests = #"{"tests": [{"name": "t", "event": "e.json", "expect": \#(expect)}]}"#
            let report = MappingTester { SourceFile(name: $0, text: #"{"a": "\#(Self.composed)"}"#) }
                .run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
            return report.results.flatMap(\.differences).map { $0.found == nil ? "missing" : "differs" }
        }
        #expect(differences(Self.composed, Self.composed) == [])
        #expect(differences(Self.decomposed, Self.composed) == ["missing"])
        #expect(differences(Self.composed, Self.decomposed) == ["differs"])
    }

    @Test func anEditChangesTheMemberThatItNames() throws {
        let mapping = try #require(
            Sample.compile(Sample.mapping(#""content": {"x": {"$path": "$.\#(Self.composed)", "default": 0}}"#)).mapping
        )
        func isPassed(_ edit: String, _ value: Int) -> Bool {
            let expect = #"{"outcome": "launch", "request_contains": {"content": {"x": \#(value)}}}"#
            let set = #"{"/body/\#(edit)": 2}"#
            let tests = #"{"tests": [{"name": "t", "event": "e.json", "set": \#(set), "expect": \#(expect)}]}"#
            return MappingTester { SourceFile(name: $0, text: #"{"\#(Self.composed)": 1}"#) }
                .run(mapping, tests: SourceFile(name: "a.tests.json", text: tests)).isPassed
        }
        #expect(isPassed(Self.composed, 2) && isPassed(Self.decomposed, 1))
    }

    @Test(arguments: ["0", "1", "00", "01", "+1", "-1", "1.0", "1e0", " 1", "-", "", "2", "\u{661}"])
    func elementsAreNamedByDigitsAlone(token: String) throws {
        let headers = try JSONDocument.parse(#"{"l": [{"v": "a"}, {"v": "b"}]}"#).root
        let expected = ["0": "a", "1": "b"][token]
        let found = try Sample.plan(
            Sample.mapping(#""content": {"x": {"$meta": "/headers/l/\#(token)/v", "optional": true}}"#), body: "{}",
            headers: headers.text())
        #expect(found.launches.first?.launch.content?["x"]?.string == expected)
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": {"x": "$.l"}"#)).mapping)
        let edit = #"{"/body/l/\#(token)": "c"}"#
        let tests = #"{"tests": [{"name": "t", "event": "e.json", "set": \#(edit), "expect": {"outcome": "launch"}}]}"#
        let report = MappingTester { SourceFile(name: $0, text: #"{"l": ["a", "b"]}"#) }
            .run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
        // A dash behind the last slash adds an element.
        #expect(report.isPassed == (expected != nil || token == "-"), "\(report.diagnostics)")
    }
}
