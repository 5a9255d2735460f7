import JSON
import JSONPath
import TestSupport
import Testing

/// Random queries on random documents: right where they are valid, refused where not, never a trap.
///
/// `FUZZ_FACTOR=100 swift test --filter "random queries"` runs longer.
@Suite("JSONPath: random queries", .timeLimit(.minutes(3 * Fuzzing.factor)))
struct RandomTests {
    @Test(
        "agree with a naive evaluator, in order, and read back from their text",
        arguments: Fuzzing.seeds(from: 1, count: 8))
    func differential(_ seed: UInt64) throws {
        var random = RandomQuery(seed: seed)
        var selected = 0
        for _ in 0..<400 {
            let query = random.query()
            let parsed = try JSONPathQuery.parse(query.description)
            #expect(parsed.query == query)
            #expect(parsed.isSingular == query.isSingular)
            for _ in 0..<3 {
                let tree = random.document()
                let root = try document(tree.text)
                let naive = NaiveEvaluator(tree)
                var budget = VisitBudget(50_000_000)
                let found = try parsed.evaluate(root: root, current: root, budget: &budget)
                let expected = naive.nodes(query, from: naive.root).map(\.location)
                #expect(found.map(\.location) == expected, "\(query) on \(tree.text)")
                let first = try parsed.first(root: root, current: root, budget: &budget)
                #expect(first?.location == expected.first)
                selected += found.count
            }
        }
        #expect(selected > 500)
    }

    @Test(
        "text that was valid and then damaged is refused with a place, or valid",
        arguments: Fuzzing.seeds(from: 100_000, count: 6))
    func damaged(_ seed: UInt64) throws {
        var random = RandomQuery(seed: seed)
        let noise = Array("$@.[]()'\"?*:,!&|=<>\\ud83d\\u0061-0123e+~ \n\tabé😀\u{0}\u{7F}".unicodeScalars)
        var accepted = 0
        for _ in 0..<1_000 {
            var scalars = Array(random.query().description.unicodeScalars)
            for _ in 0..<Int.random(in: 1..<4, using: &random.generator) {
                let place = Int.random(in: 0...scalars.count, using: &random.generator)
                switch Int.random(in: 0..<3, using: &random.generator) {
                case 0 where place < scalars.count: scalars.remove(at: place)
                case 1 where place < scalars.count: scalars[place] = random.generator.pick(noise, or: "$")
                default: scalars.insert(random.generator.pick(noise, or: "$"), at: place)
                }
            }
            accepted += try survives(String(String.UnicodeScalarView(scalars)), on: random.document()) ? 1 : 0
        }
        #expect(accepted > 20)
    }

    @Test(
        "pieces of the grammar in any order are refused with a place, or valid",
        arguments: Fuzzing.seeds(from: 200_000, count: 6))
    func pieces(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "$", "@", ".a", "..", ".", "*", "[", "]", "[?", "(", ")", "'a'", "\"b\"", "0", "-1", ":", ",", "==", "!=",
            "<", "&&", "||", "!", "true",
            "null", "1.5", "length(", "count(", "match(", "value(", "foo(", " ", "\\", "😀", "'", "[*]", "@.a", "$.b",
        ]
        for _ in 0..<3_000 {
            let count = Int.random(in: 0..<14, using: &generator)
            let text = "$" + (0..<count).map { _ in generator.pick(pieces, or: "") }.joined()
            _ = try survives(text, on: .array([.object([Tree.Member(name: "a", value: .number(1))]), .string(["b"])]))
        }
    }

    @Test("bytes that are no text survive", arguments: Fuzzing.seeds(from: 300_000, count: 4))
    func bytes(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            _ = try survives("$[?" + String(decoding: bytes, as: UTF8.self), on: .null)
            _ = try survives(String(decoding: bytes, as: UTF8.self), on: .null)
        }
    }

    /// Reads a text and, when it is a query, evaluates it within a small budget; answers whether it is one.
    private func survives(_ text: String, on tree: Tree) throws -> Bool {
        do throws(JSONPathError) {
            let query = try JSONPathQuery.parse(text)
            let again = try JSONPathQuery.parse(query.query.description)
            #expect(again.query == query.query, "\(text.debugDescription)")
            var budget = VisitBudget(20_000)
            if let root = try? document(tree.text) {
                _ = try? query.evaluate(root: root, current: root, budget: &budget)
            }
            return true
        } catch {
            #expect((1...(text.unicodeScalars.count + 1)).contains(error.position), "\(text.debugDescription)")
            #expect(!error.message.isEmpty)
            return false
        }
    }
}
