import JSON

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

    /// Looks a text up by hash, then as far as there are such tables by its beginning, end and number.
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
