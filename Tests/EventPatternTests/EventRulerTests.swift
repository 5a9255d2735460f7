import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Agreement with event-ruler, except where the language page decides otherwise and the data's README says so.
@Suite(.timeLimit(.minutes(2)))
struct EventRulerTests {
    /// Declared different beside the cases that carry `quirk`.
    static let declaredDifferent: Set<String> = [
        "er-0534", "er-0535", "erv-077", "erv-080", "erv-081", "erv-083", "erv-087", "erv-091", "erv-113",
    ]

    @Test(.enabled(if: Corpora.isPresent("event-ruler/cases.json"), Comment(rawValue: Corpora.absent)))
    func singleRules() throws {
        let cases = try #require(try Corpora.document("event-ruler/cases.json")["cases"])
        var compared = 0
        var wrong: [String] = []
        for item in cases.elements {
            let id = item["id"]?.string ?? ""
            guard item["quirk"] == nil, !Self.declaredDifferent.contains(id) else { continue }
            let rule = try #require(item["rule"])
            let (pattern, diagnostics) = EventPattern.compile(rule)
            compared += 1
            guard let pattern else {
                wrong.append("\(id): \(diagnostics.map(\.description))")
                continue
            }
            if pattern.matches(item["event"]) != item["match"]?.bool { wrong.append(id) }
            let byIndex = EventIndex([(1, EventCondition(body: pattern))]).match(EventView(body: item["event"]))
            if byIndex.isEmpty == item["match"]?.bool { wrong.append("\(id) by index") }
        }
        #expect(wrong == [])
        #expect(compared == 2_649)
    }

    @Test(.enabled(if: Corpora.isPresent("event-ruler/pattern-validity.json"), Comment(rawValue: Corpora.absent)))
    func validity() throws {
        let cases = try #require(try Corpora.document("event-ruler/pattern-validity.json")["cases"])
        var wrong: [String] = []
        var compared = 0
        for item in cases.elements {
            let id = item["id"]?.string ?? ""
            guard !Self.declaredDifferent.contains(id) else { continue }
            let valid = Self.isValid(item["rule_text"]?.string ?? "")
            compared += 1
            if valid != item["valid"]?.bool { wrong.append(id) }
        }
        #expect(wrong == [])
        #expect(compared == 328)
    }

    static func isValid(_ text: String) -> Bool {
        guard let document = try? JSONDocument.parse(text) else { return false }
        return EventPattern.compile(document.root).pattern != nil
    }

    @Test(.enabled(if: Corpora.isPresent("event-ruler/multi-rule-cases.json"), Comment(rawValue: Corpora.absent)))
    func multipleRulesThroughTheIndex() throws {
        let cases = try #require(try Corpora.document("event-ruler/multi-rule-cases.json")["cases"])
        var compared = 0
        for item in cases.elements where item["quirk"] == nil {
            var names: [String] = []
            var conditions: [(id: Int, condition: EventCondition)] = []
            for rule in try #require(item["rules"]).elements {
                let id = names.count
                names.append(rule["name"]?.string ?? "")
                for pattern in try #require(rule["patterns"]).elements {
                    let compiled: EventPattern = try #require(EventPattern.compile(pattern).pattern)
                    conditions.append((id, EventCondition(body: compiled)))
                }
            }
            let index = EventIndex(conditions)
            let event = EventView(body: item["event"])
            let expected = Set(try #require(item["matched"]).elements.compactMap(\.string))
            #expect(Set(index.match(event).map { names[$0] }) == expected, "\(item["id"]?.string ?? "")")
            #expect(index.match(event) == index.matchWithoutIndex(event))
            compared += 1
        }
        #expect(compared == 249)
    }

    @Test(.enabled(if: Corpora.isPresent("event-ruler/cases.json"), Comment(rawValue: Corpora.absent)))
    func indexOnAndOffAgreeOnAllRulesAtOnce() throws {
        let cases = Array(try #require(try Corpora.document("event-ruler/cases.json")["cases"]).elements)
        let conditions = cases.enumerated().compactMap { place, item in
            item["rule"].flatMap { EventPattern.compile($0).pattern }
                .map { (id: place, condition: EventCondition(body: $0)) }
        }
        let index = EventIndex(conditions)
        var candidates = 0
        for item in cases.enumerated() where item.offset.isMultiple(of: 7) {
            let event = EventView(body: item.element["event"])
            #expect(index.match(event) == index.matchWithoutIndex(event), "\(item.element["id"]?.string ?? "")")
            candidates += index.candidates(event).count
        }
        #expect(candidates < conditions.count * cases.count / 7 / 2, "the index proposes \(candidates)")
    }
}
