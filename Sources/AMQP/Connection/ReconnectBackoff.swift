/// How long to wait before connecting again: for ever, from 0.2 to 30 seconds, with jitter.
///
/// Pure: randomness comes from the caller's generator, so a test knows every wait. The jitter takes away up to
/// half, and the limit is applied before it: no wait is ever above `maximum`.
package struct ReconnectBackoff: Sendable, Equatable {
    /// The first wait.
    package static let minimum = Duration.milliseconds(200)
    /// No wait is longer.
    package static let maximum = Duration.seconds(30)

    /// Failures in a row so far.
    package private(set) var failures = 0

    /// No failure yet.
    package init() {}

    /// A connection stood: the next failure is a first one.
    package mutating func succeeded() {
        failures = 0
    }

    /// Counts a failure; returns how long to wait before the next attempt.
    package mutating func failed(using generator: inout some RandomNumberGenerator) -> Duration {
        // 200 ms × 2⁸ is above 30 s: no need to double on.
        let doubled = Self.minimum * (1 << min(failures, 8))
        failures += 1
        let full = min(doubled, Self.maximum)
        let jittered = full * Double.random(in: 0.5...1, using: &generator)
        return min(max(jittered, Self.minimum), Self.maximum)
    }
}
