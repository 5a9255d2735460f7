import Altcraft
import Outcome
import Poll

extension Relay {
    /// Feeds the circuits with an answer, before it is acted upon.
    mutating func judge(_ id: LaunchID, _ outcome: LaunchOutcome, now: Moment) {
        switch outcome {
        case .accepted: judgeGood(id, isRefusal: false, now: now)
        case .refused: judgeGood(id, isRefusal: true, now: now)
        case .busy(let busy) where busy.scope == .maybeTarget: judgeForbidden(id, busy, now: now)
        case .busy(let busy): judgeFault(id, busy.reason, busy.retryAfter, now: now)
        case .unknown(let reason): judgeFault(id, reason, nil, now: now)
        }
    }

    /// A batch was refused as a whole, for the sake of some of its launches: the platform is well, and of the target
    /// nothing is known before the bad ones stand alone.
    mutating func judgeHalved(_ id: LaunchID, now: Moment) {
        let target = launches[id].planned.request.target
        judgeWell(id, now: now)
        if let trial = launches[id].targetTrial { targets[target]?.circuit.withdrew(epoch: trial) }
    }

    /// What was sent on trial says nothing of platform or target.
    mutating func withdrawTrials(_ id: LaunchID) {
        platform.withdrew(epoch: launches[id].epoch)
        guard let trial = launches[id].targetTrial else { return }
        targets[launches[id].planned.request.target]?.circuit.withdrew(epoch: trial)
    }

    /// The platform answered as itself.
    private mutating func judgeGood(_ id: LaunchID, isRefusal: Bool, now: Moment) {
        let (lane, target) = (launches[id].planned.lane, launches[id].planned.request.target)
        judgeWell(id, now: now)
        if isRefusal {
            judgeRefusal(id, target, lane, now: now)
        } else if !targets.isEmpty {
            judgeAccepted(id, target, now: now)
        }
    }

    /// The platform as a whole is well, whatever it says of a launch.
    private mutating func judgeWell(_ id: LaunchID, now: Moment) {
        let (lane, target) = (launches[id].planned.lane, launches[id].planned.request.target)
        goods += 1
        if !failedLanes.isEmpty { failedLanes.removeAll(keepingCapacity: true) }
        if platform.isClosed {
            window.note(.good, lane: lane, target: target, now: now.monotonic)
        } else if platform.succeeded(epoch: launches[id].epoch, limit: settings.inFlight) {
            closedPlatform(now)
        }
    }

    /// A target took a launch: its streaks end, and its circuit closes by and by.
    private mutating func judgeAccepted(_ id: LaunchID, _ target: LaunchTarget, now: Moment) {
        guard var health = targets[target] else { return }
        guard !health.circuit.isClosed else { return targets[target] = nil }
        guard let trial = launches[id].targetTrial else { return }
        // A target is well again after two launches in a row: it is one object, not a platform under load.
        let isClosed = health.circuit.succeeded(epoch: trial, limit: min(settings.inFlight, 3))
        targets[target] = isClosed ? nil : health
        if isClosed { note(.circuitClosed(.target(target), after: now.monotonic.since(health.circuit.openedAt))) }
    }

    /// A target refused a launch: the request's own fault, unless it refuses everybody.
    private mutating func judgeRefusal(_ id: LaunchID, _ target: LaunchTarget, _ lane: LaneKey, now: Moment) {
        var health = targets[target] ?? TargetHealth()
        if let trial = launches[id].targetTrial, !health.circuit.isClosed {
            guard health.isRefusing, trial == health.circuit.epoch else { return judgeAccepted(id, target, now: now) }
            return openTarget(target, .refused, nil, now: now)
        }
        guard health.circuit.isClosed else { return }
        let isSick = health.noteRefusal(lane: lane, limit: settings.refusals)
        targets[target] = health
        if isSick { openTarget(target, .refused, nil, now: now) }
    }

    /// 403: this object is not ours to launch, as far as is known.
    private mutating func judgeForbidden(_ id: LaunchID, _ busy: Busy, now: Moment) {
        let target = launches[id].planned.request.target
        platform.withdrew(epoch: launches[id].epoch)
        if let health = targets[target], !health.circuit.isClosed {
            guard launches[id].targetTrial == health.circuit.epoch else { return }
        }
        openTarget(target, busy.reason, busy.retryAfter, now: now)
    }

    /// A fault: of the platform, or of one target while others are well.
    private mutating func judgeFault(_ id: LaunchID, _ reason: Reason, _ retryAfter: Duration?, now: Moment) {
        let (lane, target) = (launches[id].planned.lane, launches[id].planned.request.target)
        // A wait that is longer than any delay queue can only be kept by waiting with everything.
        let isLong = retryAfter.map { $0 > ladder.delay(ladder.steps.count - 1) } ?? false
        let speaksForAll = reason == .unauthorized || reason == .tariff || isLong
        if speaksForAll, let trial = launches[id].targetTrial { targets[target]?.circuit.withdrew(epoch: trial) }
        if !speaksForAll, isTargetsOwnFault(id, target, lane, reason, retryAfter, now: now) {
            return platform.withdrew(epoch: launches[id].epoch)
        }
        if failedLanes.count < CallWindow.recipients { failedLanes.insert(lane) }
        guard platform.isClosed else {
            let isCurrent = launches[id].epoch == platform.epoch
            let reopens = platform.failed(epoch: launches[id].epoch)
            if isCurrent && (reopens || speaksForAll) { openPlatform(reason, retryAfter, now: now) }
            return
        }
        guard launches[id].epoch == platform.epoch else { return }
        window.note(reason.isUnreachable ? .unreachable : .unclear, lane: lane, target: target, now: now.monotonic)
        switch window.judgement(now: now.monotonic) {
        case .well where !speaksForAll: break
        case .suspect where !speaksForAll: suspect(now)
        case .well, .suspect, .sick: openPlatform(reason, retryAfter, now: now)
        }
    }

    /// Asks the platform although its circuit is closed; not more often than it would be asked if it were open.
    private mutating func suspect(_ now: Moment) {
        guard !isSuspecting, now.monotonic >= trustedUntil else { return }
        isSuspecting = true
        emit(.probe)
    }

    /// Counts a fault for its target; whether the target's circuit is open and takes the blame.
    private mutating func isTargetsOwnFault(
        _ id: LaunchID,
        _ target: LaunchTarget,
        _ lane: LaneKey,
        _ reason: Reason,
        _ retryAfter: Duration?,
        now: Moment
    ) -> Bool {
        var health = targets[target] ?? TargetHealth()
        guard health.circuit.isClosed else {
            guard let trial = launches[id].targetTrial, trial == health.circuit.epoch else { return true }
            openTarget(target, reason, retryAfter, now: now)
            return true
        }
        let isSick = health.noteFault(lane: lane, goods: goods, now: now.monotonic)
        targets[target] = health
        if isSick { openTarget(target, reason, retryAfter, now: now) }
        return isSick
    }

    /// Opens the platform's circuit.
    private mutating func openPlatform(_ reason: Reason, _ retryAfter: Duration?, now: Moment) {
        let wait = platform.open(reason, retryAfter: retryAfter, settings.probe, &generator, now: now.monotonic)
        window.reset()
        note(.circuitOpened(.platform, reason, wait: wait))
    }

    /// Opens one target's circuit.
    private mutating func openTarget(_ target: LaunchTarget, _ reason: Reason, _ retryAfter: Duration?, now: Moment) {
        var health = targets[target] ?? TargetHealth()
        health.opened(refusing: reason == .refused)
        let wait = health.circuit.open(
            reason,
            retryAfter: retryAfter,
            settings.probe,
            &generator,
            now: now.monotonic
        )
        targets[target] = health
        note(.circuitOpened(.target(target), reason, wait: wait))
    }

    /// The platform's circuit has closed.
    mutating func closedPlatform(_ now: Moment) {
        window.reset()
        note(.circuitClosed(.platform, after: now.monotonic.since(platform.openedAt)))
    }

    /// Takes in what a probe learned: of an open circuit, or of a closed one while nothing succeeds.
    ///
    /// Where few events come and all fail, that may be their own fault, which opens no circuit, or an outage, which must
    /// not use up their attempts. The probe tells.
    package mutating func probed(_ answer: ProbeAnswer, at now: Moment) {
        let wasSuspecting = isSuspecting
        isSuspecting = false
        trustedUntil = now.monotonic.advanced(by: settings.probe.first)
        guard platform.state == .probing || (platform.isClosed && wasSuspecting) else { return note(.stale(.answer)) }
        switch answer {
        case .well where platform.isClosed, .inconclusive where platform.isClosed: break
        case .well, .inconclusive:
            platform.try(isConfident: answer == .well || failedLanes.count < CallWindow.recipients, now: now.monotonic)
            note(.circuitTrying(.platform))
        case .sick(let reason, let retryAfter):
            openPlatform(reason, retryAfter, now: now)
        }
        advance(now)
    }

    /// The token was renewed: a circuit that opened for the old one is looked at right away.
    package mutating func tokenRenewed(at now: Moment) {
        if !platform.isClosed, platform.reason == .unauthorized { platform.hurry(now: now.monotonic) }
        for (target, health) in targets where health.circuit.reason == .forbidden {
            targets[target]?.circuit.hurry(now: now.monotonic)
        }
        tick(at: now)
    }
}

extension Reason {
    /// Whether no event can cause it by itself.
    fileprivate var isUnreachable: Bool {
        switch self {
        case .connect, .timeoutBeforeWrite, .http429, .http503, .unauthorized, .tariff: true
        default: false
        }
    }

    /// Whether an event that the platform stumbles over may look like this.
    var mayBeOwnFault: Bool {
        switch self {
        case .refused, .http500, .http502, .http503, .http504, .timeout, .cut, .notAnEnvelope: true
        default: false
        }
    }
}
