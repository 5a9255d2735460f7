import Outcome
import Poll

/// One delivery on its way to its settlement.
struct Delivery {
    /// Where it is.
    var state: DeliveryState = .launching
    /// Where it came from.
    var receipt: Receipt
    /// When it came.
    var arrivedAt: MonotonicTime
    /// How many launches it asks for.
    var total: Int
    /// How many of its launches have not ended.
    var remaining: Int
    /// Whether the broker says that it was delivered before.
    var isRedelivered = false
    /// Whether bulk launches of it count against bulk's share.
    var isBulk = false
    /// How many launches were accepted.
    var launched = 0
    /// Launches that ended as parked, kept for the notice.
    var parked: [LaunchID] = []
    /// Launches that are still owed and go round the ladder.
    var owed: [LaunchID] = []
    /// Elements that have not been evaluated yet.
    var rest: [PlannedRest] = []
    /// More of them are evaluated when no more than so many launches have not ended.
    var window = 0
    /// Whether more of them were asked for.
    var isPlanning = false
    /// Elements that go round the ladder without having been evaluated.
    var owedRest: [PlannedRest] = []
    /// Parts that ended before they became launches.
    var planned: [PlannedEnd] = []
    /// The first reason to skip that was met.
    var skipReason: Reason?

    /// What fills unused places.
    static let empty = Delivery(
        receipt: Receipt(generation: 0, tag: 0),
        arrivedAt: MonotonicTime(nanoseconds: 0),
        launches: 0
    )

    /// A delivery that asks for so many launches.
    init(receipt: Receipt, arrivedAt: MonotonicTime, launches: Int) {
        self.receipt = receipt
        self.arrivedAt = arrivedAt
        total = launches
        remaining = launches
    }
}

/// Where a delivery is.
///
/// Each case names its legal exits.
enum DeliveryState: Hashable {
    /// Some launches have not ended. → `parking`, `delaying`, settled, given back.
    case launching
    /// The notice goes to the parking queue; nothing is acknowledged before its confirm. → `delaying`, settled, given
    /// back.
    case parking(isOut: Bool)
    /// What is owed goes to the ladder; nothing is acknowledged before its confirm. → settled, given back.
    case delaying(isOut: Bool)
}
