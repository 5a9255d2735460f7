import Altcraft
import Relay

extension Scenario {
    /// Draws the mappings and the events that they want.
    mutating func drawEvents(_ generator: inout SeededGenerator) {
        let targets = 1 + generator.below(3)
        let lanes = 1 + generator.below(6)
        let policies = (0..<targets).map { _ in policy(&generator) }
        // Drawn apart, so that what was drawn before stays as it was.
        var batches = SeededGenerator(seed: generator.next())
        let mappings = policies.map { mapping($0, &batches) }
        var time: Int64 = 0
        for event in 0..<2 + generator.below(7) {
            time += Int64(generator.below(generator.percent(20) ? 4000 : 60)) * Scenario.millisecond
            let isBad = generator.percent(4)
            var owed: [Int] = []
            if !isBad && !generator.percent(4) {
                for _ in 0..<(generator.percent(25) ? 2 + generator.below(2) : 1) {
                    let target = generator.below(targets)
                    owed.append(
                        addPart(event, target, generator.below(lanes), mappings[target], time, &generator)
                    )
                }
            }
            let copies = kind != .outage && generator.percent(5) ? 2 : 1
            events.append(SimulatedEvent(time: time, parts: owed, isBad: isBad, copies: copies))
        }
    }

    private func policy(_ generator: inout SeededGenerator) -> LaunchPolicy {
        var policy = LaunchPolicy()
        policy.attempts = 1 + generator.below(7)
        policy.whenUnsure = generator.percent(40) ? .park : .retry
        policy.priority = Priority.allCases[generator.below(3)]
        if generator.percent(10) { policy.rate = RateLimit(perSecond: 3, burst: 1) }
        if kind == .outage {
            // A few failures are spent before an outage is seen as one; where probes are blind, some more.
            policy.attempts = isProbeBlind ? 10 : 5
            policy.whenUnsure = .retry
            policy.priority = .normal
            policy.rate = nil
        }
        return policy
    }

    /// How the launches of a mapping are made.
    struct SimulatedMapping {
        var policy: LaunchPolicy
        var call = Call.triggerStart
        var isByID = false
    }

    /// Lets some mappings share calls, and some of those by tasks.
    private func mapping(_ policy: LaunchPolicy, _ generator: inout SeededGenerator) -> SimulatedMapping {
        var mapping = SimulatedMapping(policy: policy)
        guard generator.percent(50) else { return mapping }
        mapping.policy.batch = BatchPolicy(
            maxItems: 1 + generator.below(6), maxWait: .milliseconds(Int64(generator.below(2_000))),
            parksUnreported: generator.percent(50))
        mapping.call = generator.percent(20) ? .triggerStartBatchTask : .triggerStartBatch
        mapping.isByID = generator.percent(50)
        return mapping
    }

    private mutating func addPart(
        _ event: Int,
        _ target: Int,
        _ lane: Int,
        _ mapping: SimulatedMapping,
        _ time: Int64,
        _ generator: inout SeededGenerator
    ) -> Int {
        let isQuiet = kind == .outage
        var key = keyCount
        // The same order twice, under another event: only a ledger can tell.
        if settings.hasLedger, !isQuiet, let other = parts.last, other.event != event, generator.percent(8) {
            key = other.key
        } else {
            keyCount += 1
        }
        let shared = parts.last { $0.key == key }
        let call = shared?.call ?? mapping.call
        let nature: SimulatedPart.Nature =
            isQuiet || !generator.percent(12) ? .plain : Scenario.oddNature(call, &generator)
        let expiry = Simulation.wallStart + time / Scenario.second + Int64(generator.below(120))
        parts.append(
            SimulatedPart(
                index: parts.count,
                event: event,
                target: shared?.target ?? target,
                lane: lane,
                key: key,
                policy: shared?.policy ?? mapping.policy,
                call: call,
                isByID: shared?.isByID ?? mapping.isByID,
                expiresAt: !isQuiet && generator.percent(10) ? expiry : nil,
                isAllowed: isQuiet || !generator.percent(4),
                nature: nature
            )
        )
        return parts.count - 1
    }

    /// Only a batch's answer can leave somebody out: the model's tasks tell no numbers.
    private static func oddNature(_ call: Call, _ generator: inout SeededGenerator) -> SimulatedPart.Nature {
        if call == .triggerStartBatch, generator.percent(33) { return .absent }
        return generator.percent(50) ? .refused : .poison
    }
}
