package import Altcraft
import Outcome
import Poll

extension Relay {
    /// Takes in what became of a request.
    package mutating func answered(_ id: LaunchID, _ outcome: LaunchOutcome, at now: Moment) {
        guard launches.contains(id), launches[id].state == .sending else { return note(.stale(.answer)) }
        let blame = blame(for: id, outcome.reason)
        judge(id, outcome, now: now)
        switch outcome {
        case .accepted: accept(id, now: now)
        case .refused(let refusal): refuse(id, refusal, blame: blame, now: now)
        case .busy(let busy):
            fail(id, .busy, busy.reason, retryAfter: busy.retryAfter, blame: blame, now: now)
        case .unknown(let reason):
            fail(id, .unknown, reason, retryAfter: nil, blame: blame, now: now)
        }
        advance(now)
    }

    /// Takes in that a launch's request cannot be written: its own fault, of which the platform knows nothing.
    package mutating func unsendable(_ id: LaunchID, _ refusal: Refusal, at now: Moment) {
        guard launches.contains(id), launches[id].state == .sending else { return note(.stale(.answer)) }
        withdrawTrials(id)
        refuse(id, refusal, blame: .event, now: now)
        advance(now)
    }

    /// The platform took it: recorded, and only then over.
    ///
    /// Its lane goes on at once.
    mutating func accept(_ id: LaunchID, now: Moment) {
        if launches[id].isUnsure { note(.maybeRepeated(id)) }
        remember(id, .launched)
        leaveLane(id)
        guard settings.hasLedger else { return finish(id, .launched, now: now) }
        move(id, to: .recording)
        askLedger(id)
    }

    /// The platform refused it: parked, unless the target refuses everybody.
    mutating func refuse(_ id: LaunchID, _ refusal: Refusal, blame: Blame, now: Moment) {
        launches[id].reason = .refused
        launches[id].detail = "error \(refusal.code)" + (refusal.text.isEmpty ? "" : ": \(refusal.text)")
        let target = launches[id].planned.request.target
        guard let health = targets[target], health.isRefusing, health.circuit.isOpen, !ladder.isEmpty else {
            return conclude(id, .parked(.refused, .refused), now: now)
        }
        guard launches[id].delivery != nil else { return drop(id) }
        if blame == .event { launches[id].attempts += 1 }
        guard launches[id].attempts < launches[id].planned.policy.attempts else {
            return conclude(id, .parked(.refused, .refused), now: now)
        }
        let step = ladder.step(passes: launches[id].postponed)
        launches[id].postponed += 1
        postpone(id, step: step, reason: .refused, now: now)
    }

    /// It failed: again later, parked, or left to the broker.
    mutating func fail(
        _ id: LaunchID,
        _ launchClass: LaunchClass,
        _ reason: Reason,
        retryAfter: Duration?,
        blame: Blame,
        now: Moment
    ) {
        launches[id].reason = reason
        launches[id].failures += 1
        if launchClass == .unknown {
            launches[id].isUnsure = true
            if launches[id].planned.policy.whenUnsure == .park {
                remember(id, .unsure)
                return conclude(id, .parked(.unknown, reason), now: now)
            }
        }
        let isSpent = blame == .event || (blame == .eventUnlessOpened && isCircuitClosed(for: id))
        if isSpent { launches[id].attempts += 1 }
        let attempts = launches[id].attempts
        let failure = LaunchFailure(launchClass: launchClass, reason: reason, isSpent: isSpent, attempts: attempts)
        note(.attemptFailed(id, failure))
        guard launches[id].delivery != nil, stopping == .no else { return leave(id, now: now) }
        if isSpent && attempts >= launches[id].planned.policy.attempts {
            return conclude(id, .parked(.exhausted, reason), now: now)
        }
        retry(id, retryAfter: retryAfter, isSpent: isSpent, now: now)
    }

    /// Waits in flight where the wait is short, or where the platform as a whole has to get well first; else on the
    /// ladder.
    private mutating func retry(_ id: LaunchID, retryAfter: Duration?, isSpent: Bool, now: Moment) {
        let target = launches[id].planned.request.target
        if let circuit = targets[target]?.circuit, circuit.isOpen {
            let step = ladder.step(passes: launches[id].postponed)
            launches[id].postponed += 1
            return postpone(id, step: step, reason: launches[id].reason, now: now)
        }
        let backoff = settings.backoff.wait(failures: launches[id].failures, using: &generator)
        guard isSpent, !ladder.isEmpty else { return wait(id, backoff, now: now) }
        let needed = max(backoff, retryAfter ?? .zero)
        let passes = launches[id].attempts - settings.shortWaits - 1
        if passes < 0 && needed <= settings.backoff.ceiling { return wait(id, needed, now: now) }
        let step = max(ladder.step(passes: passes), ladder.step(atLeast: retryAfter ?? .zero))
        postpone(id, step: step, reason: launches[id].reason, now: now)
    }

    /// Whom a failure speaks of, as the circuits stand before it is counted.
    ///
    /// While they are closed it is the event's own, unless it is the one that opens them; while they are open it is
    /// nobody's. While one is tried and all else is known to be well, an event that makes it stumble all the same is made
    /// to pay, as nothing else would ever end it. The ladder stretches that over more than an hour.
    func blame(for id: LaunchID, _ reason: Reason?) -> Blame {
        let circuit = targets[launches[id].planned.request.target]?.circuit
        let isTrial =
            platform.isConfidentTrial(epoch: launches[id].epoch)
            || (circuit?.isConfidentTrial(epoch: launches[id].targetTrial) ?? false)
        if isTrial, reason?.mayBeOwnFault ?? false { return .event }
        return isCircuitClosed(for: id) && launches[id].epoch == platform.epoch ? .eventUnlessOpened : .nobody
    }

    /// Whether platform and target are well, so that a failure is the event's own.
    private func isCircuitClosed(for id: LaunchID) -> Bool {
        guard platform.isClosed else { return false }
        guard !targets.isEmpty, let health = targets[launches[id].planned.request.target] else { return true }
        return health.circuit.isClosed
    }
}

/// Whom a failure speaks of.
enum Blame {
    /// The event: it spends an attempt.
    case event
    /// The event, if the circuits are still closed when the failure is counted.
    case eventUnlessOpened
    /// Platform or target: nothing is spent.
    case nobody
}
