import Outcome
package import Poll

extension Relay {
    /// Lets time pass: waits that are over, tries that are due, deliveries that were held too long.
    package mutating func tick(at now: Moment) {
        while let id = wakes.popDue(now.monotonic) { wake(id, now) }
        if !throttles.isEmpty { releaseThrottled(now) }
        if isDue(ledger.due, now) { tryLedger() }
        if isDue(publisher.due, now) { tryPublisher() }
        if stopping == .no { tickPlatform(now) }
        checkHeld(now)
        advance(now)
    }

    /// When `tick` has to be called at the latest; `nil` while nothing waits for time.
    package mutating func nextWake() -> MonotonicTime? {
        var earliest = wakes.earliest
        func consider(_ time: MonotonicTime?) {
            guard let time else { return }
            earliest = min(earliest ?? time, time)
        }
        consider(ledger.due)
        consider(publisher.due)
        guard stopping == .no else {
            if case .until(let deadline) = stopping { consider(deadline) }
            return earliest
        }
        consider(platformDue)
        consider(ratesDue)
        consider(heldDue())
        return earliest
    }

    /// When the rates let the next launch go, if one waits for that.
    private var ratesDue: MonotonicTime? {
        var due: MonotonicTime?
        for throttle in throttles.values where !throttle.queue.isEmpty {
            let opens = throttle.bucket.opens
            due = min(due ?? opens, opens)
        }
        if isOnlyRated, let opens = totalRate?.opensIfEmpty { due = min(due ?? opens, opens) }
        return due
    }

    /// Whether a time has come.
    private func isDue(_ time: MonotonicTime?, _ now: Moment) -> Bool {
        guard let time else { return false }
        return time <= now.monotonic
    }

    /// A wait is over: a launch's own, that of the batch it is in, or that between two questions after a task.
    private mutating func wake(_ id: LaunchID, _ now: Moment) {
        guard launches.contains(id) else { return }
        switch launches[id].state {
        case .waiting(let until) where until <= now.monotonic: goOn(id)
        case .gathered: closeGathering(of: id, now: now)
        case .sentTogether: followTask(of: id, now: now)
        default: break
        }
    }

    /// A short wait is over.
    private mutating func goOn(_ id: LaunchID) {
        guard !launches[id].holdsKey else { return clear(id) }
        move(id, to: .ready)
        ready.append(id, launches[id].planned.policy.priority)
    }
}

extension Relay {
    /// When the platform's circuit wants a look.
    private var platformDue: MonotonicTime? {
        if case .trying(let trial) = platform.state { return trial.since.advanced(by: patience(with: trial)) }
        return platform.due
    }

    /// How long a slow start may last while little is launched.
    ///
    /// Short where something has shown that the platform is well (a probe, or a launch): what is healthy must not look
    /// sick for want of traffic.
    private func patience(with trial: Circuit.Trial) -> Duration {
        let isShown = trial.bad == 0 && (trial.good > 0 || trial.isConfident)
        return isShown ? min(settings.probe.first * 3, settings.probe.ceiling) : settings.probe.ceiling
    }

    /// Probes when it is due; closes a circuit that is being tried and has nothing to be tried with.
    private mutating func tickPlatform(_ now: Moment) {
        switch platform.state {
        case .closed, .probing: break
        case .open(let until):
            guard until <= now.monotonic else { return }
            platform.probe()
            emit(.probe)
        case .trying(let trial):
            guard now.monotonic.since(trial.since) >= patience(with: trial) else { return }
            platform.restartOrClose(now: now.monotonic)
            if platform.isClosed { closedPlatform(now) }
        }
    }
}
