package import Poll

/// When a heartbeat is due, and when the peer must be taken for dead: a pure value, fed with what was seen.
///
/// RabbitMQ sends one each half interval and gives up on us after two whole ones (rabbitmq.com/docs/heartbeats).
package struct Heartbeat: Sendable, Equatable {
    /// What is to be done now.
    package enum Verdict: Sendable, Equatable {
        case nothing
        case send
        case peerIsDead
    }

    /// The agreed interval.
    package let interval: Duration
    private var lastReceived: MonotonicTime
    private var lastSent: MonotonicTime

    /// A heartbeat that starts now; an interval below a second counts as a second.
    package init(interval: Duration, now: MonotonicTime) {
        self.interval = max(interval, .seconds(1))
        lastReceived = now
        lastSent = now
    }

    /// Bytes came in, or wait in the socket: they show that the peer lived.
    package mutating func received(at now: MonotonicTime) {
        lastReceived = max(lastReceived, now)
    }

    /// A frame went out; any frame counts as a heartbeat.
    package mutating func sent(at now: MonotonicTime) {
        lastSent = max(lastSent, now)
    }

    /// What is to be done at this time.
    package func verdict(at now: MonotonicTime) -> Verdict {
        if now.since(lastReceived) > interval * 2 { return .peerIsDead }
        return now.since(lastSent) >= interval / 2 ? .send : .nothing
    }

    /// When `verdict` may change without anything being seen.
    package var nextChange: MonotonicTime {
        min(lastSent.advanced(by: interval / 2), lastReceived.advanced(by: interval * 2 + .milliseconds(1)))
    }
}
