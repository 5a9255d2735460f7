import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// Where a failed launch waits, in flight or on which step of the ladder: tables, written out.
@Suite("Where a retry waits", .timeLimit(.minutes(1)))
struct RetryTableTests {
    /// By failures before this one, from none to eight; -1 is a wait in flight.
    struct Row: Sendable, CustomTestStringConvertible {
        let retryAfter: Int?
        let steps: [Int]
        var testDescription: String { "Retry-After \(retryAfter.map(String.init) ?? "-")" }

        init(_ retryAfter: Int?, _ steps: Int...) {
            self.retryAfter = retryAfter
            self.steps = steps
        }
    }

    private func wait(_ bench: Bench, _ attempts: Int, _ outcome: LaunchOutcome) throws -> Int {
        let id = try #require(bench.deliver(launch(history: LaunchHistory(attempts: attempts))))
        bench.answerAll(outcome)
        guard bench.did() == [.delay(id)] else { return -1 }
        return bench.relay.delayNotice(id).step
    }

    @Test(
        "The standard ladder of 5 s, 30 s, 2 min, 10 min, 1 h",
        arguments: [
            Row(nil, -1, -1, -1, -1, 0, 1, 2, 3, 4),
            Row(0, -1, -1, -1, -1, 0, 1, 2, 3, 4),
            Row(2, -1, -1, -1, -1, 0, 1, 2, 3, 4),
            Row(3, 0, 0, 0, 0, 0, 1, 2, 3, 4),
            Row(5, 0, 0, 0, 0, 0, 1, 2, 3, 4),
            Row(6, 1, 1, 1, 1, 1, 1, 2, 3, 4),
            Row(30, 1, 1, 1, 1, 1, 1, 2, 3, 4),
            Row(31, 2, 2, 2, 2, 2, 2, 2, 3, 4),
            Row(120, 2, 2, 2, 2, 2, 2, 2, 3, 4),
            Row(121, 3, 3, 3, 3, 3, 3, 3, 3, 4),
            Row(601, 4, 4, 4, 4, 4, 4, 4, 4, 4),
            Row(3600, 4, 4, 4, 4, 4, 4, 4, 4, 4),
        ])
    func standard(row: Row) throws {
        for (attempts, step) in row.steps.enumerated() {
            let found = try wait(Bench(), attempts, .busy(.http503, after: row.retryAfter))
            #expect(found == step, "after \(attempts) failures")
        }
    }

    @Test(
        "A ladder of one step, and one of two",
        arguments: [
            ([10], nil, [-1, -1, -1, -1, 0, 0, 0, 0, 0]), ([10], 10, [0, 0, 0, 0, 0, 0, 0, 0, 0]),
            ([1, 10], nil, [-1, -1, -1, -1, 0, 1, 1, 1, 1]), ([1, 10], 2, [-1, -1, -1, -1, 1, 1, 1, 1, 1]),
            ([1, 10], 3, [1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ] as [([Int], Int?, [Int])])
    func others(ladder: [Int], retryAfter: Int?, steps: [Int]) throws {
        for (attempts, step) in steps.enumerated() {
            let bench = Bench { $0.ladder = ladder.map { .seconds($0) } }
            #expect(try wait(bench, attempts, .busy(.http503, after: retryAfter)) == step, "after \(attempts)")
        }
    }

    @Test(
        "A number of attempts is that many tries, the last failure parks",
        arguments: [1, 2, 3, 4, 5, 6, 10, 25])
    func attempts(count: Int) throws {
        var tries = 0
        for spent in 0..<100 {
            // A relay of its own for each try: so few failures open no circuit.
            let bench = Bench()
            let history = LaunchHistory(attempts: spent)
            let id = try #require(bench.deliver(launch(policy: LaunchPolicy(attempts: count), history: history)))
            tries += bench.sent.count
            bench.answerAll(.busy(.http503))
            if bench.did() == [.park(id)] { break }
        }
        #expect(tries == count)
    }

    @Test("Waits in flight lie between half of 250 ms, doubled each time up to 2 s, and the whole of it")
    func shortWaits() throws {
        let bench = Bench()
        RetryTests.lull(bench)
        _ = bench.did()
        bench.deliver(launch())
        var waits: [Int64] = []
        for _ in 0..<4 {
            let before = bench.now
            bench.answerAll(.unknown(.http500))
            let next = bench.relay.nextWake()
            let wake = try #require(next)
            waits.append((wake.nanoseconds - before) / 1_000_000)
            bench.pass(.milliseconds(2000))
        }
        for (wait, bounds) in zip(waits, [125...250, 250...500, 500...1000, 1000...2000]) {
            #expect(bounds.contains(Int(wait)), "\(waits)")
        }
    }

    @Test("A target that stays closed sends a launch one step further each time, and spends no attempt")
    func postponed() throws {
        var history = LaunchHistory()
        var steps: [Int] = []
        for _ in 0..<7 {
            let bench = Bench()
            bench.deliver(launch("first"))
            bench.answerAll(.busy(.forbidden))
            _ = bench.did()
            let id = try #require(bench.deliver(launch(history: history)))
            #expect(bench.did() == [.delay(id)])
            let notice = bench.relay.delayNotice(id)
            steps.append(notice.step)
            history = try #require(notice.owed.first).history
        }
        #expect(steps == [0, 1, 2, 3, 4, 4, 4])
        #expect(history == LaunchHistory(attempts: 0, postponed: 7))
    }

    @Test("One message carries all that is owed: its step is the longest that any of its launches needs")
    func longestStep() throws {
        let bench = Bench()
        let id = try #require(
            bench.deliver(launch("anna", element: 0), launch("boris", element: 1), launch("vera", element: 2)))
        let sent = bench.sent
        _ = bench.did()
        bench.answer(sent[1], .busy(.http503, after: 100))
        bench.answer(sent[0], .busy(.http429, after: 6))
        bench.answer(sent[2], .ok)
        #expect(bench.did() == [.delay(id)])
        let notice = bench.relay.delayNotice(id)
        #expect(notice.step == 2)
        #expect(notice.owed.map(\.element) == [1, 0])
        #expect(notice.owed.map(\.history.attempts) == [1, 1])
    }
}
