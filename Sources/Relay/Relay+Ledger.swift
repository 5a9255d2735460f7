import Outcome

extension Relay {
    /// Asks the ledger what the launch's state calls for; while the ledger is down, that waits.
    mutating func askLedger(_ id: LaunchID) {
        guard ledger.isUp else { return ledgerPending.append(id) }
        emitLedgerAction(id)
    }

    /// Takes in what the ledger knows about a launch.
    package mutating func lookedUp(_ id: LaunchID, _ answer: LedgerAnswer, at now: Moment) {
        guard launches.contains(id), launches[id].state == .lookingUp else { return note(.stale(.ledger)) }
        if answer == .failed {
            ledgerFailed(id, now: now)
        } else {
            ledgerWorks()
            if launches[id].delivery == nil {
                drop(id)
            } else {
                goOn(id, answer, now: now)
            }
        }
        advance(now)
    }

    /// Goes by what the ledger knows.
    private mutating func goOn(_ id: LaunchID, _ answer: LedgerAnswer, now: Moment) {
        switch answer {
        case .absent, .failed:
            clear(id)
        case .launched:
            conclude(id, .skipped(.duplicate), now: now)
        case .intended:
            launches[id].hasIntent = true
            found(id, now: now)
        }
    }

    /// Takes in that a write of the ledger (record, intent, withdrawal) is committed, or has failed.
    package mutating func ledgerWrote(_ id: LaunchID, isCommitted: Bool, at now: Moment) {
        guard launches.contains(id) else { return note(.stale(.ledger)) }
        switch launches[id].state {
        case .intending, .recording, .withdrawing: break
        default: return note(.stale(.ledger))
        }
        if isCommitted {
            ledgerWorks()
            committed(id, now: now)
        } else {
            ledgerFailed(id, now: now)
        }
        advance(now)
    }

    /// Goes on after a commit.
    private mutating func committed(_ id: LaunchID, now: Moment) {
        switch launches[id].state {
        case .intending:
            launches[id].hasIntent = true
            goOnAfterIntent(id, now: now)
        case .recording:
            finish(id, .launched, now: now)
        case .withdrawing:
            launches[id].hasIntent = false
            if let fate = launches[id].fate, launches[id].delivery != nil {
                finish(id, fate, now: now)
            } else {
                drop(id)
            }
        default: break
        }
    }

    /// The intent stands: the request goes out next, unless something has come in its way meanwhile.
    private mutating func goOnAfterIntent(_ id: LaunchID, now: Moment) {
        guard launches[id].delivery != nil, stopping == .no else { return leave(id, now: now) }
        move(id, to: .cleared)
        cleared.prepend(id, launches[id].planned.policy.priority)
    }

    /// The ledger cannot be used: launching stops, and what was asked is asked again later.
    private mutating func ledgerFailed(_ id: LaunchID, now: Moment) {
        ledgerPending.append(id)
        if let wait = ledger.failed(&generator, now: now.monotonic) { note(.storeFailed(.ledger, wait: wait)) }
    }

    /// The ledger works: what is pending is asked.
    private mutating func ledgerWorks() {
        guard ledger.works() else { return }
        note(.storeRecovered(.ledger))
        askPending()
    }

    /// Asks the ledger again: one of what is pending, as a trial of the ledger itself.
    mutating func tryLedger() {
        ledger.try()
        while let id = ledgerPending.popFirst() {
            guard launches.contains(id) else { continue }
            return emitLedgerAction(id)
        }
        // Nothing is pending that could tell: the next look-up will.
        ledgerWorks()
    }

    /// Asks all that is pending.
    private mutating func askPending() {
        while let id = ledgerPending.popFirst() {
            if launches.contains(id) { emitLedgerAction(id) }
        }
    }

    /// The action that a launch's state calls for.
    private mutating func emitLedgerAction(_ id: LaunchID) {
        switch launches[id].state {
        case .lookingUp: emit(.lookUp(id))
        case .intending: emit(.recordIntent(id))
        case .recording: emit(.record(id))
        case .withdrawing: emit(.withdrawIntent(id))
        default: break
        }
    }
}
