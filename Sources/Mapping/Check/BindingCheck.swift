import EventPattern
import JSON

/// What brings messages into a queue: an exchange and the routing keys that are bound.
struct QueueBinding {
    /// The exchange; empty for the default exchange.
    let exchange: String
    /// The routing keys.
    let pattern: RoutingKeyPattern
}

extension MappingSet {
    /// Warnings W232 for a queue by the settings: mappings that no event can reach.
    ///
    /// A bridge that declares binds its queue to what the mappings name, so all its bindings are known. Otherwise only
    /// those of the default exchange are, which delivers to every queue by its name and to nothing else.
    package func unreachable(onQueue queue: String?, declares: Bool) -> [Diagnostic] {
        var bindings = queue.flatMap { try? RoutingKeyPattern($0) }.map { [QueueBinding(exchange: "", pattern: $0)] }
        if declares { bindings = (bindings ?? []) + mappings.filter(\.isEnabled).flatMap(\.bindings) }
        guard let bindings else { return [] }
        let judged = mappings.filter { declares || $0.condition.exchanges?.names.allSatisfy(\.isEmpty) == true }
        return MappingSet.unreachable(judged, by: bindings)
    }

    /// Those of some mappings that no binding can deliver an event to.
    static func unreachable(_ mappings: [Mapping], by bindings: [QueueBinding]) -> [Diagnostic] {
        mappings.filter { $0.isEnabled && !$0.isReachable(by: bindings) }.map { mapping in
            Diagnostic(
                file: mapping.file, position: mapping.marks.when.position, code: .unreachableMapping,
                pointer: mapping.marks.when.pointer,
                message: "no binding of the queue delivers what \"\(mapping.name)\" waits for",
                hint: mapping.bindingHint(bindings))
        }
    }
}

extension Mapping {
    /// The bindings that the mapping asks for: each exchange with each routing key, where it names both; the default
    /// exchange takes none.
    fileprivate var bindings: [QueueBinding] {
        (condition.exchanges?.names ?? []).filter { !$0.isEmpty }.flatMap { exchange in
            (condition.routingKeys ?? []).map { QueueBinding(exchange: exchange, pattern: $0) }
        }
    }

    fileprivate func isReachable(by bindings: [QueueBinding]) -> Bool {
        bindings.contains { binding in
            let exchange = condition.exchanges?.contains(Array(binding.exchange.utf8)) ?? true
            return exchange && (condition.routingKeys?.contains { $0.sharedKey(with: binding.pattern) != nil } ?? true)
        }
    }

    fileprivate func bindingHint(_ bindings: [QueueBinding]) -> String {
        let missing = [("exchange", condition.exchanges == nil), ("routing_key", condition.routingKeys == nil)]
            .filter(\.1).map { "\"\($0.0)\"" }
        let bound = bindings.prefix(5).map { binding in
            binding.exchange.isEmpty ? "its own name \"\(binding.pattern)\"" : "\(binding.exchange) \(binding.pattern)"
        }
        let hint =
            bound.isEmpty ? "the queue has no bindings" : "the queue is bound to \(bound.joined(separator: ", "))"
        return missing.isEmpty ? hint : "\(hint); add \(missing.joined(separator: " and ")), and it is bound to that"
    }
}
