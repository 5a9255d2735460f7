import JSON
import TestSupport
import Testing

@testable import EventPattern

/// The tables that the index is made of, each by itself.
@Suite(.timeLimit(.minutes(1)))
struct IndexPartsTests {
    private func all(_ fill: (inout Postings) -> Void) -> [Int] {
        var found = Postings()
        fill(&found)
        return found.all()
    }

    // MARK: Postings

    @Test func postingsAreKeptOnceAndInOrder() {
        #expect(all { _ in }.isEmpty)
        #expect(all { $0.add(4) } == [4])
        let many = all { found in
            for round in 0..<50_000 { found.add(round % 7) }
        }
        #expect(many == Array(0..<7))
        let wide = all { found in
            for round in (0..<3_000).reversed() {
                found.add(round)
                found.add(round)
            }
        }
        #expect(wide == Array(0..<3_000))
    }

    // MARK: Byte trie

    @Test func prefixesOfATextAreFound() {
        var random = Seeded(3)
        var trie = ByteTrie()
        var stored: [[UInt8]] = []
        for _ in 0..<200 {
            let word = (0...random.below(5)).map { _ in UInt8(random.below(3)) }
            let posting = trie.posting(for: word) { stored.count }
            if posting == stored.count { stored.append(word) }
            #expect(stored[posting] == word)
        }
        for _ in 0..<500 {
            let text = (0..<random.below(9)).map { _ in UInt8(random.below(4)) }
            let expected = stored.indices.filter { text.starts(with: stored[$0]) }
            #expect(all { trie.find(text, into: &$0) } == expected)
        }
    }

    // MARK: Range tree

    @Test func rangesThatHoldANumberAreFound() {
        var random = Seeded(4)
        func bound(_ value: Int) -> NumericRange.Bound {
            .init(value: ExactNumber(Array("\(value)".utf8)[...]), isInside: true)
        }
        let ranges = (0..<150).map { posting in
            let low = random.below(60)
            let range = NumericRange(
                lower: random.once(in: 5) ? nil : bound(low),
                upper: random.once(in: 5) ? nil : bound(low + random.below(20)),
                readsText: false)
            return (range: range, posting: posting)
        }
        let tree = RangeTree(ranges)
        #expect(!tree.isEmpty && RangeTree([]).isEmpty)
        for number in -2...90 {
            let exact = ExactNumber(Array("\(number)".utf8)[...])
            let expected = ranges.filter { $0.range.contains(exact) }.map(\.posting)
            #expect(all { tree.find(exact, into: &$0) } == expected)
        }
    }

    // MARK: Access predicates

    struct Access: Sendable, CustomTestStringConvertible {
        let list: String
        /// The kinds of predicate in order; nil where the list has none.
        let kinds: [String]?
        var testDescription: String { list }
    }

    @Test(arguments: [
        Access(list: #"["x"]"#, kinds: ["text"]),
        Access(list: #"["x", 1, true, null]"#, kinds: ["text", "number", "bool", "null"]),
        Access(list: #"[{"exactly": "x"}]"#, kinds: ["text"]),
        Access(list: #"[{"equals-ignore-case": "x"}]"#, kinds: ["folded"]),
        Access(list: #"[{"prefix": "x"}]"#, kinds: ["prefix"]),
        Access(list: #"[{"suffix": "x"}]"#, kinds: ["suffix"]),
        Access(list: #"[{"wildcard": "x*y"}]"#, kinds: ["prefix"]),
        Access(list: #"[{"wildcard": "*y"}]"#, kinds: ["suffix"]),
        Access(list: #"[{"wildcard": "x"}]"#, kinds: ["text"]),
        Access(list: #"[{"wildcard": "*x*"}]"#, kinds: nil),
        Access(list: #"[{"wildcard": "*"}]"#, kinds: nil),
        Access(list: #"[{"numeric": [">", 1]}, {"numeric": ["<", 0]}]"#, kinds: ["range"]),
        Access(list: #"["x", {"numeric": [">", 1]}]"#, kinds: ["text", "range"]),
        Access(list: #"[{"exists": true}]"#, kinds: ["present"]),
        Access(list: #"[{"exists": true}, {"anything-but": "x"}]"#, kinds: ["present"]),
        Access(list: #"[{"exists": false}]"#, kinds: nil),
        Access(list: #"["x", {"exists": false}]"#, kinds: nil),
        Access(list: #"[{"exists": true}, {"exists": false}]"#, kinds: nil),
        Access(list: #"[{"anything-but": "x"}]"#, kinds: nil),
        Access(list: #"["x", {"anything-but": "y"}]"#, kinds: nil),
        Access(list: #"[{"cidr": "10.0.0.0/8"}]"#, kinds: nil),
        Access(list: #"[{"prefix": {"equals-ignore-case": "x"}}]"#, kinds: nil),
        Access(list: #"[{"suffix": {"equals-ignore-case": "x"}}]"#, kinds: nil),
    ])
    func predicates(of access: Access) throws {
        let pattern = try #require(EventPattern.compile(try json("{\"f\": \(access.list)}")).pattern)
        let found = AccessPredicate.of(pattern.lists[0])?.predicates.map(Self.kind)
        #expect(found == access.kinds)
    }

    private static func kind(_ predicate: AccessPredicate) -> String {
        switch predicate {
        case .text: "text"
        case .folded: "folded"
        case .number: "number"
        case .bool: "bool"
        case .null: "null"
        case .prefix: "prefix"
        case .suffix: "suffix"
        case .range: "range"
        case .present: "present"
        }
    }

    // MARK: Path index

    @Test func onlyPathsInUseAreWalked() throws {
        var paths = PathTable()
        let a = paths.child(of: PathTable.root, named: JSONName("a"))
        let ab = paths.child(of: a, named: JSONName("b"))
        let c = paths.child(of: PathTable.root, named: JSONName("c"))
        var tables: [Int: LeafTable] = [:]
        for (path, posting) in [(ab, 1), (c, 2)] {
            var table = LeafTable()
            _ = table.posting(for: .present) { posting }
            tables[path] = table
        }
        let index = PathIndex(paths: paths, tables: tables)
        func find(_ text: String) throws -> [Int] {
            let node = try json(text)
            return all { index.find(in: node, into: &$0) }
        }
        #expect(try find(#"{"a": {"b": 1}}"#) == [1])
        #expect(try find(#"{"a": [{"x": 1}, [{"b": [[null]]}]], "c": 0}"#) == [1, 2])
        #expect(try find(#"{"a": 1, "b": 1}"#).isEmpty)
        #expect(try find(#"{"a": {"b": {}}, "c": []}"#).isEmpty)
        #expect(try find(#""c""#).isEmpty)
        #expect(paths.names(of: ab).map(\.text) == ["a", "b"])
        #expect(paths.child(of: a, named: JSONName("b")) == ab)
    }
}
