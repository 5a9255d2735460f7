import Altcraft
import Outcome

/// One launch and all that the relay knows of it.
struct TrackedLaunch {
    /// What is to be made.
    var planned: PlannedLaunch
    /// Where it is.
    var state: LaunchState = .queued
    /// The delivery that waits for it; `nil` once the delivery was lost with its connection while this was under way.
    var delivery: DeliveryID?
    /// Neighbours in its lane, while it is in one.
    var links = LaneLinks()
    /// Failures spent so far, those of earlier deliveries included.
    var attempts: Int
    /// Failures in a row in this delivery, spent or not: what the wait in flight grows with.
    var failures = 0
    /// The last failure's or refusal's reason.
    var reason: Reason?
    /// The same in the platform's words.
    var detail = ""
    /// Whether an earlier request of it may have been carried out.
    var isUnsure: Bool
    /// Whether the broker says that it was delivered before.
    var isRedelivered = false
    /// Whether it holds its key.
    var holdsKey = false
    /// Whether the rates have been paid for its next request.
    var hasTokens = false
    /// Whether an intent for it stands in the ledger.
    var hasIntent = false
    /// The end it is on its way to while the ledger commits.
    var fate: LaunchFate?
    /// The ladder step that it goes to.
    var step = 0
    /// Times it went to the ladder as its target's circuit was open.
    var postponed: Int
    /// Most launches, itself included, that it may share a call with: a refused batch is halved.
    var company = Int.max
    /// Which group it was gathered into last.
    var group: UInt64 = 0
    /// The batch that carries it, while that is out or followed.
    var batch: BatchID?
    /// Which period of the platform's circuit it was sent in.
    var epoch: UInt32 = 0
    /// Which period of its target's circuit it was sent in as a trial; `nil` for no trial.
    var targetTrial: UInt32?

    /// A launch that has just been planned.
    init(_ planned: PlannedLaunch, delivery: DeliveryID?) {
        self.planned = planned
        self.delivery = delivery
        attempts = planned.history.attempts
        postponed = planned.history.postponed
        isUnsure = planned.history.isUnsure
    }

    /// What fills unused places.
    static let empty = TrackedLaunch(
        PlannedLaunch(
            mapping: "",
            version: "",
            request: LaunchRequest(call: .triggerStart, target: .campaign(0), body: []),
            lane: LaneKey(hash: 0),
            key: LaunchKey(mapping: "", value: "")
        ),
        delivery: nil
    )
}
