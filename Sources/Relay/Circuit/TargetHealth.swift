import Outcome
import Poll

/// What is known of a target that had a fault or a refusal: its streaks and its circuit.
///
/// A target without one is well; an accepted launch clears the streaks.
struct TargetHealth {
    /// So many faults in a row make a target sick by itself.
    static let faults = 5
    /// They must be of so many different recipients.
    static let recipients = 3
    /// They must last so long while others succeed to the end.
    ///
    /// When the whole platform goes down, one target is merely the first.
    static let span: Duration = .seconds(1)

    /// The target's circuit.
    var circuit = Circuit()
    /// The circuit opened for refusals: another refusal says that it is still so.
    private(set) var isRefusing = false

    private var faultCount = 0
    private var faultLanes: Set<LaneKey> = []
    private var firstFaultAt = MonotonicTime(nanoseconds: 0)
    private var goodElsewhere = 0
    private var refusedLanes: Set<LaneKey> = []

    /// Notes a fault; whether the target is sick while others are well.
    ///
    /// - Parameter goods: Good answers of all targets so far; the difference since the last fault is other targets'.
    mutating func noteFault(lane: LaneKey, goods: Int, now: MonotonicTime) -> Bool {
        refusedLanes.removeAll()
        if faultCount == 0 { firstFaultAt = now }
        faultCount += 1
        if faultLanes.count < TargetHealth.recipients { faultLanes.insert(lane) }
        let othersSucceed = faultCount > 1 && goods > goodElsewhere
        goodElsewhere = goods
        return othersSucceed && faultCount >= TargetHealth.faults
            && faultLanes.count >= TargetHealth.recipients && now.since(firstFaultAt) >= TargetHealth.span
    }

    /// Notes a refusal; whether so many recipients in a row were refused that the target itself must be at fault.
    mutating func noteRefusal(lane: LaneKey, limit: Int) -> Bool {
        clearFaults()
        refusedLanes.insert(lane)
        return refusedLanes.count >= limit
    }

    /// The circuit opened, for refusals or for something else.
    mutating func opened(refusing: Bool) {
        isRefusing = refusing
        clearFaults()
        refusedLanes.removeAll()
    }

    /// Forgets the streak of faults.
    private mutating func clearFaults() {
        faultCount = 0
        faultLanes.removeAll()
    }
}
