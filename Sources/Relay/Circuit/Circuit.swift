import Outcome
import Poll

/// A switch that stops launching while the platform, or one target, is sick, and lets it go on gently.
///
/// Only launches sent in the present period speak about it: answers to what went out before the circuit opened come
/// late and say nothing new.
struct Circuit {
    /// Where it stands.
    ///
    /// Each case names its legal exits.
    enum State: Hashable {
        /// Everything goes. → `open`.
        case closed
        /// Nothing goes before the time. → `probing`, `trying`.
        case open(until: MonotonicTime)
        /// A probe is out. → `trying`, `open`.
        case probing
        /// A few go at once: 1, 2, 4 … → `closed`, `open`.
        case trying(Trial)
    }

    /// The slow start.
    struct Trial: Hashable {
        /// How many may be out at once.
        var allowed = 1
        /// How many are out.
        var out = 0
        /// Answers that say that it works.
        var good = 0
        /// Answers that say that it does not.
        var bad = 0
        /// Whether what fails now may be the event's own fault: a probe said that all else is well.
        let isConfident: Bool
        /// When it began, or was last looked at.
        var since: MonotonicTime

        /// The same, as looked at now.
        fileprivate func since(_ now: MonotonicTime) -> Trial {
            var trial = self
            trial.since = now
            trial.bad = 0
            return trial
        }
    }

    /// Where it stands.
    private(set) var state = State.closed
    /// Counts periods, so that late answers are told from those that matter.
    private(set) var epoch: UInt32 = 0
    /// Why it opened.
    private(set) var reason = Reason.connect
    /// When it opened.
    private(set) var openedAt = MonotonicTime(nanoseconds: 0)
    /// How often it opened since it was last closed.
    private var openings = 0

    /// Whether everything goes.
    var isClosed: Bool { state == .closed }

    /// Whether nothing goes.
    var isOpen: Bool {
        switch state {
        case .open, .probing: true
        case .closed, .trying: false
        }
    }

    /// Whether one more may go.
    var admits: Bool {
        switch state {
        case .closed: true
        case .open, .probing: false
        case .trying(let trial): trial.out < trial.allowed
        }
    }

    /// Opens it; says how long until the next look.
    mutating func open(
        _ why: Reason,
        retryAfter: Duration?,
        _ backoff: Backoff,
        _ generator: inout SeededGenerator,
        now: MonotonicTime
    ) -> Duration {
        if isClosed { openedAt = now }
        openings += 1
        epoch &+= 1
        reason = why
        let wait = max(backoff.wait(failures: openings, using: &generator), retryAfter ?? .zero)
        state = .open(until: now.advanced(by: wait))
        return wait
    }

    /// When the wait is over, where it waits.
    var due: MonotonicTime? {
        if case .open(let until) = state { until } else { nil }
    }

    /// Moves the wait's end to now: something changed that makes a look worthwhile.
    mutating func hurry(now: MonotonicTime) {
        if case .open = state { state = .open(until: now) }
    }

    /// A probe goes out.
    mutating func probe() {
        state = .probing
    }

    /// Lets a first launch through.
    mutating func `try`(isConfident: Bool, now: MonotonicTime) {
        epoch &+= 1
        state = .trying(Trial(isConfident: isConfident, since: now))
    }

    /// Whether a launch of the period was sent as a trial when all else was known to be well.
    func isConfidentTrial(epoch: UInt32?) -> Bool {
        guard epoch == self.epoch, case .trying(let trial) = state else { return false }
        return trial.isConfident
    }

    /// A launch goes out; returns the period it belongs to.
    mutating func sent() -> UInt32 {
        if case .trying(var trial) = state {
            trial.out += 1
            state = .trying(trial)
        }
        return epoch
    }

    /// A launch of the period came back with a good answer; whether that closed the circuit.
    ///
    /// The allowance grows by one with each, and so doubles with each round: 1, 2, 4 …
    mutating func succeeded(epoch: UInt32, limit: Int) -> Bool {
        guard epoch == self.epoch, case .trying(var trial) = state else { return false }
        trial.out -= 1
        trial.good += 1
        trial.allowed += 1
        guard trial.allowed < limit else {
            close()
            return true
        }
        state = .trying(trial)
        return false
    }

    /// A launch of the period came back with a bad answer; whether the circuit has to open again.
    ///
    /// The first failure opens it, but one among good ones does not: a platform that is well again still fails now and then.
    mutating func failed(epoch: UInt32) -> Bool {
        guard epoch == self.epoch, case .trying(var trial) = state else { return false }
        trial.out -= 1
        trial.bad += 1
        state = .trying(trial)
        return trial.bad > trial.good
    }

    /// A launch of the period came back with an answer that says nothing.
    mutating func withdrew(epoch: UInt32) {
        guard epoch == self.epoch, case .trying(var trial) = state else { return }
        trial.out -= 1
        state = .trying(trial)
    }

    /// The slow start has lasted long: quiet traffic must not keep the circuit from closing for ever.
    ///
    /// It closes if nothing failed, unless all that was sent is still out: then nothing is known. Else it goes on.
    mutating func restartOrClose(now: MonotonicTime) {
        guard case .trying(let trial) = state else { return }
        guard trial.bad == 0, trial.good > 0 || trial.out == 0 else {
            state = .trying(trial.since(now))
            return
        }
        close()
    }

    /// Everything goes again.
    private mutating func close() {
        epoch &+= 1
        openings = 0
        state = .closed
    }
}
