package import JSON
package import Mapping

/// How messages are turned into plans.
package struct IntakeSettings: Sendable {
    /// What becomes of an event that no mapping wants (`mappings.unmatched`).
    package enum Unmatched: String, Sendable {
        /// Skipped, and counted.
        case skip
        /// Parked, so that a person looks at it.
        case park
    }

    /// Size and depth of bodies (`limits.event_bytes`, `limits.depth`).
    package var json = JSONLimits()
    /// What one event may cost.
    package var evaluation = EvaluationLimits()
    /// What becomes of an event that no mapping wants.
    package var unmatched = Unmatched.skip
    /// What becomes of launches that the answer to a batch leaves out (`altcraft.unreported`).
    package var unreported = DeliveryPolicy.Unreported.accept
    /// Who may be launched at all (`recipients.allow`); nil for everybody.
    package var allowed: RecipientAllowList?

    /// The documented defaults.
    package init() {}
}
