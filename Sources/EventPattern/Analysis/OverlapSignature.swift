import JSON

/// What a condition demands by equality, kept so that two conditions can be told apart in a fraction of a microsecond.
///
/// Two conditions that name different values for one place have nothing in common; hashes of the values are enough to see
/// that, because equal values have equal hashes. Everything else is left to the exact comparison.
struct OverlapSignature {
    /// One place in an event (an exchange, a key, a path) and the values that it may hold, as hashes.
    struct Demand {
        let place: Int
        let values: Set<Int>
    }

    /// Ordered by place.
    private(set) var demands: [Demand] = []

    init(_ condition: EventCondition, arrays: Set<[String]>) {
        var byPlace: [Int: Set<Int>] = [:]
        if let exchanges = condition.exchanges { byPlace[-1] = Set(exchanges.names.map { Array($0.utf8).hashValue }) }
        if let keys = condition.routingKeys, keys.allSatisfy(\.isLiteral) {
            byPlace[-2] = Set(keys.map { Array($0.text.utf8).hashValue })
        }
        for part in EventPart.allCases {
            guard let pattern = condition.pattern(part) else { continue }
            let lists = OverlapSignature.equalities(pattern, arrays: part == .body ? arrays : [])
            for (names, values) in lists { byPlace[OverlapSignature.place(part, names)] = values }
        }
        demands = byPlace.map { Demand(place: $0.key, values: $0.value) }.sorted { $0.place < $1.place }
    }

    /// Whether one place must hold different values for the two.
    func excludes(_ other: OverlapSignature) -> Bool {
        var (mine, theirs) = (0, 0)
        while mine < demands.count, theirs < other.demands.count {
            let (left, right) = (demands[mine], other.demands[theirs])
            if left.place < right.place {
                mine += 1
            } else if left.place > right.place {
                theirs += 1
            } else {
                if left.values.isDisjoint(with: right.values) { return true }
                mine += 1
                theirs += 1
            }
        }
        return false
    }

    /// A number for a path; two paths that share one only cost an exact comparison.
    private static func place(_ part: EventPart, _ names: [JSONName]) -> Int {
        var hasher = Hasher()
        hasher.combine(part)
        hasher.combine(names)
        return hasher.finalize()
    }

    /// The paths at which every tree has a list of nothing but literals, with the hashes of those.
    private static func equalities(_ pattern: EventPattern, arrays: Set<[String]>) -> [(
        names: [JSONName], values: Set<Int>
    )] {
        let literals = pattern.lists.map(literals)
        var trees: [Int: Int] = [:]
        var values: [Int: Set<Int>] = [:]
        for condition in pattern.trees.joined() {
            guard let found = literals[condition.list] else { continue }
            trees[condition.path, default: 0] += 1
            values[condition.path, default: []].formUnion(found)
        }
        return values.compactMap { path, values in
            let names = pattern.paths.names(of: path)
            let isList = names.indices.contains { arrays.contains(names[...$0].map(\.text)) }
            return trees[path] == pattern.trees.count && !isList ? (names, values) : nil
        }
    }

    /// The hashes of a list of nothing but literals; nil for any other list.
    private static func literals(_ list: ValueList) -> Set<Int>? {
        guard !list.acceptsAbsent else { return nil }
        var hashes: Set<Int> = []
        for test in list.tests {
            switch test {
            case .text(let name): hashes.insert(name.utf8.hashValue)
            case .number(let number): hashes.insert(number.hashValue)
            case .bool(let bool): hashes.insert(bool.hashValue)
            case .null: hashes.insert(0)
            case .exists, .form, .numeric, .cidr, .anythingBut: return nil
            }
        }
        return hashes
    }
}
