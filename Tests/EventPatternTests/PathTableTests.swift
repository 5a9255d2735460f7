import JSON
import Testing

@testable import EventPattern

/// Paths and their numbers, and the trees that are built of them.
@Suite(.timeLimit(.minutes(1)))
struct PathTableTests {
    @Test func aPathHasOneNumber() {
        var table = PathTable()
        let a = table.child(of: PathTable.root, named: JSONName("a"))
        let b = table.child(of: PathTable.root, named: JSONName("b"))
        let ab = table.child(of: a, named: JSONName("b"))
        #expect(Set([PathTable.root, a, b, ab]).count == 4)
        #expect(table.child(of: PathTable.root, named: JSONName("a")) == a)
        #expect(table.child(of: a, named: JSONName("b")) == ab)
        #expect(table.names(of: ab).map(\.text) == ["a", "b"])
        #expect(table.names(of: PathTable.root).isEmpty)
        #expect(a < ab && PathTable.root < a, "a parent's number is smaller than its members'")
    }

    @Test func namesAreToldApartByCodePoints() {
        var table = PathTable()
        let composed = table.child(of: PathTable.root, named: JSONName("é"))
        let decomposed = table.child(of: PathTable.root, named: JSONName("e\u{301}"))
        #expect(composed != decomposed)
        #expect("é" == "e\u{301}", "the reason why names are no String here")
    }

    /// The paths of each tree, in words.
    private func trees(_ text: String) throws -> [[String]] {
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        return pattern.trees.map { tree in
            tree.map { pattern.paths.names(of: $0.path).map(\.text).joined(separator: ".") }.sorted()
        }
    }

    @Test func aPatternWithoutAlternativesIsOneTree() throws {
        #expect(try trees(#"{"a": [1]}"#) == [["a"]])
        #expect(try trees(#"{"a": [1], "b": {"c": [1], "d": {"e": [1]}}}"#) == [["a", "b.c", "b.d.e"]])
    }

    @Test func eachBranchIsATree() throws {
        #expect(try trees(#"{"$or": [{"a": [1]}, {"b": [1]}, {"c": [1], "d": [1]}]}"#) == [["a"], ["b"], ["c", "d"]])
    }

    @Test func whatStandsOutsideIsInEveryTree() throws {
        #expect(try trees(#"{"x": [1], "$or": [{"a": [1]}, {"b": [1]}]}"#) == [["a", "x"], ["b", "x"]])
        #expect(try trees(#"{"$or": [{"a": [1]}, {"b": [1]}], "x": {"y": [1]}}"#) == [["a", "x.y"], ["b", "x.y"]])
    }

    @Test func objectsOfEqualNamesAreJoined() throws {
        let text = #"{"o": {"x": [1]}, "$or": [{"o": {"a": [1]}}, {"o": {"p": {"q": [1]}}}]}"#
        #expect(try trees(text) == [["o.a", "o.x"], ["o.p.q", "o.x"]])
    }

    @Test func choicesBelowAndBesideEachOtherMultiply() throws {
        let text = #"{"$or": [{"a": [1]}, {"b": [1]}], "o": {"$or": [{"c": [1]}, {"d": [1]}]}}"#
        #expect(try Set(trees(text)) == [["a", "o.c"], ["a", "o.d"], ["b", "o.c"], ["b", "o.d"]])
    }

    @Test func choicesInsideBranchesAdd() throws {
        let text = #"{"$or": [{"a": [1]}, {"z": [1], "$or": [{"b": [1]}, {"c": [1]}]}]}"#
        #expect(try Set(trees(text)) == [["a"], ["b", "z"], ["c", "z"]])
    }

    @Test(arguments: [
        (PatternLimits(depth: 2), #"{"a": {"b": [1]}}"#, true),
        (PatternLimits(depth: 2), #"{"a": {"b": {"c": [1]}}}"#, false),
        (PatternLimits(trees: 2), #"{"$or": [{"a": [1]}, {"b": [1]}]}"#, true),
        (PatternLimits(trees: 2), #"{"$or": [{"a": [1]}, {"b": [1]}, {"c": [1]}]}"#, false),
        (PatternLimits(conditions: 4), #"{"x": [1], "$or": [{"a": [1]}, {"b": [1]}]}"#, true),
        (PatternLimits(conditions: 3), #"{"x": [1], "$or": [{"a": [1]}, {"b": [1]}]}"#, false),
    ])
    func limitsAreTheCallers(limits: PatternLimits, text: String, isAccepted: Bool) throws {
        let (pattern, diagnostics) = EventPattern.compile(try json(text), limits: limits)
        #expect((pattern != nil) == isAccepted)
        #expect(diagnostics.map(\.code) == (isAccepted ? [] : [.beyondLimits]))
    }
}
