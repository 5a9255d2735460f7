import JSON

/// Equality of arrays and objects: elements in order, members in any order.
extension VisitBudget {
    /// Compares two containers with a list of what is still to be compared instead of recursion.
    mutating func sameTree(_ left: JSONNode, _ right: JSONNode) throws(LimitReached) -> Bool {
        var pending = [(left, right)]
        while let (left, right) = pending.popLast() {
            try spend(1 + left.count)
            guard left.kind == right.kind, left.count == right.count else { return false }
            switch left.kind {
            case .array: pending.append(contentsOf: zip(left.elements, right.elements))
            case .object:
                guard let pairs = try pairs(left, right) else { return false }
                pending.append(contentsOf: pairs)
            default:
                guard try equal(.node(left), .node(right)) else { return false }
            }
        }
        return true
    }

    /// The values of members with equal names, or nil when the names differ.
    ///
    /// Mostly both objects name their members in the same order. Otherwise both sides are sorted by hash and bytes, so
    /// that no choice of names makes it slow. Where an object names a member twice, the order of the text decides
    /// between the two.
    private mutating func pairs(_ left: JSONNode, _ right: JSONNode) throws(LimitReached) -> [(JSONNode, JSONNode)]? {
        if let pairs = try pairs(Array(left.members), Array(right.members)) { return pairs }
        try spend(left.count * VisitBudget.sortingCost)
        return try pairs(VisitBudget.sorted(left), VisitBudget.sorted(right))
    }

    private mutating func pairs(
        _ left: [JSONMember], _ right: [JSONMember]
    ) throws(LimitReached) -> [(JSONNode, JSONNode)]? {
        var pairs: [(JSONNode, JSONNode)] = []
        for (mine, theirs) in zip(left, right) {
            guard try sameText(mine.nameNode, theirs.nameNode) else { return nil }
            pairs.append((mine.value, theirs.value))
        }
        return pairs
    }

    /// What sorting two members costs, in visits: the logarithm of the largest objects, in comparisons.
    private static let sortingCost = 8

    private static func sorted(_ object: JSONNode) -> [JSONMember] {
        object.members.sorted { left, right in
            let (mine, theirs) = (left.nameNode, right.nameNode)
            if mine.stringHash != theirs.stringHash { return mine.stringHash < theirs.stringHash }
            let (name, other) = (mine.utf8, theirs.utf8)
            if name.elementsEqual(other) { return mine.index < theirs.index }
            return name.lexicographicallyPrecedes(other)
        }
    }
}
