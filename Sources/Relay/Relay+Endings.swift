import Outcome
import Poll

extension Relay {
    /// Ends a launch that nothing outside works on; an intent that says more than is true is removed first.
    mutating func conclude(_ id: LaunchID, _ fate: LaunchFate, now: Moment) {
        let mayBeMade = fate.end == .launched || fate.launchClass == .unknown || launches[id].isUnsure
        guard launches[id].hasIntent, !mayBeMade else { return finish(id, fate, now: now) }
        launches[id].fate = fate
        withdraw(id)
    }

    /// Ends a launch: leaves its lane, frees its key, and tells its delivery.
    mutating func finish(_ id: LaunchID, _ fate: LaunchFate, now: Moment) {
        leaveLane(id)
        releaseKey(id)
        let delivery = launches[id].delivery
        spent.forget(launches[id].planned.key)
        if delivery != nil || fate.end == .launched { note(.launchEnded(id, fate)) }
        guard let delivery else { return forget(id) }
        launches[id].fate = fate
        tally(id, fate, delivery)
        deliveries[delivery].remaining -= 1
        goOn(delivery, now: now)
    }

    /// Notes a launch's end with its delivery; what a notice has to name is kept.
    private mutating func tally(_ id: LaunchID, _ fate: LaunchFate, _ delivery: DeliveryID) {
        switch fate.end {
        case .launched:
            deliveries[delivery].launched += 1
            forget(id)
        case .skipped:
            deliveries[delivery].skipReason = deliveries[delivery].skipReason ?? fate.reason
            forget(id)
        case .parked:
            deliveries[delivery].parked.append(id)
            move(id, to: .ended)
        case .waiting:
            deliveries[delivery].owed.append(id)
            move(id, to: .ended)
        }
    }

    /// Sends a launch to a step of the ladder; without a ladder it waits here.
    mutating func postpone(_ id: LaunchID, step: Int, reason: Reason?, now: Moment) {
        guard !ladder.isEmpty else { return wait(id, settings.probe.ceiling, now: now) }
        launches[id].step = step
        let back = now.monotonic.advanced(by: ladder.delay(step))
        absences.note(launches[id].planned.lane, until: back, now: now.monotonic)
        conclude(id, .waiting(reason), now: now)
    }

    /// Gives a launch up because its delivery is void; what is under way goes on without it.
    mutating func abandon(_ id: LaunchID) {
        if launches[id].state.isUnderWay {
            uncount(id)
            launches[id].delivery = nil
        } else {
            drop(id)
        }
    }

    /// Gives up a launch that nothing outside works on: the broker will deliver its event again.
    mutating func drop(_ id: LaunchID) {
        uncount(id)
        if launches[id].attempts > 0 { spent.remember(launches[id].planned.key, launches[id].attempts) }
        launches[id].delivery = nil
        if launches[id].hasIntent && !launches[id].isUnsure { return withdraw(id) }
        if memory[launches[id].planned.key] == nil && !launches[id].isUnsure { remember(id, .untouched) }
        leaveLane(id)
        releaseKey(id)
        forget(id)
    }

    /// Removes the intent of a launch that was certainly not made; its lane goes on, its key stays reserved.
    private mutating func withdraw(_ id: LaunchID) {
        leaveLane(id)
        move(id, to: .withdrawing)
        askLedger(id)
    }

    /// Frees a launch's place.
    mutating func forget(_ id: LaunchID) {
        census.count(launches[id].state, by: -1)
        launches.remove(id)
    }
}
