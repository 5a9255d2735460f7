import Altcraft
import Outcome
import Poll

/// Launches that share calls: gathered until a batch is full, or has waited long enough, and sent as one.
///
/// A launch that is gathered keeps its lane, so no batch holds two of one lane, and its key. Nothing is out yet: it may
/// still be given back, expire, or go round the ladder.
extension Relay {
    /// Whether the launch goes in a call with others.
    func sharesCalls(_ id: LaunchID) -> Bool {
        launches[id].planned.policy.batch != nil && launches[id].planned.request.element != nil
    }

    /// Puts a launch that may be sent into the batch of its kind; a full one is due.
    mutating func gather(_ id: LaunchID, now: Moment) {
        let planned = launches[id].planned
        guard let policy = planned.policy.batch, let element = planned.request.element else { return }
        let key = gatherKey(id, policy)
        let limits = BatchLimits(
            items: key.company, bytes: settings.batchBytes, bytesWithFiles: settings.batchBytesWithFiles)
        move(id, to: .gathered)
        var count = 1
        if let joined = gatherings[key]?.add(id, planned.request, limits) {
            launches[id].group = joined.group
            count = joined.count
        } else {
            // What was gathered cannot take one more without outgrowing the body limit: it goes, and the next begins.
            closeGathering(key)
            groups += 1
            launches[id].group = groups
            let group = Group(
                members: [id], request: BatchRequest(planned.request, element: element), number: groups)
            let deadline = now.monotonic.advanced(by: policy.maxWait)
            gatherings[key] = Gathering(group: group, deadline: deadline)
            if key.company > 1 { wakes.insert(id, at: deadline) }
        }
        if count >= key.company { closeGathering(key) }
    }

    /// By what the launch finds its batch.
    ///
    /// Its last try it makes alone, so that an element that makes the platform stumble ends by itself and not with all
    /// that happened to be beside it.
    private func gatherKey(_ id: LaunchID, _ policy: BatchPolicy) -> GatherKey {
        let (planned, attempts) = (launches[id].planned, launches[id].attempts)
        let isLastTry = attempts > 0 && attempts >= planned.policy.attempts - 1
        let company = isLastTry ? 1 : min(policy.maxItems, launches[id].company)
        return GatherKey(
            mapping: planned.mapping, call: planned.request.call, digest: planned.request.sharedDigest,
            company: max(company, 1))
    }

    /// Ends the wait of a batch.
    private mutating func closeGathering(_ key: GatherKey) {
        if let gathering = gatherings.removeValue(forKey: key) { due.append(gathering.group) }
    }

    /// Ends the wait of the batch that began with this launch, if its time has come.
    mutating func closeGathering(of id: LaunchID, now: Moment) {
        guard let policy = launches[id].planned.policy.batch else { return }
        let key = gatherKey(id, policy)
        guard let gathering = gatherings[key], gathering.group.members.first == id,
            gathering.deadline <= now.monotonic
        else { return }
        closeGathering(key)
    }

    /// Sends the batches that are due, as far as there are places.
    mutating func sendDue(_ now: Moment) {
        if !gatherings.isEmpty, hearsNoMore { closeAllGatherings() }
        while !due.isEmpty, maySendBatch, let group = due.popFirst() { send(group, now: now) }
    }

    /// Whether a batch may go out.
    private var maySendBatch: Bool {
        census.inFlight < settings.inFlight && platform.admits && (!settings.hasLedger || ledger.isUp)
    }

    /// Whether nobody else can come before something that is gathered has gone: the broker hands out no more.
    private var hearsNoMore: Bool {
        deliveries.count >= settings.prefetch && ready.isEmpty && cleared.isEmpty
            && census.inFlight + census.lookingUp + census.committing == 0
    }

    private mutating func closeAllGatherings() {
        for key in gatheringsInOrder { closeGathering(key) }
    }

    /// By age: the order of a dictionary differs by process, and a schedule that is played again must go the same way.
    private var gatheringsInOrder: [GatherKey] {
        gatherings.sorted { $0.value.group.number < $1.value.group.number }.map(\.key)
    }

    /// Sends a batch, without those in whose way something has come meanwhile.
    private mutating func send(_ group: Group, now: Moment) {
        var members: [LaunchID] = []
        members.reserveCapacity(group.members.count)
        for id in group.members where mayGo(id, in: group, now: now) { members.append(id) }
        guard !members.isEmpty else { return }
        let isWhole = members.count == group.members.count
        guard let request = isWhole ? group.request : request(of: members) else { return }
        let periods = countSend(to: request.target)
        let batch = batches.insert(BatchCall(members: members, request: request, task: nil))
        for id in members {
            depart(id, periods, to: .sentTogether, now: now)
            launches[id].batch = batch
        }
        census.countCall(by: 1)
        emit(.sendBatch(batch))
    }

    /// Whether a launch that was gathered still goes; if not it is on another way already.
    private mutating func mayGo(_ id: LaunchID, in group: Group, now: Moment) -> Bool {
        guard launches.contains(id), launches[id].state == .gathered, launches[id].group == group.number else {
            return false
        }
        guard !isExpired(id, now) else {
            conclude(id, .skipped(.expired), now: now)
            return false
        }
        guard !isPostponed(id, now) else { return false }
        guard !isTargetBusy(id, now) else {
            wait(id, settings.backoff.first, now: now)
            return false
        }
        return true
    }

    /// One request for these launches.
    private func request(of members: [LaunchID]) -> BatchRequest? {
        guard let first = members.first, var request = BatchRequest(launches[first].planned.request) else { return nil }
        let limits = BatchLimits(
            items: members.count, bytes: settings.batchBytes, bytesWithFiles: settings.batchBytesWithFiles)
        for id in members.dropFirst() {
            guard request.append(launches[id].planned.request, limits: limits) else { return nil }
        }
        return request
    }

    /// Drops from what is gathered what is gone.
    mutating func sweepBatches() {
        for key in gatheringsInOrder {
            guard let gathering = gatherings.removeValue(forKey: key) else { continue }
            guard let group = swept(gathering.group), let first = group.members.first else { continue }
            gatherings[key] = Gathering(group: group, deadline: gathering.deadline)
            if first != gathering.group.members.first { wakes.insert(first, at: gathering.deadline) }
        }
        for _ in 0..<due.count {
            guard let group = due.popFirst(), let rest = swept(group) else { continue }
            due.append(rest)
        }
    }

    /// What is left of a group; `nil` for nothing.
    private func swept(_ group: Group) -> Group? {
        let members = group.members.filter {
            launches.contains($0) && launches[$0].state == .gathered && launches[$0].group == group.number
        }
        guard members.count < group.members.count else { return group }
        guard let request = request(of: members) else { return nil }
        return Group(members: members, request: request, number: group.number)
    }
}
