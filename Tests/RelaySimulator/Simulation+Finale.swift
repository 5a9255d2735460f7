import Relay

extension Simulation {
    /// What must hold when everything is over.
    func checkFinale() {
        oracle.require(isAlive && broker.isDrained, "the queues are not empty in the end")
        for part in scenario.parts { checkEnd(of: part) }
        for (index, event) in scenario.events.enumerated() where event.isBad {
            oracle.require(oracle.parkedEvents[index] > 0, "event \(index) is not parked")
        }
        checkEmpty()
        if losses == 0 { checkCounts() }
        if scenario.kind == .outage { checkCalm() }
        if scenario.kind == .outage && !oracle.usedLadder { checkPublishedOrder() }
    }

    /// No event without an end.
    private func checkEnd(of part: SimulatedPart) {
        let (key, state) = (oracle.keys[part.key], oracle.parts[part.index])
        let isLaunched = key.isTold && (!scenario.settings.hasLedger || key.isRecorded)
        oracle.require(isLaunched || state.isSkipped || state.parked > 0, "part \(part.index) has no end")
        // What a batch finds nobody for may count as launched, where the mapping has it so.
        let findsNobody = mayFindNobody(part)
        if isLaunched, !findsNobody {
            oracle.require(key.carriedOut > 0, "part \(part.index) is launched in name only")
        }
        let mayRepeat = key.isUnsure || (!scenario.settings.hasLedger && deaths > 0)
        oracle.require(key.carriedOut <= 1 || mayRepeat, "part \(part.index) is launched \(key.carriedOut) times")
    }

    private func mayFindNobody(_ part: SimulatedPart) -> Bool {
        scenario.parts.contains { other in
            other.key == part.key && other.nature == .absent && !(other.policy.batch?.parksUnreported ?? true)
        }
    }

    /// Nothing is left behind in the relay.
    private func checkEmpty() {
        let rest = relay.snapshot
        oracle.require(oracle.open.isEmpty, "\(oracle.open.count) deliveries were forgotten")
        oracle.require(rest.deliveries == 0, "\(rest.deliveries) deliveries are left")
        oracle.require(rest.launches == 0, "\(rest.launches) launches are left")
        oracle.require(rest.inFlight == 0, "\(rest.inFlight) places in flight are left")
        oracle.require(rest.lanes == 0, "\(rest.lanes) lanes are left")
        oracle.require(rest.keys == 0, "\(rest.keys) keys are left")
        oracle.require(rest.publishing == 0, "\(rest.publishing) publishes are left")
    }

    /// Without losses each event is settled once for each time that it came, and parked once.
    private func checkCounts() {
        for (index, event) in scenario.events.enumerated() {
            let passes = event.parts.map { oracle.parts[$0].delayed }.reduce(0, +)
            let ends = oracle.ends[index]
            oracle.require(ends >= event.copies, "event \(index) is settled \(ends) times of \(event.copies)")
            oracle.require(ends <= event.copies + passes, "event \(index) is settled \(ends) times of \(event.copies)")
            for part in event.parts {
                let parked = oracle.parts[part].parked
                oracle.require(parked <= event.copies, "part \(part) is parked \(parked) times")
            }
        }
    }

    /// A platform that is down is left in peace: a few tries to see it, and one now and then.
    private func checkCalm() {
        let length = scenario.windows.map { ($0.end - $0.start) / Scenario.second }.reduce(0, +)
        // Where probes are blind and few recipients are there, each launch may have to use up its attempts.
        let tries = (scenario.isProbeBlind ? 10 : 4) * scenario.parts.count
        let limit = 10 + 4 * scenario.settings.inFlight + tries + Int(length) / 10
        let sends = oracle.sendsInOutage
        oracle.require(sends <= limit, "\(sends) requests in an outage of \(length) s, more than \(limit)")
    }

    /// An outage keeps the order of each lane.
    private func checkPublishedOrder() {
        for lane in oracle.acceptances {
            oracle.require(lane == lane.sorted(), "the outage changed the order of a lane: \(lane)")
        }
    }
}
