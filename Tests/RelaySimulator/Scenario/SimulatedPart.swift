import Altcraft
import Relay

/// One launch that a simulated event asks for.
struct SimulatedPart {
    /// How the platform takes it when it is well.
    enum Nature {
        /// It is accepted.
        case plain
        /// It is refused each time.
        case refused
        /// The platform stumbles over it each time and carries nothing out.
        case poison
        /// A batch finds nobody for it, and does not name it in its answer.
        case absent
    }

    /// Its place among all parts of the schedule.
    let index: Int
    /// Its event.
    let event: Int
    /// Its campaign.
    let target: Int
    /// Its recipient: the lane.
    let lane: Int
    /// What makes it the same launch; parts of different events may share one.
    let key: Int
    /// The mapping's policy.
    let policy: LaunchPolicy
    /// The call that its mapping makes.
    let call: Call
    /// Whether it is searched for by profile id, so that the answer to a batch can name it.
    let isByID: Bool
    /// When it is too late, in wall seconds.
    let expiresAt: Int64?
    /// Whether the staging list lets it go.
    let isAllowed: Bool
    /// How the platform takes it.
    let nature: Nature
}

/// One event of a schedule.
struct SimulatedEvent {
    /// When it is published.
    let time: Int64
    /// Its launches; none for one that nobody wants, or that cannot be decoded.
    let parts: [Int]
    /// Whether it cannot be decoded.
    let isBad: Bool
    /// How many copies are published under the same identity.
    let copies: Int
}
