package import Functions
import JSON
import Outcome

extension MappingPlan {
    /// What is left of the plan at a time: launches that are too late then are skipped, as the bridge skips them when their
    /// turn comes.
    package func expired(at now: Instant) -> MappingPlan {
        guard let limit = mapping.policy.expireAfter else { return self }
        let outcomes = outcomes.map { outcome in
            guard case .launch(let launch) = outcome, let expiresAt = launch.expiresAt, expiresAt <= now else {
                return outcome
            }
            let age = eventTime.map { now.seconds - $0.seconds } ?? 0
            let stop = Stop(
                launchClass: .skipped, reason: .expired,
                pointer: JSONPointer().appending("delivery").appending("expire_after"),
                place: nil,
                detail:
                    "the event is \(Self.words(age)) old, and \"expire_after\" is \(Self.words(limit.components.seconds))",
                element: launch.element)
            return .stop(stop)
        }
        return MappingPlan(
            mapping: mapping, eventID: eventID, eventTime: eventTime, elementCount: elementCount, outcomes: outcomes,
            rest: rest)
    }

    /// A duration in the unit that people would use, rounded down.
    private static func words(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
