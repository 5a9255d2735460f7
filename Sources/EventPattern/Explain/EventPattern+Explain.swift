package import JSON

extension EventPattern {
    /// Most alternatives that are compared to find the closest.
    private static let mostExplained = 100

    /// Says which conditions a value does not meet.
    ///
    /// Where `$or` gives alternatives, the one with the fewest open conditions is told.
    package func explain(_ value: JSONNode?) -> PatternExplanation {
        explain(value, at: .value)
    }

    func explain(_ value: JSONNode?, at place: ConditionFailure.Place) -> PatternExplanation {
        guard !matches(value) else { return PatternExplanation(failures: [], alternatives: trees.count) }
        let closest =
            trees.prefix(Self.mostExplained).map { TreeExplainer(self, tree: $0).misses(in: value) }.min {
                $0.count < $1.count
            } ?? []
        return PatternExplanation(failures: closest.map { failure($0, place) }, alternatives: trees.count)
    }

    /// Puts a miss into the form that people and programs read.
    private func failure(_ miss: TreeExplainer.Miss, _ place: ConditionFailure.Place) -> ConditionFailure {
        let list = lists[miss.condition.list]
        let leaves = EventPattern.leaves(of: miss.values)
        let shown = leaves.prefix(ConditionFailure.mostFound)
        return ConditionFailure(
            place: place, path: paths.names(of: miss.condition.path).map(\.text), node: list.node,
            wanted: clip(list.node.text(), to: 200), cause: EventPattern.cause(miss.values, leaves, list),
            found: shown.map { .init(location: "\($0.normalizedPath)", value: clip($0.text(), to: 80)) },
            more: leaves.count - shown.count + miss.more,
            closestElement: miss.closestElement.map { "\($0.normalizedPath)" })
    }

    /// Why a list does not hold, from what stands at its path.
    private static func cause(_ values: [JSONNode], _ leaves: [JSONNode], _ list: ValueList) -> ConditionFailure.Cause {
        if let value = values.first, leaves.isEmpty { return .notALeaf(value.kind) }
        if leaves.isEmpty { return .missing }
        let wantsAbsence = list.tests.allSatisfy { test in
            if case .exists(false) = test { true } else { false }
        }
        return wantsAbsence ? .notWanted : .notAccepted
    }

    /// The scalars among values, looking through lists but not into objects; at most a hundred of them.
    private static func leaves(of values: [JSONNode]) -> [JSONNode] {
        var leaves: [JSONNode] = []
        var open = Array(values.reversed())
        while let value = open.popLast(), leaves.count < 100 {
            switch value.kind {
            case .object: continue
            case .array: open += value.elements.prefix(100).reversed()
            default: leaves.append(value)
            }
        }
        return leaves
    }
}
