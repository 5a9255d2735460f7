package import Altcraft
import Outcome
import Poll

/// What becomes of batches: one answer, a fate for each launch.
extension Relay {
    /// The request of a batch that is to be sent; valid from `sendBatch` until its answer.
    package func batchRequest(_ id: BatchID) -> BatchRequest? {
        batches.remembered(id) { $0.request }
    }

    /// The launches of a batch, in the order of its request's elements; valid as long as the request is.
    package func batchMembers(_ id: BatchID) -> [LaunchID] {
        batches.remembered(id) { $0.members } ?? []
    }

    /// Takes in what became of the request of a batch.
    package mutating func answered(_ id: BatchID, _ outcome: LaunchOutcome, at now: Moment) {
        guard batches.contains(id), batches[id].task == nil, let first = batches[id].members.first else {
            return note(.stale(.answer))
        }
        census.countCall(by: -1)
        let blame = blame(for: first, outcome.reason)
        let settlement = batches[id].request.settle(outcome)
        if case .halve = settlement { judgeHalved(first, now: now) } else { judge(first, outcome, now: now) }
        if case .task(let task?) = settlement {
            follow(task, of: id, now: now)
        } else {
            let batch = batches[id]
            batches.remove(id)
            settle(batch, settlement, blame, now: now)
        }
        advance(now)
    }

    /// Takes in that the request of a batch cannot be written: halved, until the launch at fault stands alone.
    package mutating func unsendable(_ id: BatchID, _ refusal: Refusal, at now: Moment) {
        guard batches.contains(id), batches[id].task == nil, let first = batches[id].members.first else {
            return note(.stale(.answer))
        }
        census.countCall(by: -1)
        withdrawTrials(first)
        let batch = batches[id]
        batches.remove(id)
        settle(batch, batch.request.settle(.refused(refusal)), .event, now: now)
        advance(now)
    }

    /// Gives each launch of a batch its fate.
    mutating func settle(_ batch: BatchCall, _ settlement: BatchSettlement, _ blame: Blame, now: Moment) {
        for id in batch.members { launches[id].batch = nil }
        switch settlement {
        case .launched, .task:
            for id in batch.members { accept(id, now: now) }
        case .unreported(let places): settle(batch, unreported: Set(places), now: now)
        case .short(let count): settle(batch, short: count, now: now)
        case .halve(let refusal): halve(batch, refusal, now: now)
        case .refused(let refusal):
            for id in batch.members { refuse(id, refusal, blame: blame, now: now) }
        case .busy(let busy):
            for id in batch.members {
                fail(id, .busy, busy.reason, retryAfter: busy.retryAfter, blame: blame, now: now)
            }
        case .unknown(let reason):
            for id in batch.members { fail(id, .unknown, reason, retryAfter: nil, blame: blame, now: now) }
        }
    }

    /// The answer names launches one by one, and not these: the platform found nobody for them.
    private mutating func settle(_ batch: BatchCall, unreported places: Set<Int>, now: Moment) {
        let isParked = parksUnreported(batch)
        noteUnreported(batch, places.count, isParked)
        for (place, id) in batch.members.enumerated() {
            guard isParked, places.contains(place) else {
                accept(id, now: now)
                continue
            }
            launches[id].reason = .unreported
            launches[id].detail = "the platform's answer to the batch does not name this profile"
            conclude(id, .parked(.refused, .unreported), now: now)
        }
    }

    /// The answer names fewer than were sent, and cannot say whom it leaves out.
    private mutating func settle(_ batch: BatchCall, short count: Int, now: Moment) {
        let isParked = parksUnreported(batch)
        noteUnreported(batch, count, isParked)
        for id in batch.members {
            guard isParked else {
                accept(id, now: now)
                continue
            }
            launches[id].isUnsure = true
            launches[id].reason = .unreported
            launches[id].detail =
                "the platform's answer names \(count) fewer than the \(batch.members.count) launches of the batch"
            remember(id, .unsure)
            conclude(id, .parked(.unknown, .unreported), now: now)
        }
    }

    private func parksUnreported(_ batch: BatchCall) -> Bool {
        batch.members.first.flatMap { launches[$0].planned.policy.batch?.parksUnreported } ?? false
    }

    private mutating func noteUnreported(_ batch: BatchCall, _ count: Int, _ isParked: Bool) {
        if let first = batch.members.first { note(.unreported(first, count: count, isParked: isParked)) }
    }

    /// The platform refused a batch and launched nothing of it: its halves go by themselves, before all that is due.
    ///
    /// Also where the halves meet a circuit and must wait, none of these launches shares a call with more than half as
    /// many again: so the bad one stands alone in the end.
    private mutating func halve(_ batch: BatchCall, _ refusal: Refusal, now: Moment) {
        guard let first = batch.members.first, let (left, right) = batch.request.halves else { return }
        note(.halved(first, count: batch.members.count, refusal))
        let parts = [(left, batch.members.prefix(left.count)), (right, batch.members.suffix(right.count))]
        for (request, members) in parts.reversed() {
            groups += 1
            for id in members { regather(id, company: left.count, now: now) }
            due.prepend(Group(members: Array(members), request: request, number: groups))
        }
    }

    /// Puts a launch of a refused batch into a smaller one, unless nobody waits for it any more.
    private mutating func regather(_ id: LaunchID, company: Int, now: Moment) {
        launches[id].company = min(launches[id].company, company)
        guard launches[id].delivery != nil, stopping == .no else { return leave(id, now: now) }
        launches[id].group = groups
        move(id, to: .gathered)
    }
}
