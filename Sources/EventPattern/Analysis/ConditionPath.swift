package import JSON

/// A path that a condition speaks about, for checks that hold conditions against test events.
package struct ConditionPath: Sendable {
    /// The part of the event.
    package let part: EventPart
    /// The member names from the part's root.
    package let names: [String]
    /// The value list.
    package let node: JSONNode
    /// Whether the list accepts the absence of a value.
    package let acceptsAbsent: Bool
}

extension EventCondition {
    /// Every path that the condition speaks about, once for each value list, in the order of the text.
    package var paths: [ConditionPath] {
        EventPart.allCases.flatMap { part in pattern(part)?.conditionPaths(part) ?? [] }
    }
}

extension EventPattern {
    /// The names of operators, which members of an event hardly have.
    package static var operatorNames: [String] { Operator.names }

    /// Every path that the pattern speaks about, once for each value list, in the order of the text.
    package func conditionPaths(_ part: EventPart = .body) -> [ConditionPath] {
        locatedLists.map { path, list in
            ConditionPath(
                part: part, names: paths.names(of: path).map(\.text), node: list.node,
                acceptsAbsent: list.acceptsAbsent)
        }
    }

    /// Every list with its path; a list that stands in several trees once.
    var locatedLists: [(path: Int, list: ValueList)] {
        var places = [Int](repeating: PathTable.root, count: lists.count)
        for condition in trees.joined() { places[condition.list] = condition.path }
        return zip(places, lists).map { ($0, $1) }
    }
}
