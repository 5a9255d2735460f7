import Altcraft
import Outcome
import Poll
import Testing

@testable import Relay

/// Shares of the prefetch, turns by priority, and expiry, each at its edge with the neighbour that is not affected.
@Suite("Fairness and expiry, at the edges", .timeLimit(.minutes(1)))
struct FairnessTests {
    private func crowded(_ bench: Bench) -> [Crowding] {
        bench.observations.compactMap { if case .crowded(_, let crowding) = $0 { crowding } else { nil } }
    }

    @Test(
        "One lane holds half the prefetch, and at least one delivery",
        arguments: [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (9, 4), (10, 5), (200, 100)])
    func lane(prefetch: Int, share: Int) {
        let bench = Bench { $0.prefetch = prefetch }
        for number in 0..<share { bench.deliver(launch("anna", value: "\(number)")) }
        #expect(crowded(bench).isEmpty)
        bench.deliver(launch("anna", value: "one too many"))
        #expect(crowded(bench) == [.lane])
        bench.deliver(launch("boris"))
        #expect(crowded(bench) == [.lane])
        bench.answerAll(.ok)
        bench.deliver(launch("anna", value: "after one has gone"))
        #expect(crowded(bench) == [.lane])
    }

    @Test(
        "All of bulk holds half the prefetch, whatever the lanes",
        arguments: [(1, 1), (2, 1), (3, 1), (4, 2), (10, 5), (11, 5)])
    func bulk(prefetch: Int, share: Int) {
        let bench = Bench { $0.prefetch = prefetch }
        let policy = LaunchPolicy(priority: .bulk)
        for number in 0..<share { bench.deliver(launch("r\(number)", policy: policy)) }
        #expect(crowded(bench).isEmpty)
        bench.deliver(launch("over", policy: policy))
        #expect(crowded(bench) == [.bulk])
        bench.deliver(launch("normal"), launch("code", policy: LaunchPolicy(priority: .transactional)))
        #expect(crowded(bench) == [.bulk])
        bench.answerAll(.ok)
        bench.deliver(launch("again", policy: policy))
        #expect(crowded(bench) == [.bulk])
    }

    @Test("An event with a thousand bulk launches counts once against bulk's share")
    func bulkOnce() {
        let bench = Bench { $0.prefetch = 4 }
        let policy = LaunchPolicy(priority: .bulk)
        bench.deliver(Plan(launches: (0..<1000 as Range<Int>).map { launch("r\($0)", element: $0, policy: policy) }))
        bench.deliver(launch("second", policy: policy))
        #expect(crowded(bench).isEmpty)
        bench.deliver(launch("third", policy: policy))
        #expect(crowded(bench) == [.bulk])
    }

    @Test("Without a ladder nothing is crowded out: there is nowhere to go")
    func noLadder() {
        let bench = Bench {
            $0.prefetch = 2
            $0.ladder = []
        }
        for number in 0..<5 { bench.deliver(launch("anna", value: "\(number)")) }
        #expect(crowded(bench).isEmpty)
        var order: [String] = []
        for _ in 0..<5 {
            order += bench.sent.compactMap { bench.relay.plannedLaunch($0)?.key.value }
            bench.answerAll(.ok)
        }
        #expect(order == ["0", "1", "2", "3", "4"])
    }

    private static func id(_ slot: UInt32) -> LaunchID { LaunchID(slot: slot, use: 0) }

    @Test(
        "Turns, written out: higher priorities first, every sixteenth turn to the lowest that waits",
        arguments: [
            ([3, 2, 1], "tttnnb"),
            ([20, 2, 2], "tttttttttttttttbtttttnnb"),
            ([20, 3, 0], "tttttttttttttttntttttnn"),
            ([0, 20, 2], "nnnnnnnnnnnnnnnbnnnnnb"),
            ([33, 0, 3], "tttttttttttttttbtttttttttttttttbtttb"),
            ([0, 0, 3], "bbb"),
            ([17, 0, 0], "ttttttttttttttttt"),
        ])
    func turns(counts: [Int], order: String) {
        var turns = Turns()
        var names: [UInt32: String] = [:]
        var slot: UInt32 = 0
        for (priority, count) in zip([Priority.transactional, .normal, .bulk], counts) {
            for _ in 0..<count {
                names[slot] = String(priority.rawValue.prefix(1))
                turns.append(Self.id(slot), priority)
                slot += 1
            }
        }
        var found = ""
        while let next = turns.next() { found += names[next.slot] ?? "?" }
        #expect(found == order)
        #expect(turns.isEmpty)
    }

    @Test("Within a priority it is first come, first served; what was there already goes before")
    func within() {
        var turns = Turns()
        for slot in 1...3 as ClosedRange<UInt32> { turns.append(Self.id(slot), .normal) }
        turns.prepend(Self.id(9), .normal)
        turns.append(Self.id(4), .bulk)
        turns.keep { $0.slot != 2 }
        var order: [UInt32] = []
        while let next = turns.next() { order.append(next.slot) }
        #expect(order == [9, 1, 3, 4])
    }

    @Test(
        "Too late is from the very second on",
        arguments: [(-1, true), (0, true), (1, false), (1_000_000, false)] as [(Int64, Bool)])
    func expiry(seconds: Int64, isExpired: Bool) {
        let bench = Bench()
        bench.deliver(launch(expiresAt: bench.wall + seconds))
        #expect(bench.sent.isEmpty == isExpired)
        #expect(bench.ends.map(\.reason) == (isExpired ? [.expired] : []))
    }

    @Test("What expires behind others of its lane is skipped, and those behind it go on")
    func expiryInLane() {
        let bench = Bench()
        let deadline = bench.wall + 10
        bench.deliver(launch("anna", value: "1"))
        bench.deliver(launch("anna", value: "2", expiresAt: deadline))
        bench.deliver(launch("anna", value: "3"))
        bench.wall = deadline
        bench.answerAll(.ok)
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.key.value } == ["3"])
        #expect(bench.ends.map(\.end) == [.launched, .skipped])
    }

    @Test("What expires while a rate holds it back is skipped when its turn comes, and takes no token")
    func expiryUnderRate() {
        let policy = LaunchPolicy(rate: RateLimit(perSecond: 1, burst: 1))
        let bench = Bench()
        bench.deliver(launch("anna", policy: policy))
        bench.deliver(launch("boris", expiresAt: bench.wall + 1, policy: policy))
        bench.deliver(launch("vera", policy: policy))
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.recipient } == ["anna"])
        bench.answerAll(.ok)
        _ = bench.did()
        bench.wall += 1
        bench.pass(.milliseconds(1100))
        #expect(bench.ends.map(\.end) == [.launched, .skipped])
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.recipient } == ["vera"])
    }

    @Test("Only the wall clock counts for expiry: hours on the monotonic one change nothing")
    func expiryClock() {
        let bench = Bench { $0.inFlight = 1 }
        bench.deliver(launch("anna"))
        let first = bench.sent[0]
        bench.deliver(launch("boris", expiresAt: bench.wall + 5))
        _ = bench.did()
        bench.now += 600_000_000_000
        bench.answer(first, .ok)
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.recipient } == ["boris"])
    }

    @Test("A launch for somebody who is not allowed never waits for its lane")
    func notAllowed() {
        let bench = Bench()
        bench.deliver(launch("anna", value: "1"))
        bench.deliver(launch("anna", value: "2", isAllowed: false))
        #expect(bench.ends.map(\.reason) == [.notAllowed])
        #expect(bench.sent.count == 1)
    }

    @Test("What is launched in which order: three lanes, one refusal, one wait, one expiry")
    func schedule() {
        let bench = Bench { $0.inFlight = 2 }
        for (recipient, value) in [("a", "a1"), ("a", "a2"), ("b", "b1"), ("c", "c1"), ("a", "a3"), ("b", "b2")] {
            bench.deliver(launch(recipient, value: value, expiresAt: value == "b2" ? bench.wall + 5 : nil))
        }
        var order: [[String]] = []
        func step(_ outcomes: [String: LaunchOutcome]) {
            let sent = bench.sent
            let values = sent.compactMap { bench.relay.plannedLaunch($0)?.key.value }
            order.append(values)
            _ = bench.did()
            for (id, value) in zip(sent, values) { bench.answer(id, outcomes[value] ?? .ok) }
        }
        step(["a1": .refusal])
        bench.wall += 5
        step(["a2": .busy(.http503)])
        step([:])
        bench.pass(.seconds(1))
        step([:])
        step([:])
        #expect(order == [["a1", "b1"], ["c1", "a2"], [], ["a2"], ["a3"]])
        #expect(bench.ends.filter { $0.end == .skipped }.map(\.reason) == [.expired])
    }
}
