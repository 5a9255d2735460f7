import Outcome
import Relay
import Testing

@Suite("Lanes", .timeLimit(.minutes(1)))
struct LaneTests {
    @Test("One recipient's launches go one after the other, others' at the same time")
    func order() {
        let bench = Bench()
        bench.deliver(launch("anna", value: "1"))
        bench.deliver(launch("anna", value: "2"))
        bench.deliver(launch("boris", value: "3"))
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.key.value } == ["1", "3"])
        let first = bench.sent[0]
        _ = bench.did()
        bench.answer(first, .ok)
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.key.value } == ["2"])
    }

    @Test("A retry in flight keeps its place in the lane")
    func retryKeepsOrder() {
        let bench = Bench()
        bench.deliver(launch("anna", value: "1"))
        bench.deliver(launch("anna", value: "2"))
        bench.answerAll(.busy(.http503))
        #expect(bench.did() == [])
        bench.pass(.seconds(1))
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.key.value } == ["1"])
    }

    @Test("The lane goes on while the ledger commits")
    func goesOnBeforeRecord() {
        let bench = Bench { $0.hasLedger = true }
        bench.deliver(launch("anna", value: "1"))
        bench.deliver(launch("anna", value: "2"))
        bench.ledger()
        let first = bench.sent[0]
        _ = bench.did()
        bench.answer(first, .ok)
        let actions = bench.did()
        #expect(actions.contains(.record(first)))
        #expect(actions.contains { if case .lookUp = $0 { true } else { false } })
    }

    @Test("No more requests are out than allowed", arguments: [1, 2, 64])
    func inFlight(limit: Int) {
        let bench = Bench {
            $0.inFlight = limit
            $0.prefetch = 400
        }
        for number in 0..<100 { bench.deliver(launch("r\(number)")) }
        #expect(bench.sent.count == limit)
        bench.answer(bench.sent[0], .ok)
        #expect(bench.sent.count == limit + 1)
    }

    @Test("One lane holds at most half the prefetch; what is over goes to the first step of the ladder")
    func hotLane() throws {
        let bench = Bench { $0.prefetch = 10 }
        for number in 0..<5 { bench.deliver(launch("anna", value: "\(number)")) }
        _ = bench.did()
        let over = try #require(bench.deliver(launch("anna", value: "over")))
        #expect(bench.did() == [.delay(over)])
        #expect(bench.relay.delayNotice(over).step == 0)
        #expect(bench.relay.delayNotice(over).owed.map(\.history.attempts) == [0])
        bench.deliver(launch("boris"))
        #expect(bench.sent.count == 1)
    }

    @Test("A lane that is never empty is crowded by what is in it, not by what has been")
    func steadyLane() {
        let bench = Bench { $0.prefetch = 10 }
        bench.deliver(launch("anna", value: "first"))
        for number in 0..<100 {
            bench.deliver(launch("anna", value: "\(number)"), launch("boris", value: "\(number)"))
            bench.answerAll(.ok)
        }
        #expect(!bench.observations.contains { if case .crowded = $0 { true } else { false } })
    }

    @Test("Launches of one event do not crowd its own lane")
    func ownLane() {
        let bench = Bench { $0.prefetch = 4 }
        let launches = (0..<6 as Range<Int>).map { launch("anna", value: "\($0)", element: $0) }
        bench.deliver(Plan(launches: launches))
        for _ in 0..<6 { bench.answerAll(.ok) }
        #expect(bench.ends.map(\.end) == [.launched])
    }

    @Test("An audience of 20,000 is one event: bounded in flight, settled once")
    func audience() {
        let bench = Bench()
        let count = 20_000
        bench.deliver(Plan(launches: (0..<count as Range<Int>).map { launch("r\($0)", element: $0) }))
        var rounds = 0
        while bench.ends.isEmpty, rounds < count {
            #expect(bench.relay.snapshot.inFlight <= 64)
            bench.answerAll(.ok)
            rounds += 1
        }
        #expect(bench.ends.map(\.launched) == [count])
        #expect(rounds <= count / 64 + 1)
        #expect(bench.relay.snapshot.launches == 0)
    }

    @Test("All of bulk holds at most half the prefetch")
    func bulk() throws {
        let bench = Bench { $0.prefetch = 4 }
        let policy = LaunchPolicy(priority: .bulk)
        for number in 0..<2 { bench.deliver(launch("r\(number)", policy: policy)) }
        _ = bench.did()
        let over = try #require(bench.deliver(launch("r3", policy: policy)))
        #expect(bench.did() == [.delay(over)])
        bench.deliver(launch("r4"))
        #expect(bench.sent.count == 1)
    }

    @Test("Among what waits, transactional goes before normal before bulk")
    func priorities() {
        let bench = Bench { $0.inFlight = 1 }
        bench.deliver(launch("first"))
        let first = bench.sent[0]
        for priority in [Priority.bulk, .normal, .transactional] {
            bench.deliver(launch(priority.rawValue, policy: LaunchPolicy(priority: priority)))
        }
        var order: [String] = []
        _ = bench.did()
        bench.answer(first, .ok)
        for _ in 0..<3 {
            order += bench.sent.compactMap { bench.relay.plannedLaunch($0)?.policy.priority.rawValue }
            bench.answerAll(.ok)
        }
        #expect(order == ["transactional", "normal", "bulk"])
    }

    @Test("Bulk gets a turn now and then, whatever else is waiting")
    func noStarvation() {
        let bench = Bench {
            $0.inFlight = 1
            $0.prefetch = 100
        }
        bench.deliver(launch("bulk", value: "bulk", policy: LaunchPolicy(priority: .bulk)))
        bench.deliver(launch("first", value: "first"))
        for number in 0..<40 { bench.deliver(launch("r\(number)")) }
        var turns = 0
        while !bench.ends.contains(where: { _ in bench.relay.snapshot.deliveries == 0 }), turns < 60 {
            if bench.sent.contains(where: { bench.relay.plannedLaunch($0)?.key.value == "bulk" }) { break }
            bench.answerAll(.ok)
            turns += 1
        }
        #expect(turns < 20)
    }

    @Test("What passes a launch on the ladder is counted as reordered")
    func reordered() {
        let bench = Bench()
        bench.deliver(launch("anna", value: "1"))
        bench.answerAll(.busy(.http503, after: 20))
        bench.confirm()
        bench.deliver(launch("anna", value: "2"))
        #expect(bench.observations.contains { if case .reordered = $0 { true } else { false } })
        bench.answerAll(.ok)
        bench.pass(.seconds(31))
        let count = bench.observations.count
        bench.deliver(launch("anna", value: "3"))
        #expect(!bench.observations[count...].contains { if case .reordered = $0 { true } else { false } })
    }
}
