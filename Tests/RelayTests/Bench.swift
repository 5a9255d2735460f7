import Altcraft
import Outcome
import Poll
import Relay

/// A relay on a bench: virtual time, and by hand all that the reactor would do.
///
/// Actions are taken after each input; what is observed is kept apart from what is to be done.
final class Bench {
    var relay: Relay
    /// Nanoseconds since the start.
    var now: Int64 = 0
    /// Seconds since 1970.
    var wall: Int64 = 1_700_000_000
    /// What is to be done, taken since the last `did`.
    private(set) var actions: [Action] = []
    /// Deliveries that became the broker's again.
    private(set) var voids: [DeliveryID] = []
    /// All that was observed.
    private(set) var observations: [Observation] = []
    private var buffer: [Action] = []
    private var tag: UInt64 = 0
    var generation: UInt32 = 1

    /// A relay that is connected and consumes.
    init(_ change: (inout RelaySettings) -> Void = { _ in }) {
        var settings = RelaySettings()
        settings.hasLedger = false
        change(&settings)
        relay = Relay(settings: settings, seed: 7, now: MonotonicTime(nanoseconds: 0))
        relay.publisherReady(at: moment)
        relay.consumerConnected(generation: 1, at: moment)
        take()
        _ = did()
    }

    /// This moment.
    var moment: Moment { Moment(monotonic: MonotonicTime(nanoseconds: now), wallSeconds: wall) }

    /// What was to be done since the last call, in order.
    func did() -> [Action] {
        defer { actions = [] }
        return actions
    }

    /// The launches whose requests were to be sent since the last call of `did`.
    var sent: [LaunchID] {
        actions.compactMap { if case .send(let id) = $0 { id } else { nil } }
    }

    /// How the deliveries that were settled or delayed ended.
    var ends: [EventEnd] {
        observations.compactMap { if case .eventEnded(let end) = $0 { end } else { nil } }
    }

    /// How launches ended.
    var fates: [LaunchFate] {
        observations.compactMap { if case .launchEnded(_, let fate) = $0 { fate } else { nil } }
    }

    /// Takes what is to be done; forgets nothing.
    func take() {
        relay.takeActions(into: &buffer)
        for action in buffer {
            switch action {
            case .observe(let observation): observations.append(observation)
            case .void(let id): voids.append(id)
            default: actions.append(action)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// A message arrives.
    @discardableResult
    func deliver(_ plan: Plan, isRedelivered: Bool = false) -> DeliveryID? {
        tag += 1
        let receipt = Receipt(generation: generation, tag: tag)
        let id = relay.deliver(Arrival(receipt: receipt, isRedelivered: isRedelivered, plan: plan), at: moment)
        take()
        return id
    }

    /// A message arrives that asks for these launches.
    @discardableResult
    func deliver(_ launches: PlannedLaunch..., isRedelivered: Bool = false) -> DeliveryID? {
        deliver(Plan(launches: launches), isRedelivered: isRedelivered)
    }

    /// A request's outcome is known.
    func answer(_ id: LaunchID, _ outcome: LaunchOutcome) {
        relay.answered(id, outcome, at: moment)
        take()
    }

    /// All requests that were sent since the last call of `did` come out the same way.
    func answerAll(_ outcome: LaunchOutcome) {
        for id in did().compactMap({ if case .send(let id) = $0 { id } else { nil } }) { answer(id, outcome) }
    }

    /// The batches that were to be sent since the last call of `did`.
    var batches: [BatchID] {
        actions.compactMap { if case .sendBatch(let id) = $0 { id } else { nil } }
    }

    /// The recipients of the batches that were to be sent since the last call of `did`, batch by batch.
    var batched: [[String]] { batches.map(recipients) }

    /// For whom a batch is, as its launches say.
    func recipients(_ id: BatchID) -> [String] {
        relay.batchMembers(id).map { relay.plannedLaunch($0)?.recipient ?? "" }
    }

    /// A batch's outcome is known.
    func answer(_ id: BatchID, _ outcome: LaunchOutcome) {
        relay.answered(id, outcome, at: moment)
        take()
    }

    /// The ledger answers all that it was asked since the last call of `did`, until it is asked no more.
    func ledger(_ answer: LedgerAnswer = .absent) {
        var wasAsked = true
        while wasAsked {
            wasAsked = false
            for action in did() {
                switch action {
                case .lookUp(let id): relay.lookedUp(id, answer, at: moment)
                case .record(let id), .recordIntent(let id), .withdrawIntent(let id):
                    relay.ledgerWrote(id, isCommitted: true, at: moment)
                default:
                    actions.append(action)
                    continue
                }
                wasAsked = true
                take()
            }
        }
    }

    /// The broker confirms, or refuses, all that was published since the last call of `did`.
    func confirm(_ isConfirmed: Bool = true) {
        for action in did() {
            switch action {
            case .park(let id): relay.published(id, .parking, isConfirmed: isConfirmed, at: moment)
            case .delay(let id): relay.published(id, .delay, isConfirmed: isConfirmed, at: moment)
            default:
                actions.append(action)
                continue
            }
            take()
        }
    }

    /// Time passes, with a tick whenever the relay asked for one.
    func pass(_ duration: Duration) {
        let end = now + duration.nanoseconds
        while let wake = relay.nextWake(), wake.nanoseconds <= end {
            now = max(now, wake.nanoseconds)
            relay.tick(at: moment)
            take()
        }
        now = end
    }

    /// A probe comes back.
    func probed(_ answer: ProbeAnswer) {
        relay.probed(answer, at: moment)
        take()
    }

    /// Does something with the relay, and takes what is to be done.
    func act(_ change: (inout Relay) -> Void) {
        change(&relay)
        take()
    }
}

/// A launch for a recipient; its key follows from mapping and value.
func launch(
    _ recipient: String = "anna",
    mapping: String = "order",
    value: String = "",
    element: Int? = nil,
    campaign: Int64 = 1,
    expiresAt: Int64? = nil,
    policy: LaunchPolicy = LaunchPolicy(),
    isAllowed: Bool = true,
    request: LaunchRequest? = nil,
    history: LaunchHistory = LaunchHistory()
) -> PlannedLaunch {
    let identity = value.isEmpty ? "\(recipient)-\(element ?? 0)" : value
    return PlannedLaunch(
        mapping: mapping,
        version: "v1",
        element: element,
        request: request ?? LaunchRequest(call: .triggerStart, target: .campaign(campaign), body: [123, 125]),
        recipient: recipient,
        lane: LaneKey(recipient),
        key: LaunchKey(mapping: mapping, value: identity),
        expiresAt: expiresAt,
        policy: policy,
        isAllowed: isAllowed,
        history: history
    )
}

/// A launch of a mapping whose launches share calls.
func shared(
    _ recipient: String,
    _ batch: BatchPolicy = BatchPolicy(maxItems: 3),
    value: String = "",
    call: Call = .triggerStartBatch,
    content: String = "{}",
    element: String? = nil,
    byID: Bool = false,
    policy: LaunchPolicy = LaunchPolicy(),
    number: Int? = nil,
    expiresAt: Int64? = nil,
    history: LaunchHistory = LaunchHistory()
) -> PlannedLaunch {
    var policy = policy
    policy.batch = batch
    let key = byID ? "profile_id" : "email"
    let request = LaunchRequest(
        call: call, target: .campaign(1), body: Array(content.utf8),
        element: Array((element ?? #"{"\#(key)":"\#(recipient)"}"#).utf8), profileID: byID ? recipient : nil)
    return launch(
        recipient, value: value, element: number, expiresAt: expiresAt, policy: policy, request: request,
        history: history)
}

extension LaunchOutcome {
    static let ok = LaunchOutcome.accepted(Acceptance())
    static let refusal = LaunchOutcome.refused(Refusal(code: 400, text: "no such profile"))

    static func busy(_ reason: Reason, after seconds: Int? = nil) -> LaunchOutcome {
        let scope: Busy.Scope = reason == .forbidden ? .maybeTarget : .platform
        return .busy(Busy(reason, retryAfter: seconds.map { .seconds($0) }, scope: scope))
    }
}

extension LaunchOutcome {
    /// An accepted batch whose answer names these profiles.
    static func named(_ profiles: String...) -> LaunchOutcome { .accepted(Acceptance(profileIDs: profiles)) }

    /// An accepted batch that became a task.
    static func task(_ id: String) -> LaunchOutcome { .accepted(Acceptance(taskID: id)) }
}

extension [Action] {
    /// Whether something is acknowledged.
    var acknowledges: Int {
        count { if case .acknowledge = $0 { true } else { false } }
    }

    /// How many requests are sent.
    var sends: Int {
        count { if case .send = $0 { true } else { false } }
    }

    /// Whether consumption is paused.
    var pauses: Bool { contains(.pauseConsumption) }

    /// Whether consumption is resumed.
    var resumes: Bool { contains(.resumeConsumption) }
}
