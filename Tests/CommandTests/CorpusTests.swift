import Foundation
import JSON
import TestSupport
import Testing

/// The conformance data through the commands, as another program would ask.
@Suite(.timeLimit(.minutes(5)))
struct CorpusTests {
    private static let lenient = JSONLimits(bytes: 64 << 20, depth: 1_000, refusesDuplicates: false)

    private func cases(_ name: String, _ member: String) throws -> [JSONNode] {
        let root = try JSONDocument.parse(try Corpora.bytes(name), limits: Self.lenient).root
        return Array(try #require(root[member]).elements)
    }

    @Test(.enabled(if: Corpora.isPresent("jsonpath-cts/cts-part.json"), "\(Corpora.absent)"))
    func jsonPathSuite() async throws {
        let folder = try TemporaryFolder()
        var wrong: [String] = []
        // In process all cases are run; every eighth shows that the program says the same.
        let stride = ProcessInfo.processInfo.environment["TRIGGER_BRIDGE_LONG_TESTS"] == nil ? 8 : 1
        for (number, test) in try cases("jsonpath-cts/cts-part.json", "tests").enumerated()
        where number % stride == 0 {
            try folder.write("query", test["selector"]?.string ?? "")
            try folder.write("document", test["document"]?.text() ?? "null")
            let outcome = try await Command.run(["path", "--query-file", "query", "document"], in: folder)
            if try !agrees(outcome, test) { wrong.append(test["name"]?.string ?? "") }
        }
        #expect(wrong == [])
    }

    private func agrees(_ outcome: Command.Outcome, _ test: JSONNode) throws -> Bool {
        if test["invalid_selector"]?.bool == true {
            return outcome.exit == 2 && outcome.output == "" && outcome.errors.hasPrefix("query:")
        }
        let results = test["result"].map { [$0] } ?? test["results"].map { Array($0.elements) } ?? []
        let found = try outcome.json
        return outcome.exit == 0 && results.contains { $0.isEqual(to: found) }
    }

    /// Declared different beside the cases that carry `quirk`: the data's README says why.
    private static let declaredDifferent: Set<String> = [
        "er-0534", "er-0535", "erv-077", "erv-080", "erv-081", "erv-083", "erv-087", "erv-091", "erv-113",
    ]

    @Test(
        .enabled(if: Corpora.isPresent("event-ruler/cases.json"), "\(Corpora.absent)"), arguments: [false, true])
    func eventRulerCases(asTexts: Bool) async throws {
        let cases = try cases("event-ruler/cases.json", "cases")
        let lines = cases.map { item in
            line(item["id"], part(item["rule"], asTexts), part(item["event"], asTexts))
        }
        let outcomes = try await outcomes(lines)
        #expect(outcomes.count == cases.count)
        let wrong = cases.filter { item in
            let id = item["id"]?.string ?? ""
            guard item["quirk"] == nil, !Self.declaredDifferent.contains(id) else { return false }
            return outcomes[id] != (item["match"]?.bool == true ? "match" : "no_match")
        }
        #expect(wrong.compactMap { $0["id"]?.string } == [])
    }

    @Test(.enabled(if: Corpora.isPresent("event-ruler/pattern-validity.json"), "\(Corpora.absent)"))
    func validityOfPatterns() async throws {
        let cases = try cases("event-ruler/pattern-validity.json", "cases")
        let lines = cases.map { line($0["id"], $0["rule_text"]?.text(), "{}") }
        let outcomes = try await outcomes(lines)
        let wrong = cases.filter { item in
            let id = item["id"]?.string ?? ""
            return !Self.declaredDifferent.contains(id) && (outcomes[id] != "refused") != item["valid"]?.bool
        }
        #expect(wrong.compactMap { $0["id"]?.string } == [])
    }

    private func part(_ node: JSONNode?, _ asText: Bool) -> String? {
        guard let text = node?.text() else { return nil }
        return asText ? JSONValue.string(text).text() : text
    }

    private func line(_ id: JSONNode?, _ pattern: String?, _ event: String?) -> String {
        #"{"id": \#(id?.text() ?? "null"), "pattern": \#(pattern ?? "null"), "event": \#(event ?? "null")}"# + "\n"
    }

    private func outcomes(_ lines: [String]) async throws -> [String: String] {
        let folder = try TemporaryFolder()
        try folder.write("cases.ndjson", lines.joined())
        let outcome = try await Command.run(["match", "--cases", "cases.ndjson"], in: folder)
        #expect(outcome.exit == 0 && outcome.errors == "")
        var outcomes: [String: String] = [:]
        for line in outcome.output.split(separator: "\n") {
            let answer = try JSONDocument.parse(String(line)).root
            outcomes[answer["id"]?.string ?? ""] = answer["outcome"]?.string
        }
        return outcomes
    }
}
