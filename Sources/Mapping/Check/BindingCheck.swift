package import EventPattern
import JSON

/// What brings messages into a queue: an exchange and the routing keys that are bound.
package struct QueueBinding: Sendable, Hashable {
    /// The exchange; empty for the default exchange.
    package let exchange: String
    /// The routing keys.
    package let pattern: RoutingKeyPattern

    /// Makes a binding.
    package init(exchange: String, pattern: RoutingKeyPattern) {
        self.exchange = exchange
        self.pattern = pattern
    }
}

extension MappingSet {
    /// Warnings W232: mappings that no binding of the configured queues can deliver an event to.
    package func unreachable(by bindings: [QueueBinding]) -> [Diagnostic] {
        mappings.filter { $0.isEnabled && !$0.isReachable(by: bindings) }.map { mapping in
            let shown = bindings.prefix(5).map { "\($0.exchange) \($0.pattern)" }.joined(separator: ", ")
            return Diagnostic(
                file: mapping.file, position: mapping.marks.when.position, code: .unreachableMapping,
                pointer: mapping.marks.when.pointer,
                message: "no binding of the queue delivers what \"\(mapping.name)\" waits for",
                hint: bindings.isEmpty ? "the queue has no bindings" : "the queue is bound to \(shown)")
        }
    }
}

extension Mapping {
    fileprivate func isReachable(by bindings: [QueueBinding]) -> Bool {
        bindings.contains { binding in
            let exchange = condition.exchanges?.contains(Array(binding.exchange.utf8)) ?? true
            return exchange && (condition.routingKeys?.contains { $0.sharedKey(with: binding.pattern) != nil } ?? true)
        }
    }
}
