/// Finds all stored bindings that an event's exchange and routing key meet, in one walk along the words of the key.
///
/// The exchange is the edge out of the root; a binding without one stands under a root of its own. The walk carries the
/// set of nodes reached, so `#` costs no backtracking.
struct RoutingTrie: Sendable {
    private struct Node: Sendable {
        var literals: [ArraySlice<UInt8>: Int] = [:]
        var one: Int?
        var many: Int?
        /// The node stands behind `#`: any further word leaves the walk here.
        var isMany = false
        var posting: Int?
    }

    private var nodes = [Node()]
    private var exchanges: [[UInt8]: Int] = [:]
    private static let anyExchange = 0

    /// Whether nothing is stored.
    var isEmpty: Bool { nodes.count == 1 && nodes[0].posting == nil }

    /// The posting of a binding, which is made with `make` when the binding is new.
    mutating func posting(exchange: [UInt8]?, words: [RoutingKeyPattern.Word], make: () -> Int) -> Int {
        var node = Self.anyExchange
        if let exchange {
            node = exchanges[exchange] ?? addNode()
            exchanges[exchange] = node
        }
        for word in words { node = child(of: node, word) }
        if let posting = nodes[node].posting { return posting }
        let posting = make()
        nodes[node].posting = posting
        return posting
    }

    private mutating func addNode() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    private mutating func child(of node: Int, _ word: RoutingKeyPattern.Word) -> Int {
        switch word {
        case .literal(let bytes):
            if let child = nodes[node].literals[bytes[...]] { return child }
            let child = addNode()
            nodes[node].literals[bytes[...]] = child
            return child
        case .one:
            if let child = nodes[node].one { return child }
            let child = addNode()
            nodes[node].one = child
            return child
        case .many:
            if let child = nodes[node].many { return child }
            let child = addNode()
            nodes[child].isMany = true
            nodes[node].many = child
            return child
        }
    }

    /// Adds the postings of all bindings that an event meets.
    func find(exchange: [UInt8], words: [ArraySlice<UInt8>], into found: inout Postings) {
        walk(from: Self.anyExchange, words, &found)
        if let root = exchanges[exchange] { walk(from: root, words, &found) }
    }

    /// Carries the set of nodes reached along the words; what is reached at the end is found.
    private func walk(from root: Int, _ words: [ArraySlice<UInt8>], _ found: inout Postings) {
        var reached: [Int] = []
        reach(root, &reached)
        for word in words {
            guard !reached.isEmpty else { return }
            var next: [Int] = []
            for node in reached {
                if nodes[node].isMany { next.append(node) }
                if let child = nodes[node].literals[word] { reach(child, &next) }
                if let child = nodes[node].one { reach(child, &next) }
            }
            reached = RoutingTrie.distinct(next)
        }
        for node in reached {
            if let posting = nodes[node].posting { found.add(posting) }
        }
    }

    /// Adds a node and the one behind its `#`, which is reached without a word.
    private func reach(_ node: Int, _ reached: inout [Int]) {
        reached.append(node)
        if let many = nodes[node].many { reached.append(many) }
    }

    /// Sorts, and leaves out repetitions: a node is reached on several ways when `#` stands between.
    private static func distinct(_ numbers: [Int]) -> [Int] {
        guard numbers.count > 1 else { return numbers }
        var distinct: [Int] = []
        for number in numbers.sorted() where distinct.last != number { distinct.append(number) }
        return distinct
    }
}
