import Outcome
package import Relay

/// What a redrive would do with a parked event now.
package enum RedriveVerdict: Sendable {
    /// It goes back to the bridge, which launches these; `parks` says what of it would be parked again.
    case launches([PlannedLaunch], parks: [PlannedEnd])
    /// It stays parked.
    case stays(Obstacle)

    /// Why an event stays parked.
    package enum Obstacle: Sendable, Equatable {
        /// A launch has come too late, at this time in seconds since 1970; `--ignore-expiry` launches it.
        case expired(mapping: String, at: Int64)
        /// It would be parked again at once.
        case parksAgain(PlannedEnd)
        /// It would be skipped, and be gone without a launch.
        case launchesNothing(String)
        /// It does not fit on the wire.
        case unsendable(String)
    }
}

extension RedriveVerdict.Obstacle {
    /// The word for tools.
    package var word: String {
        switch self {
        case .expired: "expired"
        case .parksAgain(let end): end.reason.rawValue
        case .launchesNothing: "launches_nothing"
        case .unsendable: "too_big"
        }
    }
}
