import JSON

/// Files every mapping under its access predicate.
///
/// Two passes: the first counts how many trees share each predicate, the second picks for every mapping the place where
/// it has the fewest neighbours. Where one tree of a part has no predicate, that part cannot find the mapping.
struct IndexBuilder {
    private(set) var postings: [[Int]] = []
    private(set) var routing = RoutingTrie()
    private(set) var always: [Int] = []
    private(set) var residual: [Int] = []

    private let entries: [EventIndex.Entry]
    private var paths: [EventPart: PathTable] = [:]
    private var tables: [EventPart: [Int: LeafTable]] = [:]
    private var uses: [Use: Int] = [:]
    private var bindingUses: [Binding: Int] = [:]

    /// A predicate at a path: what is counted.
    private struct Use: Hashable {
        let part: EventPart
        let path: Int
        let predicate: AccessPredicate
    }

    /// An exchange (nil is any) and the words of one routing key.
    private struct Binding: Hashable {
        let exchange: [UInt8]?
        let words: [RoutingKeyPattern.Word]
    }

    /// One list of a tree, seen as a way to find the mapping.
    private struct Access {
        let part: EventPart
        let path: Int
        let predicates: [AccessPredicate]
        let ranges: [NumericRange]
    }

    init(_ entries: [EventIndex.Entry]) {
        self.entries = entries
    }

    /// Counts, then files.
    mutating func fileAll() {
        var ways: [[[[Access]]]] = []
        for entry in entries { ways.append(EventPart.allCases.map { accesses(entry.condition, $0) }) }
        for (place, parts) in ways.enumerated() {
            for access in parts.joined().joined() {
                for predicate in access.predicates {
                    uses[Use(part: access.part, path: access.path, predicate: predicate), default: 0] += 1
                }
            }
            for binding in bindings(entries[place].condition) { bindingUses[binding, default: 0] += 1 }
        }
        for (place, parts) in ways.enumerated() { file(place, parts) }
    }

    /// The finished indexes of the parts that have any.
    func partIndexes() -> [(part: EventPart, index: PathIndex)] {
        EventPart.allCases.compactMap { part in
            guard let tables = tables[part], let paths = paths[part] else { return nil }
            let sealed = tables.mapValues { table in
                var table = table
                table.seal()
                return table
            }
            return (part, PathIndex(paths: paths, tables: sealed))
        }
    }

    /// The ways to find each tree of a pattern; a tree without any is an empty list.
    private mutating func accesses(_ condition: EventCondition, _ part: EventPart) -> [[Access]] {
        guard let pattern = condition.pattern(part) else { return [] }
        let known = pattern.lists.map(AccessPredicate.of)
        let places = pattern.paths.paths.indices.map { path in
            pattern.paths.names(of: path).reduce(PathTable.root) { place, name in
                paths[part, default: PathTable()].child(of: place, named: name)
            }
        }
        return pattern.trees.map { tree in
            tree.compactMap { condition in
                guard let (predicates, ranges) = known[condition.list] else { return nil }
                return Access(part: part, path: places[condition.path], predicates: predicates, ranges: ranges)
            }
        }
    }

    /// The bindings of a condition: each exchange with each key, or none where it names neither.
    private func bindings(_ condition: EventCondition) -> [Binding] {
        guard condition.exchanges != nil || condition.routingKeys != nil else { return [] }
        let exchanges: [[UInt8]?] = condition.exchanges.map { $0.names.map { Array($0.utf8) } } ?? [nil]
        let keys = condition.routingKeys.map { $0.map(\.words) } ?? [[.many]]
        return exchanges.flatMap { exchange in keys.map { Binding(exchange: exchange, words: $0) } }
    }

    /// Files one mapping where the fewest neighbours are to be expected.
    ///
    /// Any one part of the content will do, because all parts must hold; but every tree of that part must be filed,
    /// because
    /// any of them may.
    private mutating func file(_ place: Int, _ parts: [[[Access]]]) {
        let bindings = bindings(entries[place].condition)
        let ways = parts.filter { !$0.isEmpty }.compactMap(cheapest)
        let best = ways.min { $0.cost < $1.cost }
        if best == nil, parts.contains(where: { !$0.isEmpty }) { residual.append(place) }
        let routingCost = bindings.map(cost).max() ?? .max
        if let best, best.cost <= routingCost {
            for access in best.accesses { file(place, under: access) }
        } else if !bindings.isEmpty, !bindings.contains(Binding(exchange: nil, words: [.many])) {
            for binding in bindings { file(place, under: binding) }
        } else {
            always.append(place)
        }
    }

    /// The best list of every tree of a part, and the neighbours to expect; nil where a tree has none.
    private func cheapest(_ trees: [[Access]]) -> (accesses: [Access], cost: Int)? {
        var accesses: [Access] = []
        var worst = 0
        for tree in trees {
            guard let best = tree.map({ (access: $0, cost: cost($0)) }).min(by: { $0.cost < $1.cost }) else {
                return nil
            }
            accesses.append(best.access)
            worst = max(worst, best.cost)
        }
        return (accesses, worst)
    }

    /// Candidates to expect from the most crowded predicate of a list.
    private func cost(_ access: Access) -> Int {
        access.predicates.map { predicate in
            let use = Use(part: access.part, path: access.path, predicate: predicate)
            return (uses[use] ?? 0) * predicate.weight
        }.max() ?? .max
    }

    /// A wildcard counts for more, because events meet it beside other bindings.
    private func cost(_ binding: Binding) -> Int {
        let isLiteral = !binding.words.contains { $0 == .many || $0 == .one }
        return (bindingUses[binding] ?? 0) * (isLiteral ? 2 : 8)
    }

    /// Files a mapping under all predicates of one list; each range has a posting of its own in the range tree.
    private mutating func file(_ place: Int, under access: Access) {
        var table = tables[access.part, default: [:]].removeValue(forKey: access.path) ?? LeafTable()
        for predicate in access.predicates where predicate != .range {
            append(place, to: table.posting(for: predicate) { newPosting() })
        }
        for range in access.ranges {
            let posting = newPosting()
            append(place, to: posting)
            table.add(range, posting: posting)
        }
        tables[access.part, default: [:]][access.path] = table
    }

    /// Files a mapping under one binding.
    private mutating func file(_ place: Int, under binding: Binding) {
        var trie = RoutingTrie()
        swap(&trie, &routing)
        append(place, to: trie.posting(exchange: binding.exchange, words: binding.words) { newPosting() })
        swap(&trie, &routing)
    }

    private mutating func newPosting() -> Int {
        postings.append([])
        return postings.count - 1
    }

    /// Adds a place once; places come in ascending order.
    private mutating func append(_ place: Int, to posting: Int) {
        if postings[posting].last != place { postings[posting].append(place) }
    }
}
