/// What happened to a launch before this delivery: it travels in `x-bridge-…` headers through ladder and redrive.
package struct LaunchHistory: Sendable, Hashable {
    /// Failures already spent of `delivery.attempts`.
    package var attempts: Int
    /// How often it went to the ladder because its target's circuit was open; chooses the next step there.
    package var postponed: Int
    /// An earlier request of this launch had an outcome that could not be known.
    package var isUnsure: Bool
    /// An operator asked for it again although its outcome is unknown: an intent in the ledger does not hold it back.
    package var isRedriven: Bool

    /// A history; a new launch has none.
    package init(attempts: Int = 0, postponed: Int = 0, isUnsure: Bool = false, isRedriven: Bool = false) {
        self.attempts = attempts
        self.postponed = postponed
        self.isUnsure = isUnsure
        self.isRedriven = isRedriven
    }
}
