import Poll

/// Whether a store (ledger, publishing) can be used: a small circuit of its own.
struct Availability {
    /// Where it stands.
    ///
    /// Each case names its legal exits.
    enum State: Hashable {
        /// In use. → `down`.
        case up
        /// Not to be used before the time; `nil` where only an event from outside ends it. → `trying`, `up`.
        case down(until: MonotonicTime?)
        /// What was pending was asked again, and nothing new yet. → `up`, `down`.
        case trying
    }

    /// Waits between tries.
    static let backoff = Backoff(first: .seconds(1), ceiling: .seconds(30))

    /// Where it stands.
    private(set) var state: State
    private var failures = 0

    /// A store that is in use, or one that has yet to report that it is there.
    init(isUp: Bool) {
        state = isUp ? .up : .down(until: nil)
    }

    /// Whether it can be used.
    var isUp: Bool { state == .up }

    /// Whether only an event from outside ends that it is down.
    var awaitsReport: Bool { state == .down(until: nil) }

    /// When the next try is due.
    var due: MonotonicTime? {
        if case .down(let until) = state { until } else { nil }
    }

    /// It failed; returns the wait if that is news.
    ///
    /// Failures that arrive while it is down already change nothing.
    mutating func failed(_ generator: inout SeededGenerator, now: MonotonicTime) -> Duration? {
        if case .down = state { return nil }
        failures += 1
        let wait = Availability.backoff.wait(failures: failures, using: &generator)
        state = .down(until: now.advanced(by: wait))
        return wait
    }

    /// It is gone, and will be reported when it is back; whether that is news.
    mutating func lost() -> Bool {
        let wasUp = isUp
        state = .down(until: nil)
        return wasUp
    }

    /// What was pending is asked again.
    mutating func `try`() {
        state = .trying
    }

    /// What it was tried with is gone, so that nothing will tell: tried again at once.
    mutating func forgetTry(now: MonotonicTime) {
        if state == .trying { state = .down(until: now) }
    }

    /// It works; whether that is news.
    mutating func works() -> Bool {
        guard state != .up else { return false }
        failures = 0
        state = .up
        return true
    }
}
