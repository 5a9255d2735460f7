/// How fast something may go: a steady rate and how much may go at once after a pause.
package struct RateLimit: Sendable, Hashable {
    /// Launches a second, in the long run.
    ///
    /// More than zero.
    package let perSecond: Double
    /// How many may go at once after a pause.
    ///
    /// At least one.
    package let burst: Double

    /// A limit; values that would stop everything for ever are raised to the least that moves.
    package init(perSecond: Double, burst: Double) {
        self.perSecond = max(perSecond, 0.001)
        self.burst = max(burst, 1)
    }
}
