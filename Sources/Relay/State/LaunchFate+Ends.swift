import Outcome

extension LaunchFate {
    /// The platform took it.
    static let launched = LaunchFate(end: .launched, launchClass: .accepted, reason: nil)

    /// It was not to be made.
    static func skipped(_ reason: Reason) -> LaunchFate {
        LaunchFate(end: .skipped, launchClass: .skipped, reason: reason)
    }

    /// It goes to the parking queue.
    static func parked(_ launchClass: LaunchClass, _ reason: Reason) -> LaunchFate {
        LaunchFate(end: .parked, launchClass: launchClass, reason: reason)
    }

    /// It goes round the ladder; without a reason where that is for fairness only.
    static func waiting(_ reason: Reason?) -> LaunchFate {
        LaunchFate(end: .waiting, launchClass: .busy, reason: reason)
    }
}
