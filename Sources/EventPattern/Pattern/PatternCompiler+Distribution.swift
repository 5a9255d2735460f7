import JSON

/// Phase (a) of the definition: `$or` is removed by distribution.
///
/// A tree is a set of (path, list) pairs, so merging trees is joining sets, and two lists for one path are two pairs with
/// one path.
extension PatternCompiler {
    typealias Tree = [PatternCondition]

    /// The `$or`-free trees of a pattern, or none where a limit is passed.
    mutating func distribute(_ root: Group, at node: JSONNode) -> [Tree] {
        let size = PatternCompiler.size(root)
        guard size.trees <= limits.trees, size.conditions <= limits.conditions else {
            let largest = PatternCompiler.firstChoice(root) ?? node
            report(
                .beyondLimits, largest, excess(size),
                hint: "alternatives for one member need no \"$or\": list its values side by side")
            return []
        }
        let trees = PatternCompiler.expand(root)
        reportConflicts(trees)
        return trees
    }

    /// Which limit is passed.
    private func excess(_ size: Size) -> String {
        size.trees > limits.trees
            ? "the alternatives multiply to \(size.text) trees; at most \(limits.trees) are allowed"
            : "the pattern amounts to more than the \(limits.conditions) lists of values that are allowed"
    }

    /// How many trees a group becomes, and how many lists they hold, counted before anything is multiplied out.
    private struct Size {
        var trees = 1
        var conditions = 0

        var text: String { trees >= 1_000_000_000 ? "more than a billion" : "\(trees)" }

        /// All trees of one side joined with all of the other.
        mutating func multiply(_ other: Size) {
            let left = PatternCompiler.product(conditions, other.trees)
            let right = PatternCompiler.product(trees, other.conditions)
            conditions = min(left + right, 1_000_000_000)
            trees = PatternCompiler.product(trees, other.trees)
        }

        /// The trees of one side beside those of the other.
        mutating func add(_ other: Size) {
            trees = min(trees + other.trees, 1_000_000_000)
            conditions = min(conditions + other.conditions, 1_000_000_000)
        }
    }

    /// Multiplies up to a bound, so that no nesting of alternatives overflows.
    private static func product(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? 1_000_000_000 : min(product, 1_000_000_000)
    }

    /// The size of a group: all its parts joined, each choice the sum of its branches.
    private static func size(_ group: Group) -> Size {
        var size = Size(trees: 1, conditions: group.conditions.count)
        for nested in group.nested { size.multiply(self.size(nested)) }
        for choice in group.choices {
            var sum = Size(trees: 0, conditions: 0)
            for branch in choice.branches { sum.add(self.size(branch)) }
            size.multiply(sum)
        }
        return size
    }

    /// The trees of a group; its size has been found bearable.
    private static func expand(_ group: Group) -> [Tree] {
        var trees: [Tree] = [group.conditions]
        for nested in group.nested { trees = joined(trees, expand(nested)) }
        for choice in group.choices { trees = joined(trees, choice.branches.flatMap(expand)) }
        return trees
    }

    /// Every tree of one side with every tree of the other.
    private static func joined(_ left: [Tree], _ right: [Tree]) -> [Tree] {
        left.flatMap { tree in right.map { tree + $0 } }
    }

    /// The outermost `$or`, for a message to point to.
    private static func firstChoice(_ group: Group) -> JSONNode? {
        group.choices.first?.node ?? group.nested.lazy.compactMap(firstChoice).first
    }

    /// Reports each list that meets another one at its path, once.
    private mutating func reportConflicts(_ trees: [Tree]) {
        var reported: Set<Int> = []
        for tree in trees {
            var holders: [Int: Int] = [:]
            for condition in tree {
                guard let earlier = holders.updateValue(condition.list, forKey: condition.path),
                    reported.insert(condition.list).inserted
                else { continue }
                let path = paths.names(of: condition.path).map(\.text).joined(separator: ".")
                report(
                    .contradiction, lists[condition.list].node,
                    "\"\(clip(path))\" has a list here and another one at \(lists[earlier].node.position)",
                    hint: "a path may have a list outside \"$or\" or in its branches, not both")
            }
        }
    }
}
