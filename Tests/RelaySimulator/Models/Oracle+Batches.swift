import Outcome
import Relay

/// What the oracle makes of calls that carry several launches.
extension Oracle {
    /// A launch in a batch.
    typealias BatchEntry = (part: SimulatedPart, delivery: DeliveryID?)

    /// The request of a batch goes out: one call, whatever it carries.
    mutating func sent(_ entries: [BatchEntry], life: Int, wall: Int64, limit: Int) {
        require(!entries.isEmpty, "a batch of nobody is sent")
        require(Set(entries.map(\.part.target)).count == 1, "a batch for several targets is sent")
        let most = entries.first?.part.policy.batch?.maxItems ?? 1
        require(entries.count <= most, "a batch of \(entries.count) is sent, more than \(most)")
        out += 1
        require(out <= limit, "more than \(limit) requests in flight")
        for entry in entries { departed(entry.part, entry.delivery, life: life, wall: wall) }
    }

    /// The outcome of a batch reaches the bridge.
    mutating func answered(_ entries: [BatchEntry], _ answer: BatchAnswer, life: Int, taskDeadline: Int64) {
        out -= 1
        switch answer {
        case .accepted(let launched): told(entries, launched: Set(launched), life: life)
        case .task: for entry in entries { keys[entry.part.key].taskDeadline = taskDeadline }
        case .refused:
            // Only the one that stands alone is refused itself.
            for entry in entries {
                learned(entry.part, entry.delivery, entries.count == 1 ? .refused : nil, life: life)
            }
        case .busy(let kind):
            for entry in entries { learned(entry.part, entry.delivery, .busy(kind), life: life) }
        case .unknown(let kind):
            for entry in entries { learned(entry.part, entry.delivery, .unknown(kind), life: life) }
        }
    }

    /// An answer that names those for whom it was launched, or at least their number.
    private mutating func told(_ entries: [BatchEntry], launched: Set<Int>, life: Int) {
        let isShort = launched.count < entries.count
        for (part, delivery) in entries {
            let isParked = part.policy.batch?.parksUnreported ?? false
            let isNamed = part.isByID ? launched.contains(part.index) : !isShort
            if isNamed || !isParked {
                learned(part, delivery, .accepted, life: life)
            } else {
                keys[part.key].unnamed += 1
                learned(part, delivery, nil, life: life)
                if !part.isByID { keys[part.key].isUnsure = true }
            }
        }
    }

    /// The bridge learns how a task stands.
    mutating func told(_ entries: [BatchEntry], _ status: TaskAnswer, life: Int) {
        out -= 1
        switch status {
        case .running, .unanswered: return
        case .finished: for entry in entries { learned(entry.part, entry.delivery, .accepted, life: life) }
        case .failed: for entry in entries { learned(entry.part, entry.delivery, .unknown(.error), life: life) }
        }
        for entry in entries { keys[entry.part.key].taskDeadline = nil }
    }

    /// Tasks whose deliveries are gone are given up without a word once their time is over: a failure like any other.
    mutating func forgetTasks(of parts: [SimulatedPart], now: Int64) {
        for lane in lanes.indices {
            lanes[lane].removeAll { entry in
                let key = parts[entry.part].key
                guard entry.isOut, !open.contains(entry.delivery), let deadline = keys[key].taskDeadline,
                    deadline <= now
                else { return false }
                keys[key].taskDeadline = nil
                keys[key].isUnsure = true
                keys[key].failures += 1
                keys[key].outInLife = -1
                return true
            }
        }
    }

    /// The bridge does not follow a task any more: its outcome is unknown, if its time is over.
    ///
    /// Where it is not, the launch counts as out as before, and may not be made again.
    mutating func giveUpTask(_ part: SimulatedPart, _ delivery: DeliveryID?, now: Int64) {
        guard let deadline = keys[part.key].taskDeadline, now >= deadline else { return }
        keys[part.key].taskDeadline = nil
        learned(part, delivery, .unknown(.timeout), life: keys[part.key].outInLife)
    }
}
