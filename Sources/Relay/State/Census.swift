/// How many launches are in the states that have limits, and how many batches are out.
struct Census {
    /// Asked of the ledger.
    private(set) var lookingUp = 0
    /// Ready to be sent.
    private(set) var cleared = 0
    /// Places in flight: requests that are out, those of batches once each, and intents that are being committed.
    private(set) var inFlight = 0
    /// In batches that are out or followed.
    private(set) var together = 0
    /// Waiting for a commit of the ledger after the request.
    private(set) var committing = 0

    /// Counts a launch that goes from one state to another.
    mutating func move(from old: LaunchState, to new: LaunchState) {
        count(old, by: -1)
        count(new, by: 1)
    }

    /// Counts a call that is no launch's own: a batch goes out, or comes back.
    mutating func countCall(by amount: Int) {
        inFlight += amount
    }

    /// Counts a launch in or out of a state.
    mutating func count(_ state: LaunchState, by amount: Int) {
        switch state {
        case .lookingUp: lookingUp += amount
        case .cleared: cleared += amount
        case .intending, .sending: inFlight += amount
        case .sentTogether: together += amount
        case .recording, .withdrawing: committing += amount
        case .queued, .ready, .awaitingKey, .throttled, .waiting, .gathered, .ended: break
        }
    }
}
