import AMQP
import Poll
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HeartbeatTests {
    private func time(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: milliseconds * 1_000_000) }

    @Test func sendsEachHalfInterval() {
        var heartbeat = Heartbeat(interval: .seconds(10), now: time(0))
        #expect(heartbeat.verdict(at: time(4_999)) == .nothing)
        #expect(heartbeat.verdict(at: time(5_000)) == .send)
        heartbeat.sent(at: time(5_000))
        #expect(heartbeat.verdict(at: time(9_999)) == .nothing)
        #expect(heartbeat.nextChange == time(10_000))
    }

    @Test func takesAQuietPeerForDeadAfterTwoIntervals() {
        var heartbeat = Heartbeat(interval: .seconds(10), now: time(0))
        heartbeat.sent(at: time(20_000))
        #expect(heartbeat.verdict(at: time(20_000)) == .nothing)
        #expect(heartbeat.verdict(at: time(20_001)) == .peerIsDead)
        heartbeat.received(at: time(20_000))
        #expect(heartbeat.verdict(at: time(25_000)) == .send)
        #expect(heartbeat.verdict(at: time(40_001)) == .peerIsDead)
    }

    /// A loop that sleeps until `nextChange` and does what is said misses nothing and never spins.
    @Test func followingItsTimesIsEnough() {
        var heartbeat = Heartbeat(interval: .seconds(3), now: time(0))
        var now = time(0)
        var sent = 0
        while heartbeat.verdict(at: now) != .peerIsDead {
            if heartbeat.verdict(at: now) == .send {
                heartbeat.sent(at: now)
                sent += 1
            }
            #expect(heartbeat.nextChange > now)
            now = heartbeat.nextChange
        }
        #expect(sent == 4)
        #expect(now == time(6_001))
    }

    @Test func neverLetsTimeRunBackwards() {
        var heartbeat = Heartbeat(interval: .zero, now: time(1_000))
        #expect(heartbeat.interval == .seconds(1))
        heartbeat.received(at: time(0))
        heartbeat.sent(at: time(0))
        #expect(heartbeat.verdict(at: time(1_499)) == .nothing)
    }
}
