import JSON

/// Evaluates one tree as the definition reads, and keeps what does not hold.
///
/// Slower than matching, because values are collected; only asked when something is to be shown.
struct TreeExplainer {
    /// A list that does not hold, before it is put into words.
    struct Miss {
        let condition: PatternCondition
        var values: [JSONNode]
        var more: Int
        var closestElement: JSONNode?
    }

    private let pattern: EventPattern
    private let conditions: [Int: [PatternCondition]]
    private let children: [Int: [Int]]

    /// Most elements of a list that are compared to find the closest.
    private static let mostElements = 200

    init(_ pattern: EventPattern, tree: [PatternCondition]) {
        self.pattern = pattern
        conditions = Dictionary(grouping: tree) { $0.path }
        var children: [Int: [Int]] = [:]
        var seen: Set<Int> = []
        for condition in tree {
            var path = condition.path
            while path != PathTable.root, seen.insert(path).inserted {
                let parent = pattern.paths.paths[path].parent
                children[parent, default: []].append(path)
                path = parent
            }
        }
        self.children = children.mapValues { $0.sorted() }
    }

    /// What does not hold for a value; nothing when the tree holds.
    func misses(in value: JSONNode?) -> [Miss] {
        misses(below: PathTable.root, in: value)
    }

    /// The definition's `tree(P, v)`, with what fails instead of whether it does.
    private func misses(below path: Int, in value: JSONNode?) -> [Miss] {
        switch value?.kind {
        case .object: return (children[path] ?? []).flatMap { misses(at: $0, in: value) }
        case .array:
            let elements = value?.elements.filter { $0.kind == .object || $0.kind == .array } ?? []
            return elements.isEmpty ? absent(below: path) : misses(below: path, inEachOf: elements)
        default: return absent(below: path)
        }
    }

    /// What fails at one member: its list by itself, then the object below it.
    private func misses(at path: Int, in object: JSONNode?) -> [Miss] {
        let value = object?.member(pattern.paths.paths[path].name)
        var misses: [Miss] = []
        for condition in conditions[path] ?? [] where !pattern.lists[condition.list].holds(value) {
            misses.append(Miss(condition: condition, values: value.map { [$0] } ?? [], more: 0, closestElement: nil))
        }
        if children[path] != nil { misses += self.misses(below: path, in: value) }
        return misses
    }

    /// What fails where an object is absent: every list below that does not accept absence.
    private func absent(below path: Int) -> [Miss] {
        (children[path] ?? []).flatMap { child in
            let missing = (conditions[child] ?? []).filter { !pattern.lists[$0.list].acceptsAbsent }
            return missing.map { Miss(condition: $0, values: [], more: 0, closestElement: nil) } + absent(below: child)
        }
    }

    /// The misses of the closest element.
    ///
    /// A condition that no element meets carries the values of all of them.
    private func misses(below path: Int, inEachOf elements: [JSONNode]) -> [Miss] {
        let tried = elements.prefix(Self.mostElements).map { (element: $0, misses: misses(below: path, in: $0)) }
        guard let closest = tried.min(by: { $0.misses.count < $1.misses.count }), !closest.misses.isEmpty else {
            return []
        }
        return closest.misses.map { miss in
            let same = tried.compactMap { $0.misses.first { $0.condition == miss.condition } }
            var miss = miss
            if same.count == tried.count {
                let values = same.flatMap(\.values)
                miss.values = Array(values.prefix(ConditionFailure.mostFound))
                miss.more = values.count - miss.values.count + same.reduce(0) { $0 + $1.more }
            } else if miss.closestElement == nil {
                miss.closestElement = closest.element
            }
            return miss
        }
    }
}
