import JSON

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

    /// What does not hold of exchange and routing key.
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

    /// A failure of a transport condition; bytes that are no text are shown with replacement characters.
    private static func failure(_ place: ConditionFailure.Place, wanted: [String], found: [UInt8]) -> ConditionFailure {
        let text = JSONValue.string(String(decoding: found, as: UTF8.self)).text()
        return ConditionFailure(
            place: place, path: [], node: nil,
            wanted: clip(JSONValue.array(wanted.map { .string($0) }).text(), to: 200),
            cause: .notAccepted, found: [.init(location: "/\(place.rawValue)", value: text)], more: 0,
            closestElement: nil)
    }

    /// A body pattern needs an object: the last row of section 4.3.
    private static func notAnObject(_ node: JSONNode?, _ pattern: EventPattern) -> ConditionFailure {
        ConditionFailure(
            place: .body, path: [], node: pattern.node, wanted: "an object",
            cause: node == nil ? .missing : .notAccepted,
            found: node.map { [.init(location: "$", value: clip($0.text(), to: 80))] } ?? [], more: 0,
            closestElement: nil)
    }
}
