package import Poll

/// When an input happened, on both clocks.
///
/// Waits and deadlines go by the monotonic clock. Only what the outside states as a date (an event's expiry, a
/// `Retry-After`) is compared with wall time, which may jump.
package struct Moment: Sendable, Hashable {
    /// The monotonic clock.
    package let monotonic: MonotonicTime
    /// The wall clock, in seconds since 1970.
    package let wallSeconds: Int64

    /// A moment from its two readings.
    package init(monotonic: MonotonicTime, wallSeconds: Int64) {
        self.monotonic = monotonic
        self.wallSeconds = wallSeconds
    }
}
