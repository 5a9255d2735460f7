import JSON
import TestSupport
import Testing

@testable import EventPattern

/// What an explanation claims is true, for random patterns and for every case of the corpus.
@Suite(.timeLimit(.minutes(2)))
struct ExplanationInvariantTests {
    private func check(_ pattern: EventPattern, _ event: JSONNode, _ context: String) {
        let explanation = pattern.explain(event)
        #expect(explanation.matches == pattern.matches(event), "\(context)")
        #expect(explanation.alternatives == pattern.trees.count)
        for failure in explanation.failures {
            #expect(!failure.path.isEmpty && failure.place == .value, "\(context)")
            #expect(failure.found.count <= ConditionFailure.mostFound && failure.more >= 0)
            #expect(!failure.description.isEmpty && !failure.description.contains("\n"))
            guard let node = failure.node else {
                Issue.record("\(context): a failure without its list")
                continue
            }
            #expect(node.document === pattern.node.document)
            let lists = pattern.lists.filter { $0.node == node }
            #expect(lists.count == 1)
            for list in lists { check(failure, list, context) }
        }
    }

    private func check(_ failure: ConditionFailure, _ list: ValueList, _ context: String) {
        switch failure.cause {
        case .missing, .notALeaf:
            #expect(failure.found.isEmpty && !list.acceptsAbsent, "\(context): \(failure)")
        case .notWanted, .notAccepted:
            #expect(!failure.found.isEmpty, "\(context): \(failure)")
            for found in failure.found {
                // Values that were cut for the message cannot be read back; opaque ones are shown as null.
                guard let value = try? json(found.value) else { continue }
                #expect(!list.accepts(value), "\(context): \(failure)")
                #expect(found.location.hasPrefix("$"))
            }
        }
    }

    @Test(arguments: 0..<10)
    func randomPatterns(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(7_000 + seed))
        var failures = 0
        for _ in 0..<150 {
            let text = world.pattern()
            guard let pattern = EventPattern.compile(try json(text)).pattern else { continue }
            for _ in 0..<5 {
                let event = try json(world.object())
                check(pattern, event, "seed \(seed): \(text) → \(event.text())")
                failures += pattern.explain(event).failures.count
            }
        }
        #expect(failures > 300)
    }

    @Test(.enabled(if: Corpora.isPresent("event-ruler/cases.json"), Comment(rawValue: Corpora.absent)))
    func corpus() throws {
        let cases = try #require(try Corpora.document("event-ruler/cases.json")["cases"])
        var explained = 0
        for item in cases.elements {
            guard let rule = item["rule"], let event = item["event"], let pattern = EventPattern.compile(rule).pattern
            else {
                continue
            }
            check(pattern, event, item["id"]?.string ?? "")
            explained += 1
        }
        #expect(explained > 2_600)
    }

    /// Where every condition is met by some element but no element meets all, the element that comes closest is named.
    @Test func theClosestElementIsNamed() throws {
        let text = #"{"items": {"sku": ["A"], "size": ["L"], "color": ["red"]}}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        let event = try json(
            #"""
            {"items": [
                {"sku": "A", "size": "M", "color": "blue"},
                {"sku": "B", "size": "L", "color": "red"},
                {"sku": "C", "size": "M", "color": "red"}
            ]}
            """#)
        let explanation = pattern.explain(event)
        #expect(explanation.failures.count == 1)
        let failure = try #require(explanation.failures.first)
        #expect(failure.path == ["items", "sku"])
        #expect(failure.closestElement == "$['items'][1]")
        #expect(failure.found == [.init(location: "$['items'][1]['sku']", value: #""B""#)])
    }

    @Test func longTextsAreCut() throws {
        let pattern = try #require(EventPattern.compile(try json(#"{"a": ["x"]}"#)).pattern)
        let long = String(repeating: "я", count: 10_000)
        let sentence = pattern.explain(try json("{\"a\": \"\(long)\"}")).description
        #expect(sentence.count < 200 && sentence.contains("…"))
        let list = (0..<5_000).map { "\"value \($0)\"" }.joined(separator: ", ")
        let wide = try #require(EventPattern.compile(try json("{\"a\": [\(list)]}")).pattern)
        #expect(wide.explain(try json("{\"a\": \"x\"}")).description.count < 400)
    }

    @Test func manyElementsAreSummedUp() throws {
        let pattern = try #require(EventPattern.compile(try json(#"{"items": {"sku": ["A"]}}"#)).pattern)
        let elements = (0..<1_000).map { "{\"sku\": \"B\($0)\"}" }.joined(separator: ", ")
        let failure = try #require(pattern.explain(try json("{\"items\": [\(elements)]}")).failures.first)
        #expect(failure.found.count == 5 && failure.more > 100)
    }

    @Test func everyAlternativeIsWeighed() throws {
        let text = #"{"t": [1], "$or": [{"a": [1], "b": [1]}, {"c": [1], "d": [1], "e": [1]}, {"f": [1], "g": [1]}]}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        let failures = pattern.explain(try json(#"{"t": 1, "f": 1, "g": 2}"#)).failures
        #expect(failures.map(\.path) == [["g"]])
    }
}
