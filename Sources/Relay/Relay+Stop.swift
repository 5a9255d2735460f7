package import Poll

extension Relay {
    /// Begins to stop: nothing new is begun or sent, what is under way is finished until the deadline, the rest is given
    /// back, and `finished` follows.
    package mutating func stop(deadline: MonotonicTime, at now: Moment) {
        guard stopping == .no else { return }
        stopping = .until(deadline)
        // Without a ledger nobody would know which were made: what is left is owed by name.
        let owes = !settings.hasLedger && !ladder.isEmpty
        if owes { for id in deliveries.ids { oweRest(id) } }
        for id in launches.ids where launches.contains(id) && launches[id].delivery != nil {
            let state = launches[id].state
            if !state.isUnderWay && state != .ended { leave(id, now: now) }
        }
        if owes { for id in deliveries.ids where !deliveries[id].owedRest.isEmpty { goOn(id, now: now) } }
        sweep()
        advance(now)
    }

    /// Leaves a launch that is not made to the broker.
    ///
    /// Without a ledger nobody would know which launches of an event were made, if the event were just given back; so
    /// what is owed goes round the ladder by name.
    mutating func leave(_ id: LaunchID, now: Moment) {
        guard !settings.hasLedger, !ladder.isEmpty, let delivery = launches[id].delivery,
            deliveries[delivery].total > 1 || !deliveries[delivery].owedRest.isEmpty
        else { return drop(id) }
        postpone(id, step: 0, reason: launches[id].reason, now: now)
    }

    /// Ends the stop when nothing is under way any more, or the deadline has come.
    mutating func finishStop(_ now: Moment) {
        guard case .until(let deadline) = stopping else { return }
        let isQuiet =
            census.inFlight + census.together + census.lookingUp + census.committing == 0
            && publishing == 0 && publishPending.isEmpty
        guard isQuiet || now.monotonic >= deadline else { return }
        stopping = .finished
        if deliveries.count > 0 { giveBackAll(.stopping, now: now) }
        emit(.finished)
    }
}
