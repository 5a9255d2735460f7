import Altcraft
import Outcome
import Poll
import Relay
import Testing

@Suite("Stopping", .timeLimit(.minutes(1)))
struct StopTests {
    static func stop(_ bench: Bench) {
        bench.act { $0.stop(deadline: bench.moment.monotonic.advanced(by: .seconds(25)), at: bench.moment) }
    }

    @Test("Nothing under way: finished at once, and the rest is given back")
    func idle() {
        let bench = Bench()
        Self.stop(bench)
        #expect(bench.did() == [.pauseConsumption, .finished])
    }

    @Test("What is out is finished and acknowledged, what waits is given back")
    func finishes() {
        let bench = Bench { $0.inFlight = 1 }
        bench.deliver(launch("anna"))
        bench.deliver(launch("boris"))
        let id = bench.sent[0]
        _ = bench.did()
        Self.stop(bench)
        #expect(bench.did() == [.pauseConsumption])
        bench.answer(id, .ok)
        let actions = bench.did()
        #expect(actions.acknowledges == 1)
        #expect(actions.suffix(2) == [.giveBackAll(generation: 1), .finished])
        #expect(bench.observations.contains(.gaveBack(1, .stopping)))
    }

    @Test("At the deadline it ends, whatever is out")
    func deadline() {
        let bench = Bench()
        bench.deliver(launch())
        _ = bench.did()
        Self.stop(bench)
        bench.pass(.seconds(24))
        #expect(!bench.did().contains(.finished))
        bench.pass(.seconds(1))
        #expect(bench.did() == [.giveBackAll(generation: 1), .finished])
    }

    @Test("No retry begins while it stops")
    func noRetry() {
        let bench = Bench()
        bench.deliver(launch())
        let id = bench.sent[0]
        _ = bench.did()
        Self.stop(bench)
        _ = bench.did()
        bench.answer(id, .busy(.http503))
        #expect(bench.did() == [.giveBackAll(generation: 1), .finished])
    }

    @Test("Without a ledger a half-made event goes round the ladder, so that only the rest is made again")
    func halfMade() throws {
        let bench = Bench { $0.inFlight = 1 }
        let id = try #require(bench.deliver(launch("anna", element: 0), launch("boris", element: 1)))
        let first = bench.sent[0]
        _ = bench.did()
        Self.stop(bench)
        bench.answer(first, .ok)
        #expect(bench.did().contains(.delay(id)))
        #expect(bench.relay.delayNotice(id).owed.map(\.element) == [1])
        bench.act { $0.published(id, .delay, isConfirmed: true, at: bench.moment) }
        #expect(bench.did().last == .finished)
    }

    @Test("An intent whose request never went is withdrawn first")
    func intent() {
        let bench = Bench { $0.hasLedger = true }
        bench.deliver(launch(policy: LaunchPolicy(whenUnsure: .park)))
        bench.ledger()
        bench.answerAll(.busy(.connect))
        Self.stop(bench)
        let actions = bench.did()
        #expect(actions.contains { if case .withdrawIntent = $0 { true } else { false } })
        #expect(!actions.contains(.finished))
    }

    @Test("What is on its way is still taken in, and given back")
    func lateDelivery() {
        let bench = Bench()
        bench.deliver(launch("anna"))
        let id = bench.sent[0]
        Self.stop(bench)
        #expect(bench.deliver(launch("boris")) != nil)
        _ = bench.did()
        bench.answer(id, .ok)
        #expect(bench.did().contains(.giveBackAll(generation: 1)))
        #expect(bench.deliver(launch("vera")) == nil)
    }
}
