import AMQP
import Poll

/// When the broker is tried again.
struct Reconnection {
    private var backoff = ReconnectBackoff()
    private var generator = SystemRandomNumberGenerator()
    /// When the next attempt is due; nil while one is under way, or the connection stands.
    private(set) var nextAttempt: MonotonicTime?

    /// Counts a failure; returns how long it is until the next attempt.
    mutating func failed(at now: MonotonicTime) -> Duration {
        let wait = backoff.failed(using: &generator)
        nextAttempt = now.advanced(by: wait)
        return wait
    }

    /// An attempt was begun.
    mutating func begun() {
        nextAttempt = nil
    }

    /// The connection stands.
    mutating func succeeded() {
        backoff.succeeded()
        nextAttempt = nil
    }
}
