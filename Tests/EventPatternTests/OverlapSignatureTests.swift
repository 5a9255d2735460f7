import JSON
import Testing

@testable import EventPattern

/// The quick look that tells most pairs of conditions apart: it may see too little, never too much.
@Suite(.timeLimit(.minutes(1)))
struct OverlapSignatureTests {
    private func condition(_ when: String) throws -> EventCondition {
        try #require(EventCondition.compile(when: try json(when)).condition)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let left: String
        let right: String
        let excludes: Bool
        var testDescription: String { "\(left) and \(right)" }
    }

    @Test(arguments: [
        Case(
            left: #"{"exchange": ["a"]}"#,
            right: #"{"exchange": ["b", "c"]}"#,
            excludes: true),
        Case(
            left: #"{"exchange": ["a"]}"#,
            right: #"{"exchange": ["b", "a"]}"#,
            excludes: false),
        Case(
            left: #"{"exchange": ["a"]}"#,
            right: #"{"routing_key": ["b"]}"#,
            excludes: false),
        Case(
            left: #"{"routing_key": ["a.b", "c"]}"#,
            right: #"{"routing_key": ["a.c"]}"#,
            excludes: true),
        Case(
            left: #"{"routing_key": ["a.*"]}"#,
            right: #"{"routing_key": ["b"]}"#,
            excludes: false),
        Case(
            left: #"{"body": {"a": [1]}}"#,
            right: #"{"body": {"a": [2, 3]}}"#,
            excludes: true),
        Case(
            left: #"{"body": {"a": [1]}}"#,
            right: #"{"body": {"a": [2, 1.0]}}"#,
            excludes: false),
        Case(
            left: #"{"body": {"a": ["1"]}}"#,
            right: #"{"body": {"a": [1]}}"#,
            excludes: true),
        Case(
            left: #"{"body": {"a": [true]}}"#,
            right: #"{"body": {"a": [null]}}"#,
            excludes: true),
        Case(
            left: #"{"body": {"a": {"b": ["x"]}}}"#,
            right: #"{"body": {"a": {"b": ["y"]}}}"#,
            excludes: true),
        Case(
            left: #"{"body": {"a": {"b": ["x"]}}}"#,
            right: #"{"body": {"a.b": ["y"]}}"#,
            excludes: false),
        Case(
            left: #"{"headers": {"a": ["x"]}}"#,
            right: #"{"properties": {"a": ["y"]}}"#,
            excludes: false),
        Case(
            left: #"{"headers": {"a": ["x"]}}"#,
            right: #"{"headers": {"a": ["y"]}}"#,
            excludes: true),
        Case(
            left: #"{"body": {"a": [1, {"exists": false}]}}"#,
            right: #"{"body": {"a": [2]}}"#,
            excludes: false),
        Case(
            left: #"{"body": {"a": [1, {"prefix": "x"}]}}"#,
            right: #"{"body": {"a": [2]}}"#,
            excludes: false),
        Case(
            left: #"{"body": {"$or": [{"a": [1]}, {"a": [2]}]}}"#,
            right: #"{"body": {"a": [3]}}"#,
            excludes: true),
        Case(
            left: #"{"body": {"$or": [{"a": [1]}, {"b": [2]}]}}"#,
            right: #"{"body": {"a": [3]}}"#,
            excludes: false),
        Case(
            left: #"{"body": {"c": [5], "$or": [{"a": [1]}, {"b": [2]}]}}"#,
            right: #"{"body": {"c": [6]}}"#,
            excludes: true),
    ])
    func excludes(item: Case) throws {
        let (left, right) = (try condition(item.left), try condition(item.right))
        let signatures = (OverlapSignature(left, arrays: []), OverlapSignature(right, arrays: []))
        #expect(signatures.0.excludes(signatures.1) == item.excludes)
        #expect(signatures.1.excludes(signatures.0) == item.excludes)
        guard item.excludes else { return }
        guard case .none = EventOverlap.between(left, right) else {
            Issue.record("the exact comparison finds \(item.testDescription) to overlap")
            return
        }
    }

    @Test func knownListsExcludeNothing() throws {
        let (left, right) = (
            try condition(#"{"body": {"i": {"a": [1]}}}"#), try condition(#"{"body": {"i": {"a": [2]}}}"#)
        )
        let arrays: Set<[String]> = [["i"]]
        let signatures = (OverlapSignature(left, arrays: arrays), OverlapSignature(right, arrays: arrays))
        #expect(!signatures.0.excludes(signatures.1))
        for one in 0...1 {
            #expect(EventOverlap.pairs(in: [left, right], arrays: [one: arrays]).first?.witness != nil)
        }
        #expect(EventOverlap.pairs(in: [left, right]).isEmpty)
    }

    /// A thousand mappings of a thousand stores for one campaign, of which two are for one store.
    @Test func amongManyTheOnePairIsFound() throws {
        var conditions = try (0..<1_000).map { id in
            try condition(
                "{\"routing_key\": [\"order.*.paid\"], \"body\": {\"paid\": [true], \"store\": [\"s\(id)\"]}}")
        }
        conditions.append(try condition(##"{"routing_key": ["order.#"], "body": {"store": ["x", "s500"]}}"##))
        let pairs = EventOverlap.pairs(in: conditions)
        #expect(pairs.map { [$0.first, $0.second] } == [[500, 1_000]])
        let witness = try #require(pairs.first?.witness)
        #expect(witness.json.text().contains(#""store":"s500""#))
        let view = try #require(witness.view)
        #expect(EventIndex(conditions.enumerated().map { ($0.offset, $0.element) }).match(view) == [500, 1_000])
    }
}
