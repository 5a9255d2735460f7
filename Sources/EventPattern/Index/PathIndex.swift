import JSON

/// The access predicates for one part of an event: a trie of member names with look-up tables where predicates stand.
///
/// A document is walked along the trie only, so members that no mapping asks for are never looked at.
struct PathIndex: Sendable {
    private struct Node: Sendable {
        var children: [(name: JSONName, node: Int)] = []
        /// The children by the hash of their names; filled when they are many.
        var byHash: [UInt32: [Int]] = [:]
        var table: LeafTable?
    }

    /// From how many children on the members of an event are looked up, instead of the children among the members.
    private static let manyChildren = 8

    private var nodes: [Node]

    /// Makes the index of the paths in use, whose tables are given by path.
    init(paths: PathTable, tables: [Int: LeafTable]) {
        var wanted = Set<Int>()
        for path in tables.keys {
            var place = path
            while place >= PathTable.root, wanted.insert(place).inserted { place = paths.paths[place].parent }
        }
        let order = wanted.union([PathTable.root]).sorted()
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })
        nodes = order.map { Node(table: tables[$0]) }
        for path in order.dropFirst() {
            guard let parent = places[paths.paths[path].parent], let place = places[path] else { continue }
            nodes[parent].children.append((paths.paths[path].name, place))
        }
        for place in nodes.indices where nodes[place].children.count > Self.manyChildren {
            for (child, (name, _)) in nodes[place].children.enumerated() {
                nodes[place].byHash[name.hash, default: []].append(child)
            }
        }
    }

    /// Whether no predicate is stored.
    var isEmpty: Bool { nodes.count == 1 }

    /// Adds the postings of all predicates that some leaf of the value meets.
    func find(in value: JSONNode, into found: inout Postings) {
        visit(0, value, &found)
    }

    private func visit(_ place: Int, _ value: JSONNode, _ found: inout Postings) {
        switch value.kind {
        case .array: for element in value.elements { visit(place, element, &found) }
        case .object: visitMembers(place, value, &found)
        default: nodes[place].table?.find(value, into: &found)
        }
    }

    private func visitMembers(_ place: Int, _ value: JSONNode, _ found: inout Postings) {
        guard nodes[place].byHash.isEmpty else {
            for member in value.members {
                guard let known = nodes[place].byHash[member.nameNode.stringHash] else { continue }
                for child in known where member.nameNode.equals(nodes[place].children[child].name) {
                    visit(nodes[place].children[child].node, member.value, &found)
                }
            }
            return
        }
        for child in nodes[place].children {
            if let member = value.member(child.name) { visit(child.node, member, &found) }
        }
    }
}

/// The access predicates at one path.
struct LeafTable: Sendable {
    private var texts: [UInt32: Int] = [:]
    private var folded: [UInt32: Int] = [:]
    private var numbers: [ExactNumber: Int] = [:]
    private var constants: [AccessPredicate: Int] = [:]
    private var prefixes: ByteTrie?
    private var suffixes: ByteTrie?
    private var present: Int?
    private var collectedRanges: [(range: NumericRange, posting: Int)] = []
    private var ranges = RangeTree([])
    private var readsNumbersInTexts = false

    /// The posting of a predicate other than a range, which is made with `make` when the predicate is new.
    mutating func posting(for predicate: AccessPredicate, make: () -> Int) -> Int {
        switch predicate {
        case .text(let hash): return LeafTable.posting(in: &texts, hash, make)
        case .folded(let hash): return LeafTable.posting(in: &folded, hash, make)
        case .number(let number): return LeafTable.posting(in: &numbers, number, make)
        case .bool, .null, .range: return LeafTable.posting(in: &constants, predicate, make)
        case .prefix(let bytes): return LeafTable.posting(in: &prefixes, bytes, make)
        case .suffix(let bytes): return LeafTable.posting(in: &suffixes, bytes.reversed(), make)
        case .present:
            let posting = present ?? make()
            present = posting
            return posting
        }
    }

    /// Adds a range under a posting of its own.
    mutating func add(_ range: NumericRange, posting: Int) {
        collectedRanges.append((range, posting))
        if range.readsText { readsNumbersInTexts = true }
    }

    /// Sorts the ranges, once all are added.
    mutating func seal() {
        ranges = RangeTree(collectedRanges)
        collectedRanges = []
    }

    private static func posting<Key: Hashable>(in table: inout [Key: Int], _ key: Key, _ make: () -> Int) -> Int {
        if let posting = table[key] { return posting }
        let posting = make()
        table[key] = posting
        return posting
    }

    private static func posting(in trie: inout ByteTrie?, _ bytes: some Sequence<UInt8>, _ make: () -> Int) -> Int {
        var grown = trie.take() ?? ByteTrie()
        let posting = grown.posting(for: bytes, make: make)
        trie = grown
        return posting
    }

    /// Adds the postings of all predicates that a leaf meets.
    func find(_ leaf: JSONNode, into found: inout Postings) {
        if let present { found.add(present) }
        switch leaf.kind {
        case .string: find(text: leaf, &found)
        case .number where !numbers.isEmpty || !ranges.isEmpty:
            let number = ExactNumber(leaf.rawBytes)
            if let posting = numbers[number] { found.add(posting) }
            ranges.find(number, into: &found)
        case .bool: if let posting = constants[.bool(leaf.bool == true)] { found.add(posting) }
        case .null: if let posting = constants[.null] { found.add(posting) }
        default: break
        }
    }

    private func find(text leaf: JSONNode, _ found: inout Postings) {
        if let posting = texts[leaf.stringHash] { found.add(posting) }
        guard !folded.isEmpty || prefixes != nil || suffixes != nil || readsNumbersInTexts else { return }
        let text = leaf.utf8
        if !folded.isEmpty, let posting = folded[FoldedText.hash(text)] { found.add(posting) }
        prefixes?.find(text, into: &found)
        suffixes?.find(text.reversed(), into: &found)
        if readsNumbersInTexts, let number = ExactNumber(wholeText: text) { ranges.find(number, into: &found) }
    }
}
