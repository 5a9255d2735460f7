import JSON
import TestSupport
import Testing

@testable import EventPattern

/// Nothing that a team or a peer writes makes the matcher trap, hang or grow.
@Suite(.timeLimit(.minutes(5)))
struct FuzzTests {
    /// More rounds by `FUZZ_FACTOR`; the seed of a round is its number.
    private static let rounds = 2_000 * Fuzzing.factor

    private static let seeds: [String] = [
        #"{"a": [{"numeric": [">", 0, "<=", 5.5], "text": true}], "b": {"c": [{"anything-but": {"prefix": ["x", "y"]}}]}}"#,
        #"{"$or": [{"a": [{"wildcard": "a*\\*b"}]}, {"b": [{"cidr": "10.0.0.0/8"}], "$or": [{"c": [1]}, {"d": [null]}]}]}"#,
        #"{"a": [{"prefix": {"equals-ignore-case": "Ж"}}, {"exists": false}, "x", -0, true, {"anything-but": [1, 2]}]}"#,
        ##"{"exchange": ["a"], "routing_key": ["a.*.#", "#"], "headers": {"x": [1]}, "body": {"y": [{"suffix": "z"}]}}"##,
    ]

    @Test func mutatedPatternsNeverTrap() throws {
        var compiled = 0
        for round in 0..<Self.rounds {
            var random = Seeded(UInt64(round))
            var text = Array(random.pick(Self.seeds).utf8)
            for _ in 0...random.below(4) { Self.mutate(&text, &random) }
            guard let document = try? JSONDocument.parse(text, limits: JSONLimits(refusesDuplicates: false)) else {
                continue
            }
            let (pattern, diagnostics) = EventPattern.compile(document.root)
            _ = EventCondition.compile(when: document.root)
            for diagnostic in diagnostics {
                #expect((0...text.count).contains(diagnostic.offset) && !diagnostic.description.isEmpty)
            }
            guard let pattern else {
                #expect(diagnostics.contains { $0.severity == .error })
                continue
            }
            compiled += 1
            let event = RandomPatterns(seed: UInt64(round)).eventNode
            let matches = pattern.matches(event)
            #expect(pattern.explain(event).matches == matches)
            let condition = EventCondition(body: pattern)
            #expect(
                EventIndex([(1, condition)]).match(EventView(body: event))
                    == (matches && event.kind == .object ? [1] : []))
            if let view = EventOverlap.witness(for: condition)?.view { #expect(condition.matches(view)) }
        }
        #expect(compiled > Self.rounds / 40)
    }

    private static func mutate(_ text: inout [UInt8], _ random: inout Seeded) {
        let tokens = [
            "[", "]", "{", "}", "\"", ",", ":", "null", "1e999999999999", "\"$or\"", "**", "\\", "{}", "\u{FFFF}", "-0",
        ]
        let place = random.below(text.count + 1)
        switch random.below(4) {
        case 0 where place < text.count: text.remove(at: place)
        case 1 where place < text.count: text[place] = UInt8(random.below(256))
        case 2:
            let length = min(random.below(20), text.count - place)
            text.insert(contentsOf: text[place..<(place + length)], at: random.below(text.count + 1))
        default: text.insert(contentsOf: Array(random.pick(tokens).utf8), at: place)
        }
        if text.isEmpty { text = [0x7B, 0x7D] }
    }

    @Test func nestedListsNeitherTrapNorTakeLong() throws {
        let pattern = try #require(
            EventPattern.compile(try json(#"{"a": {"b": [1], "c": [{"exists": false}]}}"#)).pattern)
        let depth = JSONLimits.deepestDepth - 2
        let text = #"{"a": "# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        let event = try JSONDocument.parse(text, limits: JSONLimits(depth: JSONLimits.deepestDepth)).root
        #expect(!pattern.matches(event))
        #expect(!pattern.explain(event).matches)
        #expect(EventIndex([(1, EventCondition(body: pattern))]).match(EventView(body: event)).isEmpty)
    }

    /// Every value of an event meets the conditions of one path only.
    ///
    /// A quarter of a million elements under a pattern of
    /// 729 trees is one walk for each 64 trees. The suite's time limit is the assertion; with one walk for each tree, or
    /// with backtracking over elements, this would take minutes.
    @Test func manyElementsUnderManyTrees() throws {
        let choice = #"[{"p# ": [1]}, {"q#": [1]}, {"r#": [1]}]"#
        let levels = (0..<6).reduce(#""z": [1]"#) { inner, level in
            "\"n\(level)\": {\(inner), \"$or\": \(choice.replacing("#", with: "\(level)"))}"
        }
        let pattern = try #require(EventPattern.compile(try json("{\(levels)}")).pattern)
        #expect(pattern.trees.count == 729)
        let element = #"{"n4":[{"n3":[{"n2":[{"n1":[{"n0":[{"z":2},{"z":3}]}]}]}]}],"q5":1}"#
        let text = "{\"n5\": [" + Array(repeating: element, count: 15_000).joined(separator: ",") + "]}"
        let event = try json(text)
        #expect(!pattern.matches(event))
        #expect(EventIndex([(1, EventCondition(body: pattern))]).match(EventView(body: event)).isEmpty)
    }

    @Test func longListsOfLiteralsAreLookedUp() throws {
        let list = (0..<20_000).map { "\"store-\($0)\", \($0)" }.joined(separator: ", ")
        let pattern = try #require(EventPattern.compile(try json("{\"f\": [\(list)]}")).pattern)
        let values = (0..<20_000).map { "\"other-\($0)\", \($0).5" }.joined(separator: ", ")
        #expect(!pattern.matches(try json("{\"f\": [\(values)]}")))
        #expect(pattern.matches(try json("{\"f\": [\(values), 19999.0]}")))
    }
}

extension RandomPatterns {
    /// An event of this world.
    var eventNode: JSONNode {
        var world = self
        guard let node = try? json(world.object()) else { preconditionFailure("a random event is JSON") }
        return node
    }
}
