package import AMQP

/// The queue that a shadow looks at, and what reaches it.
package struct ShadowTopology: Sendable, Equatable {
    /// `orders.shadow`: of its own, so that the source queue keeps what is in it.
    package let queue: String
    /// What is asked of the broker.
    package let topology: Topology
    /// Mappings that name no exchange or no routing key, so that nothing is bound for them.
    package let unbound: [String]

    /// The shadow of a source queue, for these bindings.
    ///
    /// The default exchange reaches a queue by its name alone: what is published so goes to the source queue and to no
    /// other, and a binding to it counts as none.
    package init(source: String, mappings: [(name: String, bindings: [TopologyPlan.Binding])]) {
        queue = "\(source).shadow"
        let bound = Set(mappings.flatMap(\.bindings)).filter { !$0.exchange.isEmpty }.sorted()
        var steps: [Topology.Step] = [.declarePassingQueue(queue)]
        for exchange in Set(bound.map(\.exchange)).sorted() { steps.append(.expectExchange(exchange)) }
        for binding in bound {
            steps.append(.bind(queue: queue, exchange: binding.exchange, routingKey: binding.routingKey))
        }
        topology = Topology(steps)
        unbound = mappings.filter { $0.bindings.allSatisfy(\.exchange.isEmpty) }.map(\.name).sorted()
    }

    /// What an operator is told of mappings that the shadow sees nothing for; nil where there are none.
    package var advice: (sentence: String, advice: String)? {
        guard !unbound.isEmpty else { return nil }
        return (
            "nothing is bound to \(queue) for the mappings that name no exchange or no routing key: "
                + unbound.joined(separator: ", "),
            "bind \(queue) to what they should see while this runs (rabbitmqadmin declare binding source=EXCHANGE "
                + "destination=\(queue) routing_key=KEY), or name both in \"when\""
        )
    }

    /// What a report of the topology means.
    package enum Verdict: Sendable, Equatable {
        /// All is there, and nobody else looks.
        case usable
        /// It cannot work until a person changes something: a line each.
        case refuse([String])
    }

    /// Judges a report.
    package func judge(_ report: TopologyReport) -> Verdict {
        guard report.failures.isEmpty else { return .refuse(report.failures.map(\.error.description)) }
        guard let status = report.queues[queue], status.consumers > 0 else { return .usable }
        return .refuse(["another shadow consumes \(queue): each would see a part of the events; end it first"])
    }
}
