package import Outcome

/// What the answer to a batch means for its launches.
package enum BatchSettlement: Sendable, Hashable {
    /// All were launched.
    case launched
    /// All were launched but those at these places, counted from 0, whose profile ids the answer does not name.
    case unreported([Int])
    /// The answer names fewer profiles than were sent, this many less, and cannot say which are missing.
    case short(Int)
    /// A task was made of them; its id, where the answer names one.
    case task(String?)
    /// None was launched; each half is to be tried by itself.
    case halve(Refusal)
    /// The only launch was refused.
    case refused(Refusal)
    /// None was launched; all may be tried later, together.
    case busy(Busy)
    /// Each may or may not have been launched.
    case unknown(Reason)
}

extension BatchRequest {
    /// What an outcome means for the launches of this batch.
    ///
    /// A refused batch is taken to have launched nothing. Where profiles are searched by id, the ids of the answer
    /// settle each launch by itself. Otherwise the answer only tells how many: as many as were sent means all. Import
    /// batches have no documented answer, and a query no countable one: success is success for all of them.
    package func settle(_ outcome: LaunchOutcome) -> BatchSettlement {
        switch outcome {
        case .accepted(let acceptance): call.isTask ? .task(acceptance.taskID) : settle(acceptance)
        case .refused(let refusal): count == 1 ? .refused(refusal) : .halve(refusal)
        case .busy(let busy): .busy(busy)
        case .unknown(let reason): .unknown(reason)
        }
    }

    /// What the end of the task that was made of this batch means for its launches.
    ///
    /// The documents show a finished task's `total` and `errors` on another page and name no profiles: a total below
    /// what was sent, or errors, say that some are missing and not which.
    package func settle(_ result: TaskResult) -> BatchSettlement {
        let handled = result.total.map { Int(clamping: max($0, 0)) } ?? max(count - result.errors.count, 0)
        let isShort = handled < count || !result.errors.isEmpty
        return isShort ? .short(max(count - handled, min(result.errors.count, count))) : .launched
    }

    private func settle(_ acceptance: Acceptance) -> BatchSettlement {
        guard call.reportsProfiles || acceptance.profileIDs != nil, !isOfQueries else { return .launched }
        let reported = acceptance.profileIDs ?? []
        guard isByProfileID else {
            return reported.count >= count ? .launched : .short(count - reported.count)
        }
        let ids = Set(reported)
        let missing = (0..<count).filter { place in profileID(at: place).map { !ids.contains($0) } ?? true }
        return missing.isEmpty ? .launched : .unreported(missing)
    }

    private var isByProfileID: Bool { profileID(at: 0) != nil }
    private var isOfQueries: Bool { elements.starts(with: Array(#"{"custom_request":"#.utf8)) }
}

extension Call {
    /// Whether the call's page documents a `result` with the profiles that were launched for.
    var reportsProfiles: Bool { self == .triggerStartBatch }
}
