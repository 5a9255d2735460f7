package import Outcome

/// What a probe of the platform (a call that launches nothing) learned.
package enum ProbeAnswer: Sendable, Hashable {
    /// The platform answered as itself and takes our token: launches may be tried.
    case well
    /// The call cannot tell (the platform does not offer it): one launch is tried instead.
    case inconclusive
    /// The platform is still sick.
    case sick(Reason, retryAfter: Duration?)
}
