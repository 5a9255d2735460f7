/// What one event may cost.
package struct EvaluationLimits: Sendable, Hashable {
    /// How many values the paths of one mapping may look at.
    package let visits: Int
    /// How big the parts of one launch may become, in bytes of JSON; the platform's own limit for a body is 10 MB.
    package let launchBytes: Int
    /// How big all launches of one event may become together.
    package let eventBytes: Int
    /// How many elements `for_each` may launch for.
    package let elements: Int

    /// Makes limits.
    package init(
        visits: Int = 1_000_000, launchBytes: Int = 10 << 20, eventBytes: Int = 64 << 20,
        elements: Int = 100_000
    ) {
        self.visits = visits
        self.launchBytes = launchBytes
        self.eventBytes = eventBytes
        self.elements = elements
    }
}
