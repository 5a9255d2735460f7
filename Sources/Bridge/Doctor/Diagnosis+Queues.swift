import AMQP
import Poll
import Settings

/// The queues: there, of the right kind, and losing nothing.
extension Diagnosis {
    /// Every queue of the bridge.
    var queuesOfPlan: [String] {
        [plan.queues.source, plan.queues.parking] + plan.queues.ladder.indices.map { plan.queues.delay(step: $0) }
    }

    mutating func judgeQueues(_ broker: BrokerFacts) {
        judgeSource(broker)
        judgeParking(broker)
        for step in plan.queues.ladder.indices { judgeDelay(step, broker) }
        guard broker.queues.values.contains(where: { $0.presence.isPresent }) else { return }
        find(
            .policies, "policies", .unseen, "what policies add to the queues cannot be seen over AMQP",
            "rabbitmqctl list_policies -p \(plan.virtualHost), and which applies: "
                + "rabbitmqctl list_queues -p \(plan.virtualHost) name type policy arguments")
    }

    private mutating func judgeSource(_ broker: BrokerFacts) {
        let name = plan.queues.source
        guard let queue = present(name, .queue, broker, ifMissing: .error) else { return }
        guard agrees(queue.facts, .declareQueue(name), .queueKind, broker) else { return judgeConsumers(queue) }
        judgeKind(queue.facts, "queue \(name)", .queueKind)
        judgeDeliveryLimit(queue.facts, broker)
        judgeLosses(queue.facts, "queue \(name)", .queueLimits)
        judgeConsumers(queue)
    }

    private mutating func judgeDeliveryLimit(_ facts: QueueFacts, _ broker: BrokerFacts) {
        let subject = "queue \(plan.queues.source)"
        guard facts[.type] == .value("quorum") else { return }
        let limit: String
        switch (facts[.deliveryLimit], broker.server.version.map { $0 >= ServerVersion(4, 0) } ?? true) {
        case (.value(let text), _) where text.hasPrefix("-"):
            return unseenLimit(subject, "what is given back more often is deleted")
        case (.value(let text), _): limit = text
        case (.absent, false):
            return unseenLimit(subject, "what is given back more often is deleted")
        case (.absent, true): limit = "20 (the default since RabbitMQ 4.0)"
        case (.unseen, _):
            return find(
                .deliveryLimit, subject, .unseen, "its delivery limit was not told",
                "rabbitmqctl list_queues -p \(plan.virtualHost) name arguments policy")
        }
        switch facts[.deadLetterExchange] {
        case .value(let exchange):
            find(.deliveryLimit, subject, .ok, "delivery limit \(limit), then dead-lettered to \"\(exchange)\"")
        case .absent, .unseen:
            find(
                .deliveryLimit, subject, .warning,
                "delivery limit \(limit) and no dead-letter exchange: what is given back more often is dropped",
                "set a dead-letter exchange or a limit of -1 by a policy (rabbitmqctl set_policy)")
        }
    }

    /// A policy may set what no argument does; AMQP shows neither the policy nor what follows from it.
    private mutating func unseenLimit(_ subject: String, _ danger: String) {
        find(
            .deliveryLimit, subject, .unseen,
            "delivery limit: none in its arguments; a policy is unseen, and with one \(danger)",
            "rabbitmqctl list_policies -p \(plan.virtualHost)")
    }

    private mutating func judgeConsumers(_ queue: QueueInspection) {
        guard case .present(let status) = queue.presence else { return }
        let subject = "queue \(plan.queues.source)"
        var others = Int(status.consumers)
        if case .inUse = facts.ledger { others = max(0, others - 1) }
        guard others > 0 else {
            return find(.consumers, subject, .ok, "\(status.messages) message(s) ready, no other consumer")
        }
        guard facts.ledger != .off else {
            return find(.consumers, subject, .ok, "\(status.messages) message(s) ready, \(others) other consumer(s)")
        }
        find(
            .consumers, subject, .warning, "\(others) other consumer(s), and the ledger is local",
            "an event redelivered to another bridge may launch again: run one bridge for a queue "
                + "(rabbitmqctl list_consumers -p \(plan.virtualHost))")
    }

    private mutating func judgeParking(_ broker: BrokerFacts) {
        let name = plan.queues.parking
        guard let queue = present(name, .parking, broker, ifMissing: .error) else { return }
        guard agrees(queue.facts, .declareParkingQueue(name), .parking, broker) else { return }
        let before = findings.count
        judgeKind(queue.facts, name, .parking)
        judgeLosses(queue.facts, name, .parking)
        judgeParkingLimit(queue.facts, broker)
        guard !findings[before...].contains(where: { $0.severity > .ok }) else { return }
        find(.parking, name, .ok, "keeps what is parked")
        unseenLimit(name, "what is looked at often is deleted, as each look counts as a delivery")
    }

    /// Looking at a message and giving it back counts as a delivery.
    private mutating func judgeParkingLimit(_ facts: QueueFacts, _ broker: BrokerFacts) {
        let hasDefault = broker.server.version.map { $0 >= ServerVersion(4, 0) } ?? true
        switch facts[.deliveryLimit] {
        case .value(let text) where !text.hasPrefix("-"): break
        case .absent where hasDefault && facts[.type] == .value("quorum"): break
        default: return
        }
        find(
            .parking, plan.queues.parking, .warning,
            "has a delivery limit: what is looked at often is deleted, as each look counts as a delivery",
            "declare it with x-delivery-limit -1, or set that by a policy")
    }

    private mutating func judgeDelay(_ step: Int, _ broker: BrokerFacts) {
        let (name, delay) = (plan.queues.delay(step: step), plan.queues.ladder[step])
        let milliseconds = delay.nanoseconds / 1_000_000
        guard let queue = present(name, .delay, broker, ifMissing: .warning) else { return }
        let declaration = Topology.Step.declareDelayQueue(
            name, delayMilliseconds: milliseconds, returningTo: plan.queues.source)
        guard agrees(queue.facts, declaration, .delay, broker) else { return }
        let differences = differences(queue.facts, declaration, broker)
        guard !differences.isEmpty else {
            let isSeen = queue.facts[.timeToLive] != .unseen
            return find(
                .delay, name, isSeen ? .ok : .unseen,
                isSeen ? "gives back after \(DurationText.describe(delay))" : "is there; its arguments were not told",
                isSeen ? nil : "rabbitmqctl list_queues -p \(plan.virtualHost) name arguments")
        }
        let stranding: Set<QueueArgument> = [.timeToLive, .deadLetterExchange, .deadLetterRoutingKey]
        let strands = differences.contains { stranding.contains($0.argument) }
        find(
            .delay, name, strands ? .error : .warning,
            (strands ? "does not give back after \(DurationText.describe(delay)): " : "may lose what waits in it: ")
                + differences.map(\.sentence).joined(separator: ", "),
            "delete it when it is empty and declare it anew, or let broker.declare do so")
    }

    /// The queue, or a finding about why it cannot be judged.
    private mutating func present(
        _ name: String, _ check: DoctorFinding.Check, _ broker: BrokerFacts,
        ifMissing severity: DoctorFinding.Severity
    ) -> QueueInspection? {
        let subject = check == .queue ? "queue \(name)" : name
        guard let queue = broker.queues[name] else {
            find(check, subject, .unseen, "was not looked at")
            return nil
        }
        switch queue.presence {
        case .present:
            if check == .queue { find(check, subject, .ok, "is there") }
            return queue
        case .missing where plan.declares && isConsumed(broker):
            find(check, subject, .ok, "is not there: the bridge that runs declares it again within seconds")
        case .missing where plan.declares: find(check, subject, .ok, "is not there yet: run declares it")
        case .missing:
            let needs = TopologyPlan.needs(name, plan.queues, broker.server.version).map { " (\($0))" } ?? ""
            find(
                check, subject, severity,
                severity == .error ? "is not there: run does not begin" : "is not there: what must wait long cannot",
                "create it\(needs), or set broker.declare to true")
        case .closed(let reason):
            find(check, subject, .error, "cannot be looked at: \(reason)", "look into the broker's log")
        }
        return nil
    }

    /// Whether somebody takes events, as a bridge does: it makes its queues by itself when they go.
    private func isConsumed(_ broker: BrokerFacts) -> Bool {
        guard case .present(let status)? = broker.queues[plan.queues.source]?.presence else { return false }
        return status.consumers > 0
    }

    /// Whether the declaration at start would be taken; nothing is declared without `broker.declare`.
    private mutating func agrees(
        _ facts: QueueFacts, _ step: Topology.Step, _ check: DoctorFinding.Check, _ broker: BrokerFacts
    ) -> Bool {
        guard plan.declares else { return true }
        var words = differences(facts, step, broker).map(\.sentence)
        if !facts.isDurable { words.append("it is not durable") }
        if facts.isAutoDelete { words.append("it is auto-delete") }
        guard !words.isEmpty else { return true }
        let name = step.queue ?? ""
        find(
            check, check == .queueKind ? "queue \(name)" : name, .error,
            "broker.declare asks for another queue of this name: \(words.joined(separator: ", "))",
            "delete the queue when it is empty, choose another broker.queue, or set broker.declare to false")
        return false
    }

    private struct Difference {
        let argument: QueueArgument
        let sentence: String
    }

    private func differences(
        _ facts: QueueFacts, _ step: Topology.Step, _ broker: BrokerFacts
    ) -> [Difference] {
        let wanted = step.declaredArguments(broker.server.version) ?? [:]
        return QueueArgument.allCases.compactMap { argument in
            let needed = wanted[argument]
            switch facts[argument] {
            case .unseen: return nil
            case .absent where needed == nil: return nil
            case .value(let text) where text == needed: return nil
            // A classic queue has that type, also where nobody named it.
            case .absent where argument == .type && needed == "classic": return nil
            case .absent: return Difference(argument: argument, sentence: "no \(argument.rawValue) \(needed ?? "")")
            case .value(let text):
                let end = needed.map { ", not \($0.isEmpty ? "\"\"" : $0)" } ?? ""
                return Difference(argument: argument, sentence: "\(argument.rawValue) is \(text)\(end)")
            }
        }
    }

    private mutating func judgeKind(_ facts: QueueFacts, _ subject: String, _ check: DoctorFinding.Check) {
        switch facts[.type] {
        case .value("quorum"):
            if check == .queueKind { find(check, subject, .ok, "is a quorum queue") }
        case .value("stream"):
            find(check, subject, .error, "is a stream: it is not consumed away", "make a quorum queue")
        case .value, .absent:
            find(
                check, subject, .warning, "is a classic queue: what it holds is lost with its node",
                "declare a quorum queue (x-queue-type quorum) in its place")
        case .unseen:
            find(
                check, subject, .unseen, "its type was not told",
                "rabbitmqctl list_queues -p \(plan.virtualHost) name type arguments")
        }
        if !facts.isDurable {
            find(
                check, subject, .warning, "is not durable: a restart of the broker loses it",
                "declare a durable queue")
        }
    }

    /// Arguments by which a broker drops messages by itself.
    private mutating func judgeLosses(_ facts: QueueFacts, _ subject: String, _ check: DoctorFinding.Check) {
        var losses: [String] = []
        if facts.isAutoDelete { losses.append("it goes with its last consumer (auto-delete)") }
        if case .value(let time) = facts[.expiry] {
            losses.append("it goes after \(time) ms without a consumer (x-expires)")
        }
        if case .value(let time) = facts[.timeToLive], case .absent = facts[.deadLetterExchange] {
            losses.append("its messages go after \(time) ms (x-message-ttl)")
        }
        for argument in [QueueArgument.maximumMessages, .maximumBytes] {
            guard case .value(let most) = facts[argument] else { continue }
            if case .value(let overflow) = facts[.overflow], overflow.hasPrefix("reject-publish") { continue }
            losses.append("its oldest messages go above \(most) (\(argument.rawValue))")
        }
        guard !losses.isEmpty else { return }
        find(
            check, subject, .warning, "events can be lost: \(losses.joined(separator: "; "))",
            "declare the queue without that, or with x-overflow reject-publish and a dead-letter exchange")
    }
}

extension QueuePresence {
    /// Whether the queue is there.
    var isPresent: Bool {
        if case .present = self { true } else { false }
    }
}
