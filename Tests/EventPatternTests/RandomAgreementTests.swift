import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Seeded random patterns against seeded random events: the definition as written is the judge.
@Suite(.timeLimit(.minutes(2)))
struct RandomAgreementTests {
    @Test(arguments: 0..<20)
    func matchingAgreesWithTheDefinition(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(seed))
        var matched = 0
        var compiled = 0
        for _ in 0..<150 {
            let text = world.pattern()
            let node = try json(text)
            guard let pattern = EventPattern.compile(node).pattern else { continue }
            compiled += 1
            for _ in 0..<8 {
                let event = try json(world.random.once(in: 12) ? world.value(depth: 3) : world.object())
                let expected = NaiveMatcher.matches(pattern: .node(node), value: .node(event))
                #expect(pattern.matches(event) == expected, "seed \(seed): \(text) → \(event.text())")
                #expect(pattern.explain(event).matches == expected, "seed \(seed): \(text) → \(event.text())")
                matched += expected ? 1 : 0
            }
        }
        #expect(compiled > 100 && matched > 20, "\(compiled) compiled, \(matched) matched: the world is too sparse")
    }

    @Test func onlyConflictsInsideAndOutsideOrAreRefused() throws {
        var world = RandomPatterns(seed: 99)
        for _ in 0..<1_500 {
            let text = world.pattern()
            let (pattern, diagnostics) = EventPattern.compile(try json(text))
            let errors = diagnostics.filter { $0.severity == .error }
            #expect((pattern == nil) == !errors.isEmpty)
            #expect(errors.allSatisfy { $0.code == .contradiction }, "\(text): \(errors)")
        }
    }

    @Test(arguments: 0..<10)
    func indexOnAndOffAgree(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(1_000 + seed))
        let conditions = try (0..<120).map { id in (id: id / 2, condition: try randomCondition(&world)) }
        let index = EventIndex(conditions)
        var matched = 0
        for _ in 0..<60 {
            let event = EventView(
                exchange: world.random.pick(["shop", "crm", ""]),
                routingKey: world.random.pick(["", "a", "a.b", "b.a", "a.b.a", "a..b", "b"]),
                headers: world.random.once(in: 2) ? nil : try json(world.object(depth: 2)),
                properties: try json(world.object(depth: 2)),
                body: world.random.once(in: 8) ? nil : try json(world.object()))
            let found = index.match(event)
            #expect(found == index.matchWithoutIndex(event), "seed \(seed): \(event.body?.text() ?? "-")")
            #expect(Set(found).isSubset(of: index.candidates(event)))
            #expect(found == found.sorted() && Set(found).count == found.count)
            matched += found.count
        }
        #expect(matched > 0)
    }

    private func randomCondition(_ world: inout RandomPatterns) throws -> EventCondition {
        func pattern(_ text: String) throws -> EventPattern? { EventPattern.compile(try json(text)).pattern }
        let keys = ["#", "*", "a.#", "#.b", "a.*", "a", "", "a..b", "*.b.#", "b.#.a"]
        let chosen = try (0...world.random.below(2)).map { _ in try RoutingKeyPattern(world.random.pick(keys)) }
        return EventCondition(
            exchanges: world.random.once(in: 2) ? nil : ExchangeList([world.random.pick(["shop", "crm"])]),
            routingKeys: world.random.once(in: 2) ? nil : chosen,
            headers: world.random.once(in: 4) ? try pattern(world.pattern(depth: 1)) : nil,
            properties: world.random.once(in: 4) ? try pattern(world.pattern(depth: 1)) : nil,
            body: world.random.once(in: 6) ? nil : try pattern(world.pattern(depth: 2)))
    }

    @Test(arguments: 0..<10)
    func overlapIsNeverDeniedWronglyAndWitnessesMatch(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(2_000 + seed))
        let events = try (0..<200).map { _ in EventView(body: try json(world.object(arrays: false))) }
        var witnessed = 0
        var denied = 0
        for _ in 0..<60 {
            let texts = [world.pattern(depth: 2), world.pattern(depth: 2)]
            let patterns = try texts.compactMap { EventPattern.compile(try json($0)).pattern }
            guard patterns.count == 2 else { continue }
            let (left, right) = (EventCondition(body: patterns[0]), EventCondition(body: patterns[1]))
            switch EventOverlap.between(left, right) {
            case .none:
                denied += 1
                #expect(!events.contains { left.matches($0) && right.matches($0) }, "\(texts)")
            case .may(let witness?):
                witnessed += 1
                let view = try #require(witness.view)
                #expect(left.matches(view) && right.matches(view), "\(texts)")
            case .may(nil): break
            }
        }
        #expect(witnessed > 10 && denied > 0, "\(witnessed) witnesses, \(denied) denied")
    }
}
