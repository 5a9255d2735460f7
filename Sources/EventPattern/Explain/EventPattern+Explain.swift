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

    private func failure(_ miss: TreeExplainer.Miss, _ place: ConditionFailure.Place) -> ConditionFailure {
        let list = lists[miss.condition.list]
        let leaves = EventPattern.leaves(of: miss.values)
        let shown = leaves.prefix(ConditionFailure.mostFound)
        return ConditionFailure(
            place: place, path: paths.names(of: miss.condition.path).map(\.text), node: list.node,
            wanted: clip(list.node.text(), to: 200), cause: EventPattern.cause(miss.values, leaves, list),
            found: shown.map { .init(location: $0.normalizedPath, value: clip($0.text(), to: 80)) },
            more: leaves.count - shown.count + miss.more, closestElement: miss.closestElement?.normalizedPath)
    }

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

extension EventCondition {
    /// Says which conditions an event does not meet: transport first, then every part of the content.
    package func explain(_ event: EventView) -> PatternExplanation {
        var failures = transportFailures(event)
        var alternatives = 1
        for part in EventPart.allCases {
            guard let pattern = pattern(part), let place = ConditionFailure.Place(rawValue: part.rawValue) else {
                continue
            }
            let node = event.node(part)
            if part == .body, node?.kind != .object {
                failures.append(EventCondition.notAnObject(node, pattern))
                continue
            }
            let explanation = pattern.explain(node, at: place)
            failures += explanation.failures
            if !explanation.matches { alternatives = max(alternatives, explanation.alternatives) }
        }
        return PatternExplanation(failures: failures, alternatives: alternatives)
    }

    private func transportFailures(_ event: EventView) -> [ConditionFailure] {
        var failures: [ConditionFailure] = []
        if let exchanges, !exchanges.contains(event.exchange) {
            failures.append(EventCondition.failure(.exchange, wanted: exchanges.names, found: event.exchange))
        }
        if let routingKeys, !routingKeys.contains(where: { $0.matches(event.routingKey) }) {
            failures.append(
                EventCondition.failure(.routingKey, wanted: routingKeys.map(\.text), found: event.routingKey))
        }
        return failures
    }

    private static func failure(_ place: ConditionFailure.Place, wanted: [String], found: [UInt8]) -> ConditionFailure {
        let text = JSONValue.string(String(decoding: found, as: UTF8.self)).text()
        return ConditionFailure(
            place: place, path: [], node: nil,
            wanted: clip(JSONValue.array(wanted.map { .string($0) }).text(), to: 200),
            cause: .notAccepted, found: [.init(location: "/\(place.rawValue)", value: text)], more: 0,
            closestElement: nil)
    }

    private static func notAnObject(_ node: JSONNode?, _ pattern: EventPattern) -> ConditionFailure {
        ConditionFailure(
            place: .body, path: [], node: pattern.node, wanted: "an object",
            cause: node == nil ? .missing : .notAccepted,
            found: node.map { [.init(location: "$", value: clip($0.text(), to: 80))] } ?? [], more: 0,
            closestElement: nil)
    }
}
