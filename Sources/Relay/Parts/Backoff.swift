import Poll

/// Growing waits with jitter: each about twice the one before, up to a ceiling.
package struct Backoff: Sendable, Hashable {
    /// The first wait.
    package var first: Duration
    /// The longest wait; jitter does not exceed it.
    package var ceiling: Duration

    /// A back-off from its bounds.
    package init(first: Duration, ceiling: Duration) {
        self.first = first
        self.ceiling = ceiling
    }

    /// The wait after the `failures`-th failure in a row, 1 being the first.
    ///
    /// Drawn evenly from the upper half, so that bridges which failed together do not come back together, and so that
    /// the wait never comes near zero. The ceiling clamps last.
    package func wait(failures: Int, using generator: inout SeededGenerator) -> Duration {
        let doublings = min(max(failures, 1) - 1, 32)
        let (grown, overflow) = first.nanoseconds.multipliedReportingOverflow(by: 1 << Int64(doublings))
        let full = overflow ? ceiling.nanoseconds : min(grown, ceiling.nanoseconds)
        guard full > 1 else { return .nanoseconds(max(full, 0)) }
        return .nanoseconds(Int64.random(in: full / 2...full, using: &generator))
    }
}
