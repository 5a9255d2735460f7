import Glibc

/// A reading of the monotonic clock in nanoseconds: what all waits, deadlines and latencies are measured in.
///
/// Never a date: wall time may jump. Decisions take it as an argument; only the edges read it.
package struct MonotonicTime: Sendable, Hashable, Comparable {
    /// Nanoseconds since an arbitrary start (boot).
    package let nanoseconds: Int64

    /// A time from nanoseconds; tests make up their own.
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Reads the clock (CLOCK_MONOTONIC, a vDSO call of about 20 ns).
    package static func now() -> MonotonicTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Earlier times are less.
    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// This time moved by nanoseconds.
    package func advanced(byNanoseconds amount: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds &+ amount)
    }

    /// This time moved by a duration.
    package func advanced(by duration: Duration) -> MonotonicTime {
        advanced(byNanoseconds: duration.nanoseconds)
    }

    /// How long after `earlier` this time is.
    package func since(_ earlier: MonotonicTime) -> Duration {
        .nanoseconds(nanoseconds &- earlier.nanoseconds)
    }
}

extension Duration {
    /// The duration in whole nanoseconds, clamped to what 64 bits hold (292 years).
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }
}
