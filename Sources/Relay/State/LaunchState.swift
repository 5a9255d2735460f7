import Poll

/// Where a launch is between arrival and end.
///
/// Each case names its legal exits.
///
/// "Given up" means: its delivery is void, and the broker will deliver it again. What is under way is never given up,
/// as something outside will still report on it.
enum LaunchState: Hashable {
    /// Behind others in its lane. → `ready`, ended, given up.
    case queued
    /// First in its lane, waiting to be begun. → `awaitingKey`, `lookingUp`, `cleared`, ended, given up.
    case ready
    /// A launch with the same key is under way; its fate comes first. → `ready`, ended, given up.
    case awaitingKey
    /// The ledger was asked; the key is reserved. → `cleared`, ended.
    case lookingUp
    /// May be sent when a place, the rates and the circuits allow. → `intending`, `sending`, `gathered`, `throttled`,
    /// `waiting`, `withdrawing`, ended, given up.
    case cleared
    /// Its mapping's rate holds it back. → `cleared`, `withdrawing`, ended, given up.
    case throttled
    /// A short wait, held in flight. → `cleared`, `withdrawing`, ended, given up.
    case waiting(until: MonotonicTime)
    /// In a batch that waits for company, or for a place. → `sentTogether`, `waiting`, `withdrawing`, ended, given up.
    case gathered
    /// The intent is being committed; takes a place in flight. → `sending`, `cleared`.
    case intending
    /// The request is out; takes a place in flight. → `recording`, `waiting`, `cleared`, `withdrawing`, ended.
    case sending
    /// The request of its batch is out, or the task that was made of it is followed; the batch takes the place in flight.
    /// → `recording`, `gathered`, `waiting`, `withdrawing`, ended.
    case sentTogether
    /// Accepted, and the record is being committed. → ended, only.
    case recording
    /// Certainly not made, and the intent that says otherwise is being removed. → ended, only.
    case withdrawing
    /// Ended as parked or owed; kept for its delivery's notice.
    case ended

    /// Whether something outside will report on it, so that it cannot just be forgotten.
    var isUnderWay: Bool {
        switch self {
        case .lookingUp, .intending, .sending, .sentTogether, .recording, .withdrawing: true
        case .queued, .ready, .awaitingKey, .cleared, .throttled, .waiting, .gathered, .ended: false
        }
    }
}
