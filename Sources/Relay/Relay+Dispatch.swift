import Altcraft
import Outcome
import Poll

extension Relay {
    /// Lets go on what can: begins launches whose turn has come, and sends those that may be sent.
    ///
    /// Called at the end of each input.
    mutating func advance(_ now: Moment) {
        if stopping == .no {
            while mayBegin, let id = ready.next() { begin(id, now: now) }
            while maySend(now), let id = cleared.next() { release(id, now: now) }
            sendDue(now)
        }
        steerConsumption()
        finishStop(now)
    }

    /// Whether another launch may be begun: only so many are looked up ahead as can be sent soon.
    ///
    /// Not fewer while the circuit is being tried: those that failed would stand before all others.
    private var mayBegin: Bool {
        guard !platform.isOpen else { return false }
        guard census.lookingUp + census.cleared + census.inFlight < 2 * settings.inFlight else { return false }
        return !settings.hasLedger || (ledger.isUp && census.committing < settings.ledgerBacklog)
    }

    /// Whether another request may go out.
    private mutating func maySend(_ now: Moment) -> Bool {
        guard isOnlyRated else { return false }
        return totalRate?.isOpen(now.monotonic) ?? true
    }

    /// Whether a launch waits to be sent and nothing but the rate can be in its way.
    var isOnlyRated: Bool {
        guard census.cleared > 0, census.inFlight < settings.inFlight, platform.admits else { return false }
        return !settings.hasLedger || ledger.isUp
    }

    /// Begins a launch whose turn has come: too late, its target closed, its key taken, or asked of the ledger.
    private mutating func begin(_ id: LaunchID, now: Moment) {
        guard launches.contains(id), launches[id].state == .ready else { return }
        guard !isExpired(id, now) else { return conclude(id, .skipped(.expired), now: now) }
        guard !isPostponed(id, now) else { return }
        guard reserve(id) else { return move(id, to: .awaitingKey) }
        if settings.hasLedger {
            move(id, to: .lookingUp)
            askLedger(id)
        } else {
            recall(id, now: now)
        }
    }

    /// Sends a launch, unless something in its way has changed since its turn came.
    private mutating func release(_ id: LaunchID, now: Moment) {
        guard launches.contains(id), launches[id].state == .cleared else { return }
        guard !isExpired(id, now) else { return conclude(id, .skipped(.expired), now: now) }
        guard !isPostponed(id, now) else { return }
        guard !isTargetBusy(id, now) else { return wait(id, settings.backoff.first, now: now) }
        guard launches[id].hasTokens || !isThrottled(id, now) else { return }
        if !launches[id].hasTokens { totalRate?.take() }
        launches[id].hasTokens = true
        let needsIntent = settings.hasLedger && launches[id].planned.policy.whenUnsure == .park
        guard needsIntent && !launches[id].hasIntent else {
            return sharesCalls(id) ? gather(id, now: now) : send(id, now: now)
        }
        move(id, to: .intending)
        askLedger(id)
    }

    /// Sends the request.
    private mutating func send(_ id: LaunchID, now: Moment) {
        let periods = countSend(to: launches[id].planned.request.target)
        depart(id, periods, to: .sending, now: now)
        emit(.send(id))
    }

    /// Counts a call with the circuits; says in which periods of theirs it goes.
    mutating func countSend(to target: LaunchTarget) -> (epoch: UInt32, trial: UInt32?) {
        let epoch = platform.sent()
        guard !targets.isEmpty, let health = targets[target], !health.circuit.isClosed else { return (epoch, nil) }
        return (epoch, targets[target]?.circuit.sent())
    }

    /// Notes that a launch goes out in a call.
    mutating func depart(
        _ id: LaunchID, _ periods: (epoch: UInt32, trial: UInt32?), to state: LaunchState, now: Moment
    ) {
        launches[id].epoch = periods.epoch
        launches[id].targetTrial = periods.trial
        if absences.isAway(launches[id].planned.lane, now: now.monotonic) { note(.reordered(id)) }
        launches[id].hasTokens = false
        move(id, to: state)
    }

    /// Whether the event is too old, now that the launch's turn has come.
    func isExpired(_ id: LaunchID, _ now: Moment) -> Bool {
        guard let expiry = launches[id].planned.expiresAt else { return false }
        return now.wallSeconds >= expiry
    }

    /// Sends the launch round the ladder if its target's circuit is open.
    mutating func isPostponed(_ id: LaunchID, _ now: Moment) -> Bool {
        guard !targets.isEmpty else { return false }
        let target = launches[id].planned.request.target
        guard let circuit = targets[target]?.circuit, circuit.isOpen else { return false }
        if let due = circuit.due, due <= now.monotonic {
            targets[target]?.circuit.try(isConfident: true, now: now.monotonic)
            note(.circuitTrying(.target(target)))
            return false
        }
        let step = ladder.step(passes: launches[id].postponed)
        launches[id].postponed += 1
        postpone(id, step: step, reason: circuit.reason, now: now)
        return true
    }

    /// Whether the target is being tried by others at the moment.
    func isTargetBusy(_ id: LaunchID, _ now: Moment) -> Bool {
        guard !targets.isEmpty, let health = targets[launches[id].planned.request.target] else { return false }
        return !health.circuit.admits
    }

    /// Holds a launch for a short wait; it keeps its lane and its key.
    mutating func wait(_ id: LaunchID, _ duration: Duration, now: Moment) {
        let until = now.monotonic.advanced(by: duration)
        move(id, to: .waiting(until: until))
        wakes.insert(id, at: until)
    }

    /// Makes a launch ready to be sent.
    mutating func clear(_ id: LaunchID) {
        move(id, to: .cleared)
        cleared.append(id, launches[id].planned.policy.priority)
    }
}
