import Altcraft
import Poll

/// By what launches find the batch that they can share: cheap to make, and certain enough to look no further.
///
/// The digest stands for all that a call shares; that it does not lie is checked when a launch joins.
struct GatherKey: Hashable {
    /// The mapping: its launches have one policy.
    let mapping: String
    /// The call.
    let call: Call
    /// The digest of the body's root.
    let digest: UInt64
    /// Most launches of the call.
    let company: Int

    /// Hashes what differs; the mapping's name is left to equality.
    func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
        hasher.combine(company)
    }
}

/// Launches that go in one call, as far as nothing comes between.
struct Group {
    /// The launches, in the order of the request's elements.
    var members: [LaunchID]
    /// What is sent if all of them still go.
    var request: BatchRequest
    /// Which group: a launch that has left it for another is not taken along.
    let number: UInt64
}

/// A group that waits for company.
struct Gathering {
    /// The launches so far.
    var group: Group
    /// Until when they wait.
    let deadline: MonotonicTime

    /// Takes a launch in if it fits: which group it is in then, and how many are; `nil` if not.
    mutating func add(_ id: LaunchID, _ request: LaunchRequest, _ limits: BatchLimits) -> (group: UInt64, count: Int)? {
        guard group.request.append(request, limits: limits) else { return nil }
        group.members.append(id)
        return (group.number, group.members.count)
    }
}
