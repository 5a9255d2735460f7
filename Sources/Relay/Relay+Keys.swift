import Outcome

extension Relay {
    /// Reserves the launch's key; if another has it, the launch waits for its fate.
    mutating func reserve(_ id: LaunchID) -> Bool {
        let key = launches[id].planned.key
        if keys[key] != nil {
            keys[key]?.waiters.append(id)
            return false
        }
        keys[key] = KeyHold(holder: id)
        launches[id].holdsKey = true
        return true
    }

    /// Frees the launch's key; whoever waits for it has its turn again.
    mutating func releaseKey(_ id: LaunchID) {
        guard launches[id].holdsKey else { return }
        launches[id].holdsKey = false
        guard let hold = keys.removeValue(forKey: launches[id].planned.key) else { return }
        for waiter in hold.waiters where launches.contains(waiter) && launches[waiter].state == .awaitingKey {
            move(waiter, to: .ready)
            ready.append(waiter, launches[waiter].planned.policy.priority)
        }
    }

    /// Goes by what is remembered of the launch, where there is no ledger.
    mutating func recall(_ id: LaunchID, now: Moment) {
        let isUnsure = launches[id].isRedelivered && launches[id].planned.policy.whenUnsure == .park
        switch memory[launches[id].planned.key] {
        case .launched: conclude(id, .skipped(.duplicate), now: now)
        case .unsure: found(id, now: now)
        case .untouched: clear(id)
        case nil where isUnsure: found(id, now: now)
        case nil: clear(id)
        }
    }

    /// Goes by the mapping's `when_unsure` where an earlier request may have been carried out.
    mutating func found(_ id: LaunchID, now: Moment) {
        launches[id].isUnsure = true
        let isPark = launches[id].planned.policy.whenUnsure == .park
        guard isPark, !launches[id].planned.history.isRedriven else { return clear(id) }
        launches[id].reason = .maybeRepeated
        conclude(id, .parked(.unknown, .maybeRepeated), now: now)
    }

    /// Remembers a fate, where there is no ledger.
    mutating func remember(_ id: LaunchID, _ fate: RecentFate) {
        guard !settings.hasLedger else { return }
        memory.remember(launches[id].planned.key, fate)
    }
}
