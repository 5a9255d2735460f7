import Poll

/// Lanes with a launch on the ladder: what goes there meanwhile is counted as reordered.
struct Absences {
    /// How many lanes are watched at most; beyond it the count is a lower bound.
    private static let capacity = 4096

    private var returns: [LaneKey: MonotonicTime] = [:]
    /// None returns earlier: before it there is nothing to clear away.
    private var earliest: MonotonicTime?

    /// Notes that a launch of the lane is away until `time`.
    mutating func note(_ lane: LaneKey, until time: MonotonicTime, now: MonotonicTime) {
        if returns.count >= Absences.capacity, let earliest, earliest <= now { clearAway(now) }
        guard returns.count < Absences.capacity || returns[lane] != nil else { return }
        returns[lane] = max(time, returns[lane] ?? time)
        earliest = min(time, earliest ?? time)
    }

    private mutating func clearAway(_ now: MonotonicTime) {
        returns = returns.filter { $0.value > now }
        earliest = returns.values.min()
    }

    /// Whether a launch of the lane is away.
    mutating func isAway(_ lane: LaneKey, now: MonotonicTime) -> Bool {
        guard !returns.isEmpty, let time = returns[lane] else { return false }
        guard time > now else {
            returns[lane] = nil
            return false
        }
        return true
    }
}
