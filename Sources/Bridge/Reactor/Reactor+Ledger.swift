import Relay

/// The ledger: asked and written without waiting, its answers taken in when it has woken the loop.
extension Reactor {
    func lookUp(_ id: LaunchID) {
        guard let ledger = parts.ledger, let planned = relay.plannedLaunch(id) else {
            return relay.lookedUp(id, .failed, at: now)
        }
        if let answer = ledger.lookUp(id, planned, at: now) { relay.lookedUp(id, answer, at: now) }
    }

    func recordIntent(_ id: LaunchID) {
        guard let ledger = parts.ledger, let planned = relay.plannedLaunch(id) else {
            return relay.ledgerWrote(id, isCommitted: false, at: now)
        }
        ledger.recordIntent(id, planned, at: now)
    }

    func withdrawIntent(_ id: LaunchID) {
        guard let ledger = parts.ledger, let planned = relay.plannedLaunch(id) else {
            return relay.ledgerWrote(id, isCommitted: false, at: now)
        }
        ledger.withdrawIntent(id, planned)
    }

    func record(_ id: LaunchID) {
        guard let ledger = parts.ledger, let planned = relay.plannedLaunch(id) else {
            return relay.ledgerWrote(id, isCommitted: false, at: now)
        }
        ledger.record(id, planned, isMaybeRepeated: relay.isMaybeRepeated(id), at: now)
    }

    func takeLedger() {
        guard let ledger = parts.ledger else { return }
        for event in ledger.takeAnswers() {
            switch event {
            case .lookedUp(let id, let answer): relay.lookedUp(id, answer, at: now)
            case .wrote(let id, let isCommitted): relay.ledgerWrote(id, isCommitted: isCommitted, at: now)
            }
        }
    }
}
