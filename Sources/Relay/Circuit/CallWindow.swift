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

    /// What the calls together say about it.
    enum Judgement: Hashable {
        /// Nothing against it.
        case well
        /// It fails as far as can be seen, which is not far: it should be asked.
        case suspect
        /// It is sick.
        case sick
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
    /// So many failures in a row are enough whatever was before them: by chance, one in ten makes that once in ten
    /// thousand million calls.
    static let inARow = 10
    /// So many failures in a row are reason to ask, if nothing has succeeded for `silence`: after busy times the last
    /// event alone may meet an outage, and must not spend its attempts on it.
    static let fewInSilence = 4
    /// So long without a success is not chance where many calls are made.
    static let silence: Duration = .seconds(1)
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

    /// The calls that count, the newest first: those of the last while, and failures in a row before them however old
    /// they are, as in quiet times the next try may be minutes away.
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

    /// What the calls say about the platform, looked at when one has failed.
    func judgement(now: MonotonicTime) -> Judgement {
        let recent = recent(now)
        let failed = recent.filter { $0.verdict != .good }
        let row = recent.prefix { $0.verdict != .good }
        if isEnough(row, of: recent) || isMost(failed, of: recent) { return .sick }
        return row.count >= enoughToAsk(row, of: recent, now: now) ? .suspect : .well
    }

    /// How many failures in a row are reason to ask the platform.
    private func enoughToAsk(_ row: ArraySlice<Call>, of recent: [Call], now: MonotonicTime) -> Int {
        guard recent.count >= CallWindow.many else { return CallWindow.fewUnreachable }
        let isSilent = row.count == recent.count || now.since(recent[row.count].time) >= CallWindow.silence
        return isSilent ? CallWindow.fewInSilence : CallWindow.inARow
    }

    /// Whether so many failed in a row that it cannot be chance, nor one event, nor one target.
    private func isEnough(_ row: ArraySlice<Call>, of recent: [Call]) -> Bool {
        guard isEverybodys(row, recent) else { return false }
        if row.count >= CallWindow.inARow { return true }
        let few = row.allSatisfy { $0.verdict == .unreachable } ? CallWindow.fewUnreachable : CallWindow.few
        return row.count == recent.count && row.count >= few
    }

    /// Whether most calls failed, of enough to say so.
    private func isMost(_ failed: [Call], of recent: [Call]) -> Bool {
        recent.count >= CallWindow.many && failed.count * 2 > recent.count && isEverybodys(failed[...], recent)
    }

    /// Whether failures are neither one event's own, nor one target's while others succeed.
    private func isEverybodys(_ failed: ArraySlice<Call>, _ recent: [Call]) -> Bool {
        guard let first = failed.first else { return false }
        let isOneTargets = failed.allSatisfy { $0.target == first.target }
        if isOneTargets, recent.contains(where: { $0.isGoodElsewhere(first.target) }) { return false }
        if failed.allSatisfy({ $0.verdict == .unreachable }) { return true }
        return Set(failed.map(\.lane)).count >= CallWindow.recipients
    }
}

extension CallWindow.Call {
    /// Whether the call succeeded at another target.
    fileprivate func isGoodElsewhere(_ other: LaunchTarget) -> Bool {
        verdict == .good && target != other
    }
}
