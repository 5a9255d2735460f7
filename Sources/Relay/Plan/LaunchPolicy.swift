/// What a mapping's `delivery` says about how its launches are made.
package struct LaunchPolicy: Sendable, Hashable {
    /// What to do where the outcome of a request cannot be known.
    package enum WhenUnsure: String, Sendable, Hashable {
        /// Make the launch again, counted as `maybe_repeated`.
        case retry
        /// Park it: a person decides. The intent is committed before the request is written.
        case park
    }

    /// How many failures a launch may spend, over waits in flight and the ladder together.
    package var attempts: Int
    /// What to do where the outcome of a request cannot be known.
    package var whenUnsure: WhenUnsure
    /// Who goes first among what has been received.
    package var priority: Priority
    /// How fast launches of the mapping may go, all together; `nil` for as fast as the platform takes them.
    package var rate: RateLimit?
    /// How launches of the mapping share calls; `nil` for a call of its own for each.
    package var batch: BatchPolicy?

    /// A policy; what is left out has the documented default.
    package init(
        attempts: Int = 10,
        whenUnsure: WhenUnsure = .retry,
        priority: Priority = .normal,
        rate: RateLimit? = nil,
        batch: BatchPolicy? = nil
    ) {
        self.attempts = attempts
        self.whenUnsure = whenUnsure
        self.priority = priority
        self.rate = rate
        self.batch = batch
    }
}
