package import AMQP
import JSON
import Poll
import Relay

/// Which queues and bindings a bridge needs, and what a missing one means.
package enum TopologyPlan {
    /// A binding that a mapping asks for.
    package struct Binding: Sendable, Hashable {
        /// The exchange; it must exist.
        package let exchange: String
        /// The routing key, wildcards included.
        package let routingKey: String

        /// A binding.
        package init(exchange: String, routingKey: String) {
            self.exchange = exchange
            self.routingKey = routingKey
        }

        /// Equal bytes, as the broker compares names: one that only looks alike is another binding.
        package static func == (left: Binding, right: Binding) -> Bool {
            left.exchange.hasBytes(of: right.exchange) && left.routingKey.hasBytes(of: right.routingKey)
        }
    }

    /// What the consumer asks for before it consumes.
    ///
    /// With `declares` everything is made that the bridge owns; exchanges are the shop's and only expected. Without,
    /// everything is only expected. Each exchange is looked at before anything is bound, so that its lack has its own
    /// message.
    package static func consumer(_ names: QueueNames, declares: Bool, bindings: [Binding]) -> Topology {
        guard declares else {
            return Topology([.expectQueue(names.source)] + (queues(names).map { .expectQueue($0.name) }))
        }
        var steps: [Topology.Step] = [.declareQueue(names.source)] + declarations(names)
        var seen: Set<AMQPText> = []
        for binding in bindings where seen.insert(AMQPText(binding.exchange)).inserted {
            steps.append(.expectExchange(binding.exchange))
        }
        // The default exchange binds every queue by its name, and takes no bindings.
        for binding in bindings where !binding.exchange.isEmpty {
            steps.append(.bind(queue: names.source, exchange: binding.exchange, routingKey: binding.routingKey))
        }
        return Topology(steps)
    }

    /// What the publisher asks for before it publishes.
    package static func publisher(_ names: QueueNames, declares: Bool) -> Topology {
        Topology(declares ? declarations(names) : [.expectQueue(names.parking)])
    }

    /// What a failed step means for the bridge.
    package enum Verdict: Sendable, Equatable {
        /// Nothing that matters is missing; the words of what is, for the log.
        case usable(missing: [BrokerError])
        /// It is tried again later.
        case retry(BrokerError)
        /// It cannot work until a person changes something: an error at start.
        case refuse([BrokerError])
    }

    /// Judges a report.
    ///
    /// At the first connection a missing parking queue or exchange is an error that ends the start; later, or where it
    /// is the source queue, it is waited for. A missing delay queue is told and stops nothing: what needs it waits.
    package static func judge(_ report: TopologyReport, _ names: QueueNames, isFirst: Bool) -> Verdict {
        var missing: [BrokerError] = []
        var grave: [BrokerError] = []
        for failure in report.failures {
            switch failure.step {
            case .expectQueue(names.source), .declareQueue: return .retry(failure.error)
            case .expectQueue(let name) where name != names.parking: missing.append(failure.error)
            default: grave.append(failure.error)
            }
        }
        guard let first = grave.first else { return .usable(missing: missing) }
        return isFirst ? .refuse(grave) : .retry(first)
    }

    /// What a queue of ours has to be declared with, for whoever makes it by hand; nil for a queue that is not ours.
    package static func needs(_ name: String, _ names: QueueNames, _ version: ServerVersion?) -> String? {
        let steps = [.declareQueue(names.source)] + declarations(names)
        guard let step = steps.first(where: { $0.queue == name }),
            let arguments = step.declaredArguments(version ?? oldest)
        else { return nil }
        let members = arguments.sorted { $0.key.rawValue < $1.key.rawValue }.map { argument, text in
            (name: argument.rawValue, value: numeric.contains(argument) ? number(text) : .string(text))
        }
        // Older brokers do not know -1, and newer ones have a limit of 20 without it.
        let limit =
            version == nil && name == names.parking ? ", from RabbitMQ 4.0 on \"x-delivery-limit\":-1 as well" : ""
        return "durable, with the arguments \(JSONValue.object(members).text())\(limit)"
    }

    private static let oldest = ServerVersion(3, 10)
    private static let numeric: Set<QueueArgument> = [.timeToLive, .deliveryLimit]

    private static func number(_ text: String) -> JSONValue {
        Int(text).map { .number(JSONNumber($0)) } ?? .string(text)
    }

    /// What a broker's error says, and what a missing queue of ours must be.
    package static func words(_ error: BrokerError, _ names: QueueNames) -> String {
        guard case .queueMissing(let name) = error.fault, let needs = needs(name, names, nil) else {
            return error.description
        }
        return "\(error.description); \(name) is to be \(needs)"
    }

    private static func queues(_ names: QueueNames) -> [(name: String, delay: Duration?)] {
        [(names.parking, nil)] + names.ladder.enumerated().map { (names.delay(step: $0.offset), $0.element) }
    }

    private static func declarations(_ names: QueueNames) -> [Topology.Step] {
        queues(names).map { queue in
            guard let delay = queue.delay else { return .declareParkingQueue(queue.name) }
            let milliseconds = delay.nanoseconds / 1_000_000
            return .declareDelayQueue(queue.name, delayMilliseconds: milliseconds, returningTo: names.source)
        }
    }
}
