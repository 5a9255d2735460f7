import TestSupport
import Testing

@testable import EventPattern

/// One walk for all bindings finds what asking each of them finds.
@Suite(.timeLimit(.minutes(1)))
struct RoutingTrieTests {
    private static let words = ["a", "b", "c", "", "*", "#"]

    private static func key(_ random: inout Seeded, _ words: [String]) -> String {
        (0..<random.below(6)).map { _ in random.pick(words) }.joined(separator: ".")
    }

    private static func find(_ trie: RoutingTrie, _ exchange: String, _ key: String) -> [Int] {
        var found = Postings()
        trie.find(
            exchange: Array(exchange.utf8), words: RoutingKeyPattern.split(Array(key.utf8)[...]), into: &found)
        return found.all()
    }

    @Test(arguments: 0..<10)
    func agreesWithEveryPatternByItself(seed: Int) throws {
        var random = Seeded(UInt64(600 + seed))
        var trie = RoutingTrie()
        var bindings: [(exchange: String?, pattern: RoutingKeyPattern, posting: Int)] = []
        var next = 0
        for _ in 0..<200 {
            let pattern = try RoutingKeyPattern(Self.key(&random, Self.words))
            let exchange = random.once(in: 3) ? nil : random.pick(["x", "y"])
            let posting = trie.posting(exchange: exchange.map { Array($0.utf8) }, words: pattern.words) {
                next += 1
                return next - 1
            }
            bindings.append((exchange, pattern, posting))
        }
        for _ in 0..<300 {
            let exchange = random.pick(["x", "y", "z"])
            let key = Self.key(&random, ["a", "b", "c", "", "d"])
            let expected = Set(
                bindings.filter { ($0.exchange ?? exchange) == exchange && $0.pattern.matches(key) }.map(\.posting))
            #expect(Self.find(trie, exchange, key) == expected.sorted(), "seed \(seed): \(exchange) \(key)")
        }
    }

    @Test func equalBindingsShareOnePosting() throws {
        var trie = RoutingTrie()
        var made = 0
        func add(_ exchange: String?, _ text: String) throws -> Int {
            trie.posting(exchange: exchange.map { Array($0.utf8) }, words: try RoutingKeyPattern(text).words) {
                made += 1
                return made
            }
        }
        #expect(trie.isEmpty)
        #expect(try add("x", "a.#") == 1)
        #expect(try add("x", "a.#.#") == 1)
        #expect(try add(nil, "a.#") == 2)
        #expect(try add("x", "a.*") == 3)
        #expect(try add("x", "") == 4)
        #expect(!trie.isEmpty)
        #expect(Self.find(trie, "x", "a.b") == [1, 2, 3])
        #expect(Self.find(trie, "y", "a.b") == [2])
        #expect(Self.find(trie, "x", "") == [4])
    }

    @Test func theEmptyKeyHasNoWords() throws {
        var trie = RoutingTrie()
        _ = trie.posting(exchange: nil, words: []) { 1 }
        _ = trie.posting(exchange: nil, words: [.one]) { 2 }
        _ = trie.posting(exchange: nil, words: [.many]) { 3 }
        _ = trie.posting(exchange: nil, words: [.one, .many]) { 4 }
        #expect(Self.find(trie, "", "") == [1, 3])
        #expect(Self.find(trie, "", "a") == [2, 3, 4])
        #expect(Self.find(trie, "", ".") == [3, 4])
    }

    /// Patterns full of `#` under a key of as many words as 255 bytes hold: the walk carries a set, so it stays small.
    @Test func manyHashesAreNoTrouble() throws {
        var trie = RoutingTrie()
        for count in 1...60 {
            let text = (0..<count).map { _ in "#.a" }.joined(separator: ".")
            _ = trie.posting(exchange: nil, words: try RoutingKeyPattern(text).words) { count }
        }
        let key = Array(repeating: "a", count: 127).joined(separator: ".")
        #expect(Self.find(trie, "", key) == Array(1...60))
        #expect(Self.find(trie, "", key + ".b").isEmpty)
    }
}
