/// How many launches are in the states that have limits.
struct Census {
    /// Asked of the ledger.
    private(set) var lookingUp = 0
    /// Ready to be sent.
    private(set) var cleared = 0
    /// With a place in flight: the request is out, or its intent is being committed.
    private(set) var inFlight = 0
    /// Waiting for a commit of the ledger after the request.
    private(set) var committing = 0

    /// Counts a launch that goes from one state to another.
    mutating func move(from old: LaunchState, to new: LaunchState) {
        count(old, by: -1)
        count(new, by: 1)
    }

    /// Counts a launch in or out of a state.
    mutating func count(_ state: LaunchState, by amount: Int) {
        switch state {
        case .lookingUp: lookingUp += amount
        case .cleared: cleared += amount
        case .intending, .sending: inFlight += amount
        case .recording, .withdrawing: committing += amount
        case .queued, .ready, .awaitingKey, .throttled, .waiting, .ended: break
        }
    }
}
