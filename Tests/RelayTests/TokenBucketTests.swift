import Poll
import Testing

@testable import Relay

/// Rates: over any stretch of time no more goes than the burst and what trickled in, and no less where something waits.
@Suite("Token buckets", .timeLimit(.minutes(1)))
struct TokenBucketTests {
    private static func time(_ nanoseconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: nanoseconds) }

    /// When so many are taken, each as soon as the bucket opens.
    private static func greedy(_ limit: RateLimit, count: Int) -> [Int64] {
        var bucket = TokenBucket(limit, now: time(0))
        var (now, taken) = (time(0), [Int64]())
        while taken.count < count {
            if bucket.isOpen(now) {
                bucket.take()
                taken.append(now.nanoseconds)
            } else {
                now = bucket.opens
            }
        }
        return taken
    }

    @Test(
        "Taken as soon as it opens: the burst at once, then evenly",
        arguments: [(1.0, 1.0), (10, 1), (10, 5), (0.5, 3), (1_000, 100), (3, 2.5)])
    func evenly(perSecond: Double, burst: Double) {
        let limit = RateLimit(perSecond: perSecond, burst: burst)
        let taken = Self.greedy(limit, count: Int(burst) + 20)
        #expect(taken.prefix(Int(burst)).allSatisfy { $0 == 0 })
        // A microsecond each for the wake-up that must not come too early.
        for (place, moment) in taken.enumerated().dropFirst(Int(burst)) {
            let wanted = (Double(place + 1) - burst) / perSecond * 1e9
            #expect(abs(Double(moment) - wanted) < 2_000 * Double(place + 1), "\(place): \(moment), not \(wanted)")
        }
    }

    @Test("In no stretch of time goes more than the burst and its share", arguments: 0..<20 as Range<UInt64>)
    func bounded(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let limit = RateLimit(
            perSecond: Double.random(in: 0.5...200, using: &generator),
            burst: Double.random(in: 1...20, using: &generator))
        var bucket = TokenBucket(limit, now: Self.time(0))
        var (now, taken) = (Int64(0), [Int64]())
        for _ in 0..<400 {
            now += Int64.random(in: 0...200_000_000, using: &generator)
            let tries = Int.random(in: 0...6, using: &generator)
            for _ in 0..<tries where bucket.isOpen(Self.time(now)) {
                bucket.take()
                taken.append(now)
            }
        }
        for (first, start) in taken.enumerated() {
            let isBounded = taken[first...].enumerated().allSatisfy { count, end in
                Double(count + 1) <= limit.burst + Double(end - start) / 1e9 * limit.perSecond + 1e-6
            }
            #expect(isBounded, "from \(start)")
        }
    }

    @Test("It opens when it says, and not a moment before", arguments: 0..<20 as Range<UInt64>)
    func opens(seed: UInt64) {
        var generator = SeededGenerator(seed: 50 + seed)
        let limit = RateLimit(perSecond: Double.random(in: 0.01...500, using: &generator), burst: 1)
        var bucket = TokenBucket(limit, now: Self.time(0))
        for _ in 0..<50 {
            bucket.take()
            let opens = bucket.opens
            let early = bucket.isOpen(opens.advanced(byNanoseconds: -3_000))
            #expect(!early)
            let onTime = bucket.isOpen(opens)
            #expect(onTime)
        }
    }

    @Test("A clock that stands or goes back gives nothing away")
    func backwards() {
        var bucket = TokenBucket(RateLimit(perSecond: 10, burst: 1), now: Self.time(1_000_000_000))
        bucket.take()
        for moment in [1_000_000_000, 500_000_000, 0, 1_000_000_000] as [Int64] {
            let isOpen = bucket.isOpen(Self.time(moment))
            #expect(!isOpen)
        }
        let later = bucket.isOpen(Self.time(1_100_000_001))
        #expect(later)
    }

    @Test("A smaller burst takes away what was saved up; a larger one gives nothing at once")
    func changed() {
        var bucket = TokenBucket(RateLimit(perSecond: 1, burst: 10), now: Self.time(0))
        bucket.change(to: RateLimit(perSecond: 1, burst: 2))
        for _ in 0..<2 {
            let hasSaved = bucket.isOpen(Self.time(0))
            #expect(hasSaved)
            bucket.take()
        }
        bucket.change(to: RateLimit(perSecond: 1, burst: 50))
        let isOpen = bucket.isOpen(Self.time(0))
        #expect(!isOpen)
        let later = bucket.isOpen(Self.time(1_000_001_000))
        #expect(later)
    }
}
