package import Relay

/// What the reactor needs of a ledger: ask and write without waiting, and be told later.
///
/// Answers come through `takeAnswers`, after the reactor was woken; but for look-ups whose answer is certain at once.
package protocol LaunchLedger: AnyObject {
    /// Asks whether the launch was made within its window; nil where the answer comes later.
    func lookUp(_ launch: LaunchID, _ planned: PlannedLaunch, at now: Moment) -> LedgerAnswer?
    /// Writes that a request is about to be made.
    func recordIntent(_ launch: LaunchID, _ planned: PlannedLaunch, at now: Moment)
    /// Takes the intent back: the launch was certainly not made.
    func withdrawIntent(_ launch: LaunchID, _ planned: PlannedLaunch)
    /// Writes that the launch was made.
    func record(_ launch: LaunchID, _ planned: PlannedLaunch, isMaybeRepeated: Bool, at now: Moment)
    /// Takes what has been answered since the last call, in order.
    func takeAnswers() -> [LedgerEvent]
    /// Why it last failed, for the log; empty while it works.
    var lastFailure: String { get }
}

/// What a ledger tells.
package enum LedgerEvent: Sendable {
    /// The answer to a look-up.
    case lookedUp(LaunchID, LedgerAnswer)
    /// A write is committed, or failed.
    case wrote(LaunchID, isCommitted: Bool)
}
