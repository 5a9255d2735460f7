import Altcraft
import Poll

/// One call that carries several launches, from its request to what became of it.
struct BatchCall {
    /// The launches, in the order of the request's elements.
    let members: [LaunchID]
    /// The request.
    let request: BatchRequest
    /// The task that the platform made of it, once it says so.
    var task: FollowedTask?

    /// What fills unused places.
    static let empty = BatchCall(
        members: [],
        request: BatchRequest(
            LaunchRequest(call: .triggerStartBatch, target: .campaign(0), body: []), element: [])
    )
}

/// A task that is asked after until it ends.
struct FollowedTask {
    /// Its id, as the platform gave it.
    let id: String
    /// After this its outcome counts as unknown.
    let deadline: MonotonicTime
    /// How often it was asked after.
    var asked = 0
    /// When it is asked after next.
    var next: MonotonicTime
    /// Whether the question is out.
    var isAsking = false
}
