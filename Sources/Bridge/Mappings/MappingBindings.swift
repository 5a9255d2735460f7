import AMQP

/// What a broker says when it is asked for bindings.
package enum BindingAnswer: Sendable {
    /// It answered; what it does not take, each with the reason.
    case answered(unbindable: [TopologyPlan.Binding: String])
    /// It could not be asked, or not for all of them.
    case unreachable(String)

    /// Which of the bindings are not there for sure, each with the reason.
    func unbindable(_ asked: [TopologyPlan.Binding]) -> [TopologyPlan.Binding: String] {
        switch self {
        case .answered(let unbindable): unbindable
        case .unreachable(let reason): Dictionary(asked.map { ($0, reason) }, uniquingKeysWith: { first, _ in first })
        }
    }
}

extension TopologyPlan {
    /// What is asked for before mappings with new routing keys go live.
    static func bindings(_ bindings: [Binding], queue: String) -> Topology {
        var seen: Set<AMQPText> = []
        let exchanges = bindings.map(\.exchange).filter { seen.insert(AMQPText($0)).inserted }
        return Topology(
            exchanges.map { .expectExchange($0) }
                + bindings.filter { !$0.exchange.isEmpty }.map {
                    .bind(queue: queue, exchange: $0.exchange, routingKey: $0.routingKey)
                })
    }

    /// Which of the bindings could not be made, each with the first reason.
    static func unbindable(_ bindings: [Binding], _ report: TopologyReport) -> [Binding: String] {
        var unbindable: [Binding: String] = [:]
        for failure in report.failures {
            for binding in bindings where unbindable[binding] == nil && failure.step.concerns(binding) {
                unbindable[binding] = failure.error.description
            }
        }
        return unbindable
    }
}

extension Topology.Step {
    /// Whether a binding cannot be without this step.
    fileprivate func concerns(_ binding: TopologyPlan.Binding) -> Bool {
        switch self {
        case .expectExchange(let name): name == binding.exchange
        case .bind(_, let exchange, let routingKey): exchange == binding.exchange && routingKey == binding.routingKey
        default: false
        }
    }
}

extension TopologyPlan.Binding: Comparable {
    /// By exchange, then by routing key: the order in which people read them.
    package static func < (left: Self, right: Self) -> Bool {
        (left.exchange, left.routingKey) < (right.exchange, right.routingKey)
    }
}
