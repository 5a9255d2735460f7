import AMQP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReconnectBackoffTests {
    @Test func staysWithinItsBoundsForEver() {
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var backoff = ReconnectBackoff()
            for failure in 0..<200 {
                let wait = backoff.failed(using: &generator)
                #expect(wait >= ReconnectBackoff.minimum && wait <= ReconnectBackoff.maximum)
                let full = min(ReconnectBackoff.minimum * (1 << min(failure, 8)), ReconnectBackoff.maximum)
                #expect(wait <= full && wait >= full / 2 || wait == ReconnectBackoff.minimum)
            }
        }
    }

    @Test func startsAnewAfterASuccess() {
        var generator = SeededGenerator(seed: 1)
        var backoff = ReconnectBackoff()
        for _ in 0..<20 { _ = backoff.failed(using: &generator) }
        #expect(backoff.failures == 20)
        backoff.succeeded()
        #expect(backoff.failed(using: &generator) == ReconnectBackoff.minimum)
    }

    @Test func isTheSameForTheSameSeed() {
        var waits: [[Duration]] = []
        for _ in 0..<2 {
            var generator = SeededGenerator(seed: 9)
            var backoff = ReconnectBackoff()
            waits.append((0..<12).map { _ in backoff.failed(using: &generator) })
        }
        #expect(waits[0] == waits[1])
        #expect(Set(waits[0].suffix(4)).count > 1)
    }
}
