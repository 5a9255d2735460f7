import JSON
import Testing

@testable import EventPattern

/// Many trees in one walk: around the 64 that one group holds, and with every tree told apart.
@Suite(.timeLimit(.minutes(1)))
struct TreeGroupTests {
    /// A pattern of as many trees as there are branches.
    private func alternatives(_ count: Int) throws -> EventPattern {
        let branches = (0..<count).map { "{\"a\": [\($0)], \"n\": {\"b\": [\($0 * 2)]}}" }
        let text = "{\"always\": [true], \"$or\": [\(branches.joined(separator: ", "))]}"
        return try #require(EventPattern.compile(try json(text)).pattern)
    }

    @Test(arguments: [2, 63, 64, 65, 127, 128, 129, 1_000])
    func everyTreeIsAnswered(count: Int) throws {
        let pattern = try alternatives(count)
        #expect(pattern.trees.count == count)
        for tree in [0, 1, count / 2, count - 2, count - 1] {
            let whole = "{\"always\": true, \"a\": \(tree), \"n\": {\"b\": \(tree * 2)}}"
            #expect(pattern.matches(try json(whole)), "tree \(tree) of \(count)")
            let mixed = "{\"always\": true, \"a\": \(tree), \"n\": {\"b\": \((tree + 1) % count * 2)}}"
            #expect(!pattern.matches(try json(mixed)), "tree \(tree) of \(count)")
            #expect(!pattern.matches(try json("{\"a\": \(tree), \"n\": {\"b\": \(tree * 2)}}")))
        }
        #expect(!pattern.matches(try json("{\"always\": true, \"a\": \(count), \"n\": {\"b\": \(count * 2)}}")))
    }

    @Test(arguments: [2, 64, 65, 200])
    func elementsMayServeDifferentTrees(count: Int) throws {
        let pattern = try alternatives(count)
        let elements = (0..<count).map { "{\"b\": \($0 * 2)}" }.joined(separator: ", ")
        #expect(pattern.matches(try json("{\"always\": true, \"a\": \(count - 1), \"n\": [\(elements)]}")))
        #expect(!pattern.matches(try json("{\"always\": true, \"a\": \(count), \"n\": [\(elements)]}")))
        let odd = (0..<count).map { "{\"b\": \($0 * 2 + 1)}" }.joined(separator: ", ")
        #expect(!pattern.matches(try json("{\"always\": true, \"a\": 0, \"n\": [\(odd)]}")))
    }

    @Test(arguments: 0..<6)
    func patternsOfManyTreesAgreeWithTheDefinition(seed: Int) throws {
        var world = RandomPatterns(seed: UInt64(5_000 + seed))
        var compiled = 0
        var widest = 0
        for _ in 0..<60 {
            let branches = (0..<(2 + world.random.below(30))).map { place in
                place.isMultiple(of: 2) ? world.pattern(depth: 1) : "{\"d\": \(world.pattern(depth: 1))}"
            }
            let more = (0..<(2 + world.random.below(4))).map { _ in "{\"b\": \(world.pattern(depth: 1))}" }
            let inner = "{\"a\": \(world.list()), \"$or\": [\(more.joined(separator: ", "))]}"
            let text = "{\"$or\": [\((branches + [inner]).joined(separator: ", "))]}"
            let node = try json(text)
            guard let pattern = EventPattern.compile(node).pattern else { continue }
            compiled += 1
            widest = max(widest, pattern.trees.count)
            for _ in 0..<6 {
                let event = try json(world.object())
                let expected = NaiveMatcher.matches(pattern: .node(node), value: .node(event))
                #expect(pattern.matches(event) == expected, "seed \(seed): \(text) → \(event.text())")
            }
        }
        #expect(compiled > 20 && widest > 20, "\(compiled) compiled, the widest of \(widest) trees")
    }

    @Test func branchesShareTheListsOutside() throws {
        let text = #"{"d": {"x": [1]}, "$or": [{"d": {"y": [1]}}, {"d": {"z": [1], "$or": [{"u": [1]}, {"v": [1]}]}}]}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        #expect(pattern.trees.count == 3)
        let paths = pattern.trees.map { tree in
            tree.map { pattern.paths.names(of: $0.path).map(\.text).joined(separator: ".") }.sorted()
        }
        #expect(paths == [["d.x", "d.y"], ["d.u", "d.x", "d.z"], ["d.v", "d.x", "d.z"]])
    }

    @Test func twoOrsMultiply() throws {
        let text = #"{"$or": [{"a": [1]}, {"b": [1]}], "d": {"$or": [{"x": [1]}, {"y": [1]}, {"z": [1]}]}}"#
        #expect(try #require(EventPattern.compile(try json(text)).pattern).trees.count == 6)
    }

    @Test func absenceIsJudgedForEveryTreeByItself() throws {
        let text = #"{"$or": [{"o": {"a": [{"exists": false}]}}, {"o": {"a": [{"exists": false}], "b": [1]}}]}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        #expect(pattern.matches(try json("{}")))
        #expect(pattern.matches(try json(#"{"o": 5}"#)))
        #expect(pattern.matches(try json(#"{"o": []}"#)))
        #expect(!pattern.matches(try json(#"{"o": {"a": 1, "b": 1}}"#)))
        let demanding = #"{"$or": [{"o": {"a": [1]}}, {"o": {"a": [{"exists": false}], "b": [1]}}]}"#
        #expect(!(try #require(EventPattern.compile(try json(demanding)).pattern).matches(try json("{}"))))
    }
}
