import Altcraft
import Outcome
import Poll
import Testing

@testable import Relay

/// The small parts that the relay is made of.
@Suite("Parts", .timeLimit(.minutes(1)))
struct PartsTests {
    static func id(_ slot: UInt32) -> LaunchID { LaunchID(slot: slot, use: 0) }
    static func time(_ seconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: seconds * 1_000_000_000) }

    @Test("A ring is a queue, at either end, whatever happens", arguments: [1, 2, 3] as [UInt64])
    func ring(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ring = Ring<Int>()
        var model: [Int] = []
        for step in 0..<5000 {
            switch generator.next() % 8 {
            case 0, 1, 2:
                ring.append(step)
                model.append(step)
            case 3:
                ring.prepend(step)
                model.insert(step, at: 0)
            case 4 where step % 50 == 0:
                ring.keep { $0 % 2 == 0 }
                model.removeAll { $0 % 2 != 0 }
            default:
                #expect(ring.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            }
            #expect(ring.count == model.count)
            #expect(ring.first == model.first)
        }
    }

    @Test("A wake queue gives what is due, earliest first", arguments: [4, 5] as [UInt64])
    func wakes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = WakeQueue()
        for slot in 0..<300 as Range<UInt32> {
            queue.insert(Self.id(slot), at: Self.time(Int64(generator.next() % 1000)))
        }
        queue.keep { $0.slot % 3 != 0 }
        var last = Self.time(0)
        var count = 0
        while let earliest = queue.earliest {
            #expect(earliest >= last)
            #expect(queue.popDue(earliest.advanced(byNanoseconds: -1)) == nil)
            #expect(queue.popDue(earliest).map { $0.slot % 3 } != 0)
            last = earliest
            count += 1
        }
        #expect(count == 200)
    }

    @Test("A place is named by its use: who comes late finds nobody")
    func slots() {
        var slots = Slots<LaunchID, String>(empty: "", capacity: 2)
        let first = slots.insert("a")
        slots[first] += "b"
        #expect(slots[first] == "ab")
        slots.remove(first)
        slots.remove(first)
        #expect(slots.count == 0)
        #expect(!slots.contains(first))
        #expect(slots.remembered(first) == "ab")
        slots.recycle()
        #expect(slots.remembered(first) == "ab")
        let second = slots.insert("c")
        #expect(second.slot != first.slot)
        slots.recycle()
        #expect(slots.remembered(first) == nil)
        let third = slots.insert("d")
        #expect(third.slot == first.slot)
        #expect(!slots.contains(first))
        #expect(slots.ids == [third, second])
        #expect(!slots.contains(LaunchID(slot: 99, use: 0)))
    }

    @Test("Waits double up to the ceiling, with jitter in the upper half, never above")
    func backoff() {
        var generator = SeededGenerator(seed: 1)
        let backoff = Backoff(first: .seconds(1), ceiling: .seconds(30))
        for failures in [1, 2, 3, 4, 5, 6, 40, 1000, 0, -5] {
            let full = min(1 << min(max(failures, 1) - 1, 5), 30)
            for _ in 0..<50 {
                let wait = backoff.wait(failures: failures, using: &generator)
                #expect(wait >= .seconds(full) / 2)
                #expect(wait <= .seconds(full))
            }
        }
        #expect(Backoff(first: .zero, ceiling: .zero).wait(failures: 3, using: &generator) == .zero)
    }

    @Test("The ladder's steps", arguments: [(-1, 0), (0, 0), (1, 1), (4, 4), (5, 4), (99, 4)])
    func ladder(passes: Int, step: Int) {
        let ladder = Ladder(steps: RelaySettings().ladder)
        #expect(ladder.step(passes: passes) == step)
        #expect(Ladder(steps: []).step(passes: passes) == 0)
        #expect(ladder.step(atLeast: .seconds(31)) == 2)
        #expect(ladder.step(atLeast: .seconds(10_000)) == 4)
        #expect(ladder.delay(9) == .zero)
    }

    @Test("A bucket lets its burst go, then its rate")
    func bucket() {
        var bucket = TokenBucket(RateLimit(perSecond: 2, burst: 3), now: Self.time(0))
        for _ in 0..<3 {
            #expect(bucket.isOpen(Self.time(0)) == true)
            bucket.take()
        }
        #expect(bucket.isOpen(Self.time(0)) == false)
        let opens = bucket.opens
        #expect(opens > Self.time(0) && opens <= MonotonicTime(nanoseconds: 500_010_000))
        #expect(bucket.isOpen(opens) == true)
        bucket.take()
        #expect(bucket.isOpen(Self.time(1000)) == true)
        #expect(bucket.opensIfEmpty == nil)
        bucket.change(to: RateLimit(perSecond: 1, burst: 1))
        bucket.take()
        #expect(bucket.isOpen(Self.time(1000)) == false)
        #expect(bucket.isOpen(Self.time(0)) == false)
    }

    @Test("A rate that would stop everything is raised to the least that moves")
    func rate() {
        let rate = RateLimit(perSecond: 0, burst: 0)
        #expect(rate.perSecond > 0)
        #expect(rate.burst == 1)
    }

    @Test("The newest fates are remembered, the oldest forgotten")
    func recent() {
        var recent = Recent<Int>(capacity: 3)
        let keys = (0..<5 as Range<Int>).map { LaunchKey(mapping: "m", value: "\($0)") }
        for (number, key) in keys.enumerated() { recent.remember(key, number) }
        #expect(keys.map { recent[$0] } == [nil, nil, 2, 3, 4])
        recent.remember(keys[4], 9)
        #expect(recent[keys[4]] == 9)
        recent.forget(keys[4])
        #expect(recent[keys[4]] == nil)
    }

    @Test("What is forgotten and remembered anew is as new as that")
    func recentAgain() {
        var recent = Recent<Int>(capacity: 3)
        let keys = (0..<5 as Range<Int>).map { LaunchKey(mapping: "m", value: "\($0)") }
        recent.remember(keys[0], 0)
        recent.forget(keys[0])
        recent.remember(keys[1], 1)
        recent.remember(keys[2], 2)
        recent.remember(keys[0], 9)
        recent.remember(keys[3], 3)
        #expect(keys.map { recent[$0] } == [9, nil, 2, 3, nil])
        for _ in 0..<1_000 {
            recent.forget(keys[4])
            recent.remember(keys[4], 4)
        }
        #expect(keys.map { recent[$0] } == [9, nil, nil, 3, 4])
    }

    @Test("Absences end by themselves and stay bounded")
    func absences() {
        var absences = Absences()
        absences.note(LaneKey("a"), until: Self.time(10), now: Self.time(0))
        absences.note(LaneKey("a"), until: Self.time(5), now: Self.time(0))
        #expect(absences.isAway(LaneKey("a"), now: Self.time(9)) == true)
        #expect(absences.isAway(LaneKey("b"), now: Self.time(9)) == false)
        #expect(absences.isAway(LaneKey("a"), now: Self.time(10)) == false)
        for number in 0..<6000 { absences.note(LaneKey("\(number)"), until: Self.time(20), now: Self.time(1)) }
        #expect(absences.isAway(LaneKey("5999"), now: Self.time(2)) == false)
        absences.note(LaneKey("late"), until: Self.time(40), now: Self.time(30))
        #expect(absences.isAway(LaneKey("late"), now: Self.time(31)) == true)
        for number in 0..<6000 { absences.note(LaneKey("\(number)"), until: Self.time(90), now: Self.time(50)) }
        absences.note(LaneKey("0"), until: Self.time(99), now: Self.time(60))
        #expect(absences.isAway(LaneKey("0"), now: Self.time(95)) == true)
    }

    @Test("Lane keys tell texts apart")
    func laneKeys() {
        let keys = (0..<10_000).map { LaneKey("email:customer\($0)@shop.example") }
        #expect(Set(keys).count == 10_000)
        #expect(LaneKey("x") == LaneKey("x"))
    }

    @Test("Launch keys differ in every part")
    func launchKeys() {
        let keys: Set = [
            LaunchKey(mapping: "a", value: "1"), LaunchKey(mapping: "b", value: "1"),
            LaunchKey(mapping: "a", value: "2"),
            LaunchKey(mapping: "a", value: "1", element: "e"), LaunchKey(mapping: "a", value: "1"),
        ]
        #expect(keys.count == 4)
    }
}
