import Altcraft
import Poll

/// The newest calls to the platform: what the platform's circuit is judged by.
///
/// Most calls must fail, not one in ten; and they must be calls for different recipients, so that one event which makes
/// the platform stumble ends by its own attempts and stops nobody else.
struct CallWindow {
    /// What a call says about the platform.
    enum Verdict: Hashable {
        /// It answered as itself.
        case good
        /// It was not reached, or says that it is busy: no event can cause that by itself.
        case unreachable
        /// It may have stumbled over this very event.
        case unclear
    }

    fileprivate struct Call {
        let time: MonotonicTime
        let lane: LaneKey
        let target: LaunchTarget
        let verdict: Verdict
    }

    /// How many calls are looked at.
    static let size = 64
    /// How old they may be.
    static let span: Duration = .seconds(30)
    /// From so many calls on, most of them failing is enough; of fewer, all must fail.
    ///
    /// One failure in ten makes more than ten of twenty about once in ten million calls.
    static let many = 20
    /// So few failures open the circuit when all calls failed and none can be an event's own fault.
    static let fewUnreachable = 3
    /// So few failures open the circuit when all calls failed.
    static let few = 5
    /// From so many recipients must failures come that could be an event's own fault.
    static let recipients = 3

    private var calls: [Call] = []
    private var next = 0

    /// Notes a call.
    mutating func note(_ verdict: Verdict, lane: LaneKey, target: LaunchTarget, now: MonotonicTime) {
        let call = Call(time: now, lane: lane, target: target, verdict: verdict)
        if calls.count < CallWindow.size {
            calls.append(call)
        } else {
            calls[next] = call
            next = (next + 1) % CallWindow.size
        }
    }

    /// Whether nothing succeeds lately, though that may be one event's own fault: reason enough to ask the platform.
    func isSuspect(now: MonotonicTime) -> Bool {
        let recent = recent(now)
        return recent.count >= CallWindow.fewUnreachable && recent.allSatisfy { $0.verdict != .good }
    }

    /// The calls that count: those of the last while, and failures in a row before them however old they are, as in quiet
    /// times the next try may be minutes away.
    private func recent(_ now: MonotonicTime) -> [Call] {
        var recent: [Call] = []
        for offset in 1...max(calls.count, 1) where offset <= calls.count {
            let call = calls[(next + calls.count - offset) % calls.count]
            if call.verdict == .good && now.since(call.time) > CallWindow.span { break }
            recent.append(call)
        }
        return recent
    }

    /// Forgets all calls: a new period begins.
    mutating func reset() {
        calls.removeAll(keepingCapacity: true)
        next = 0
    }

    /// Whether the platform as a whole is sick.
    func isSick(now: MonotonicTime) -> Bool {
        let recent = recent(now)
        let failed = recent.filter { $0.verdict != .good }
        guard let first = failed.first else { return false }
        if failed.allSatisfy({ $0.target == first.target }),
            recent.contains(where: { $0.isGoodElsewhere(first.target) })
        {
            return false
        }
        let isUnreachable = failed.allSatisfy { $0.verdict == .unreachable }
        guard isUnreachable || Set(failed.map(\.lane)).count >= CallWindow.recipients else { return false }
        if recent.count >= CallWindow.many { return failed.count * 2 > recent.count }
        let enough = isUnreachable ? CallWindow.fewUnreachable : CallWindow.few
        return failed.count == recent.count && failed.count >= enough
    }
}

extension CallWindow.Call {
    /// Whether the call succeeded at another target.
    fileprivate func isGoodElsewhere(_ other: LaunchTarget) -> Bool {
        verdict == .good && target != other
    }
}
