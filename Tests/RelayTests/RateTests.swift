import Outcome
import Poll
import Relay
import Testing

@Suite("Rates", .timeLimit(.minutes(1)))
struct RateTests {
    /// Accepts what is sent for a while; how many went.
    static func run(_ bench: Bench, seconds: Int) -> Int {
        var count = 0
        for _ in 0..<seconds * 20 {
            count += bench.sent.count
            bench.answerAll(.ok)
            bench.pass(.milliseconds(50))
        }
        return count
    }

    @Test("A mapping's rate holds it back and nobody else")
    func mapping() {
        let bench = Bench { $0.prefetch = 400 }
        let policy = LaunchPolicy(rate: RateLimit(perSecond: 10, burst: 5))
        for number in 0..<100 { bench.deliver(launch("r\(number)", mapping: "slow", policy: policy)) }
        #expect(bench.sent.count == 5)
        bench.deliver(launch("other", mapping: "fast"))
        #expect(bench.sent.count == 6)
        let count = Self.run(bench, seconds: 4)
        #expect((42...48).contains(count))
    }

    @Test("What a rate holds back is at most half the prefetch")
    func share() {
        let bench = Bench { $0.prefetch = 10 }
        let policy = LaunchPolicy(rate: RateLimit(perSecond: 1, burst: 1))
        for number in 0..<8 { bench.deliver(launch("r\(number)", policy: policy)) }
        #expect(bench.observations.count { if case .crowded(_, .rate) = $0 { true } else { false } } == 2)
    }

    @Test("The platform's rate holds all back")
    func total() {
        let bench = Bench {
            $0.prefetch = 400
            $0.rate = RateLimit(perSecond: 20, burst: 10)
        }
        for number in 0..<150 { bench.deliver(launch("r\(number)", mapping: "m\(number % 3)")) }
        #expect(bench.sent.count == 10)
        let count = Self.run(bench, seconds: 3)
        #expect((66...74).contains(count))
    }

    @Test("Waiting for a rate never spins: the wake-up lies ahead, and something goes when it comes")
    func noSpin() {
        let bench = Bench { $0.rate = RateLimit(perSecond: 3, burst: 1) }
        for number in 0..<20 { bench.deliver(launch("r\(number)")) }
        var wakes = 0
        while bench.ends.count < 20, wakes < 200 {
            bench.answerAll(.ok)
            guard let wake = bench.relay.nextWake() else { break }
            bench.now = max(bench.now, wake.nanoseconds)
            bench.act { $0.tick(at: bench.moment) }
            wakes += 1
        }
        #expect(bench.ends.count == 20)
        #expect(wakes <= 40)
    }

    @Test("A mapping that is reloaded with another rate goes by it from then on")
    func reload() {
        let bench = Bench()
        for number in 0..<3 {
            bench.deliver(launch("a\(number)", policy: LaunchPolicy(rate: RateLimit(perSecond: 0.01, burst: 1))))
        }
        #expect(bench.sent.count == 1)
        bench.pass(.seconds(1))
        bench.deliver(launch("b", policy: LaunchPolicy(rate: RateLimit(perSecond: 1000, burst: 10))))
        #expect(Self.run(bench, seconds: 1) == 4)
    }
}
