import JSON

/// Whether two conditions can be met by one event.
package enum EventOverlap: Sendable {
    /// No event meets both, as long as the paths hold single values.
    case none
    /// One may: the witness does, proven by matching. Without one it could neither be made nor excluded.
    case may(witness: EventWitness?)

    /// Most pairs of alternatives that are looked at before the answer is left open.
    private static let mostPairs = 256

    /// Compares two conditions.
    ///
    /// Lists at the same path must share a value: literals, prefixes, suffixes, wildcards (through their automata),
    /// ranges, blocks of addresses. A path is taken for a single value, although two elements of one list could meet
    /// two lists that share nothing: reporting that for every pair would say nothing. `arrays` names the paths that are
    /// known to hold lists (from test events), and there the elements are counted too.
    package static func between(_ left: EventCondition, _ right: EventCondition, arrays: Set<[String]> = [])
        -> EventOverlap
    {
        guard let exchange = sharedExchange(left, right), let key = sharedKey(left, right) else { return .none }
        var parts: [EventPart: JSONMeeting] = [:]
        for part in EventPart.allCases {
            let meeting = meeting(left.pattern(part), right.pattern(part), part == .body ? arrays : [])
            if case .impossible = meeting { return .none }
            parts[part] = meeting
        }
        guard let body = parts[.body]?.value ?? .some(.object([])), parts.values.allSatisfy(\.isKnown) else {
            return .may(witness: nil)
        }
        let witness = EventWitness(
            exchange: exchange, routingKey: key, headers: parts[.headers]?.value, properties: parts[.properties]?.value,
            body: body)
        guard let view = witness.view, left.matches(view), right.matches(view) else { return .may(witness: nil) }
        return .may(witness: witness)
    }

    /// An exchange that both accept; any will do where neither names one.
    private static func sharedExchange(_ left: EventCondition, _ right: EventCondition) -> String? {
        switch (left.exchanges, right.exchanges) {
        case (nil, nil): "events"
        case (let list?, nil), (nil, let list?): list.names.first
        case (let mine?, let theirs?): mine.names.first { theirs.contains(Array($0.utf8)) }
        }
    }

    /// A routing key that both accept, from the first pair of patterns that meet.
    private static func sharedKey(_ left: EventCondition, _ right: EventCondition) -> String? {
        switch (left.routingKeys, right.routingKeys) {
        case (nil, nil): return "any"
        case (let keys?, nil), (nil, let keys?): return keys.lazy.compactMap { $0.sharedKey(with: $0) }.first
        case (let mine?, let theirs?):
            for key in mine {
                for other in theirs {
                    if let shared = key.sharedKey(with: other) { return shared }
                }
            }
            return nil
        }
    }

    /// Goes through the pairs of alternatives until one gives a value that both patterns accept.
    ///
    /// Impossible only when every pair is proven impossible; the value is matched before it is believed.
    private static func meeting(_ left: EventPattern?, _ right: EventPattern?, _ arrays: Set<[String]>) -> JSONMeeting {
        guard let first = left ?? right else { return .nothing }
        let second = left == nil ? nil : right
        var isProven = true
        var pairs = 0
        for tree in first.trees {
            for other in second?.trees ?? [[]] {
                guard pairs < mostPairs else { return .unknown }
                pairs += 1
                var witness = WitnessTree(arrays: arrays)
                witness.add(tree, of: first)
                if let second { witness.add(other, of: second) }
                do {
                    let value = try witness.value()
                    if first.matches(value), second?.matches(value) ?? true { return .value(value) }
                    isProven = false
                } catch {
                    if error == .unknown { isProven = false }
                }
            }
        }
        return isProven ? .impossible : .unknown
    }
}
