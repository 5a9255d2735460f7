import Altcraft
import Outcome
import Relay

/// All that a relay talks to, as plainly as can be said: a platform that takes everything, a ledger that keeps what it is
/// told, a broker that confirms.
final class World {
    let bench: Bench
    /// How often each launch was asked for at the platform, by the value of its key.
    private(set) var requests: [String: Int] = [:]
    /// What the ledger holds.
    private(set) var ledger: [LaunchKey: LedgerAnswer] = [:]
    /// Deliveries that were acknowledged.
    private(set) var acknowledged: [DeliveryID] = []
    /// Whether the relay said that it has finished.
    private(set) var isFinished = false
    /// What the platform says to the next request for a launch, by the value of its key; else it takes it.
    var answers: [String: LaunchOutcome] = [:]

    /// What the relay wanted done before, and was left.
    private var later: [Action] = []

    init(_ change: (inout RelaySettings) -> Void) {
        bench = Bench(change)
    }

    /// Carries out what the relay wants done, until it wants nothing more.
    func settle() {
        while true {
            let actions = later + bench.did()
            later = []
            guard !actions.isEmpty else { return }
            for action in actions { carryOut(action) }
        }
    }

    /// The same, and for so long after it.
    func settle(for duration: Duration) {
        settle()
        for _ in 0..<10 {
            bench.pass(duration / 10)
            settle()
        }
    }

    private func key(_ id: LaunchID) -> LaunchKey {
        bench.relay.plannedLaunch(id)?.key ?? LaunchKey(mapping: "", value: "gone")
    }

    private func carryOut(_ action: Action) {
        switch action {
        case .send(let id):
            let value = key(id).value
            requests[value, default: 0] += 1
            bench.answer(id, answers.removeValue(forKey: value) ?? .ok)
        case .sendBatch(let id):
            let members = bench.relay.batchMembers(id)
            for member in members { requests[key(member).value, default: 0] += 1 }
            bench.answer(id, .accepted(Acceptance(profileIDs: members.map { key($0).value })))
        case .probe: bench.probed(.well)
        case .park(let id): bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        case .delay(let id): bench.act { $0.published(id, .delay, isConfirmed: true, at: bench.moment) }
        case .acknowledge(let id, _): acknowledged.append(id)
        case .finished: isFinished = true
        case .lookUp, .record, .recordIntent, .withdrawIntent: write(action)
        case .askTask, .plan, .void, .giveBackAll, .pauseConsumption, .resumeConsumption, .observe: break
        }
    }

    private func write(_ action: Action) {
        switch action {
        case .lookUp(let id):
            let answer = ledger[key(id)] ?? .absent
            bench.act { $0.lookedUp(id, answer, at: bench.moment) }
        case .record(let id): commit(id, .launched)
        case .recordIntent(let id): commit(id, .intended)
        case .withdrawIntent(let id): commit(id, nil)
        default: break
        }
    }

    private func commit(_ id: LaunchID, _ entry: LedgerAnswer?) {
        ledger[key(id)] = entry
        bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
    }

    /// Answers the request of one launch, and leaves the rest for later.
    func answerSend(of value: String, _ outcome: LaunchOutcome) {
        step { action in
            guard case .send(let id) = action, key(id).value == value else { return false }
            requests[value, default: 0] += 1
            bench.answer(id, outcome)
            return true
        }
    }

    /// Commits the intents that are to be committed, and leaves the rest for later.
    func commitIntents() {
        step { action in
            guard case .recordIntent(let id) = action else { return false }
            commit(id, .intended)
            return true
        }
    }

    /// Answers what the ledger is asked, and leaves the rest for later.
    func answerLookUps() {
        step { action in
            guard case .lookUp = action else { return false }
            write(action)
            return true
        }
    }

    private func step(_ isDone: (Action) -> Bool) {
        for action in bench.did() where !isDone(action) { later.append(action) }
    }
}
