import AMQP
import Settings

/// The broker as a whole: the session, permissions, exchanges, times.
extension Diagnosis {
    mutating func judgeBroker() {
        switch facts.broker {
        case .unreachable(let error):
            find(.connection, "broker", .error, "\(error.peer): \(error.fault.happened)", error.fault.advice)
        case .late(let time):
            find(
                .connection, "broker", .error, "no answer within \(DurationText.describe(time))",
                "look at broker.url, the name service and the broker's load")
        case .seen(let broker):
            judgeSession(broker)
            judgeQueues(broker)
            judgePermissions(broker)
            judgeExchanges(broker)
            judgeTimes(broker)
        }
    }

    private mutating func judgeSession(_ broker: BrokerFacts) {
        let product = broker.server.product ?? "a broker"
        let version = broker.server.version.map { " \($0)" } ?? ""
        find(.connection, "broker", .ok, "\(product)\(version) at \(broker.peer), virtual host \(plan.virtualHost)")
        if let version = broker.server.version, version < ServerVersion(3, 8) {
            find(
                .connection, "broker", .error, "RabbitMQ \(version) has no quorum queues",
                "run RabbitMQ 3.10 or later")
        }
        if let blocking = broker.blocking {
            find(
                .publishers, "broker", .error, "it blocks publishers: \(blocking)",
                "free memory or disk on the broker: nothing can be parked or delayed meanwhile")
        }
        if let error = broker.interruption {
            find(
                .connection, "broker", broker.blocking == nil ? .error : .unseen,
                "the session ended before all was seen: \(error.fault.happened)", error.fault.advice)
        }
    }

    private mutating func judgePermissions(_ broker: BrokerFacts) {
        let source = plan.queues.source
        judge(broker.consuming, .consuming, "consume \(source)", "read permission on \(source)")
        judge(broker.publishing, .publishing, "publish to queues", "write permission on amq.default")
        guard plan.declares else { return }
        let refused = queuesOfPlan.compactMap { name -> String? in
            guard case .refused? = broker.queues[name]?.declaring else { return nil }
            return name
        }
        guard let first = refused.first else {
            guard broker.queues[source]?.declaring == .granted else { return }
            return find(.declaring, "permission", .ok, "may declare its queues")
        }
        find(
            .declaring, "permission", .error, "may not declare \(refused.joined(separator: ", "))",
            "give the user configure permission on \(first) (rabbitmqctl set_permissions), or create the queues and "
                + "set broker.declare to false")
    }

    private mutating func judge(
        _ permission: Permission, _ check: DoctorFinding.Check, _ what: String, _ needed: String
    ) {
        switch permission {
        case .granted: find(check, "permission", .ok, "may \(what)")
        case .refused(let words):
            find(
                check, "permission", .error, "may not \(what): \(words)",
                "give the user \(needed) (rabbitmqctl set_permissions -p \(plan.virtualHost) …)")
        case .unseen(let reason):
            find(
                check, "permission", .unseen, "whether it may \(what) was not seen: \(reason)",
                "rabbitmqctl list_permissions -p \(plan.virtualHost)")
        }
    }

    private mutating func judgeExchanges(_ broker: BrokerFacts) {
        for exchange in plan.exchanges where !exchange.isEmpty {
            switch broker.exchanges[exchange] {
            case true: find(.exchange, "exchange \(exchange)", .ok, "is there")
            case false:
                find(
                    .exchange, "exchange \(exchange)", plan.declares ? .error : .warning,
                    "mappings name it, and it is not there", "create it, or correct its name in the mappings")
            default: find(.exchange, "exchange \(exchange)", .unseen, "could not be looked at")
            }
        }
        judgeBindings()
    }

    private mutating func judgeBindings() {
        if !plan.unboundMappings.isEmpty {
            let names = plan.unboundMappings.joined(separator: ", ")
            find(
                .bindings, "bindings", .warning, "no exchange or no routing key is named by: \(names)",
                "nothing is bound for them: bind \(plan.queues.source) to what they should see, or name both in \"when\""
            )
        }
        guard !plan.declares, !plan.bindings.isEmpty else { return }
        find(
            .bindings, "bindings", .unseen, "the \(plan.bindings.count) that mappings need cannot be seen over AMQP",
            "rabbitmqctl list_bindings -p \(plan.virtualHost)")
    }

    private mutating func judgeTimes(_ broker: BrokerFacts) {
        let half = plan.acknowledgementTimeout / 2
        let longest = longestHold
        let sum =
            "prefetch \(plan.prefetch), \(plan.inFlight) in flight, slowest call "
            + DurationText.describe(plan.slowestCall)
        if longest > half {
            find(
                .acknowledgementTimeout, "acknowledgement", .warning,
                "\(sum): a delivery may be held for \(Self.rough(longest)), and is given back after \(Self.rough(half))",
                "lower broker.prefetch or altcraft.timeout, or raise altcraft.in_flight or altcraft.rate")
        } else {
            find(
                .acknowledgementTimeout, "acknowledgement", .ok,
                "\(sum): a delivery is held for \(Self.rough(longest)) at most, half the timeout is \(Self.rough(half))"
            )
        }
        judgeTimeout(broker.queues[plan.queues.source]?.facts[.consumerTimeout] ?? .unseen)
    }

    /// The broker's own timeout is the node's, a policy's or the queue's; only the last can be seen.
    private mutating func judgeTimeout(_ reading: QueueFacts.Reading) {
        let set = DurationText.describe(plan.acknowledgementTimeout)
        guard case .value(let text) = reading, let milliseconds = Int64(text) else {
            return find(
                .acknowledgementTimeout, "acknowledgement", .unseen,
                "the broker's consumer_timeout cannot be seen over AMQP; broker.acknowledgement_timeout says \(set)",
                "rabbitmqctl eval 'application:get_env(rabbit, consumer_timeout).'")
        }
        let timeout = Duration.milliseconds(milliseconds)
        guard timeout < plan.acknowledgementTimeout else { return }
        find(
            .acknowledgementTimeout, "acknowledgement", .error,
            "the queue's x-consumer-timeout is \(DurationText.describe(timeout)), broker.acknowledgement_timeout says \(set)",
            "set broker.acknowledgement_timeout to \(DurationText.describe(timeout))")
    }

    /// How long the last of a whole prefetch waits when every call takes as long as it may.
    private var longestHold: Duration {
        let rounds = (plan.prefetch + plan.inFlight - 1) / max(plan.inFlight, 1)
        let calls = plan.slowestCall * rounds
        guard let rate = plan.rate else { return calls }
        return max(calls, .seconds(Double(plan.prefetch) / rate))
    }

    /// A time as people say it.
    static func rough(_ time: Duration) -> String {
        DurationText.describe(.seconds(max(1, time.components.seconds)))
    }
}
