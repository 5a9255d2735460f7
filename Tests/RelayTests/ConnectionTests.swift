import Altcraft
import Outcome
import Poll
import Relay
import Testing

@Suite("Connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test("A delivery of another channel is dropped and counted")
    func staleDelivery() {
        let bench = Bench()
        bench.generation = 9
        #expect(bench.deliver(launch()) == nil)
        #expect(bench.observations.contains(.stale(.delivery)))
        #expect(bench.did() == [])
    }

    @Test("Consumption begins when both connections are there")
    func bothConnections() {
        let settings = RelaySettings()
        var relay = Relay(settings: settings, seed: 1, now: MonotonicTime(nanoseconds: 0))
        let now = Moment(monotonic: MonotonicTime(nanoseconds: 1), wallSeconds: 1)
        var actions: [Action] = []
        relay.consumerConnected(generation: 1, at: now)
        relay.takeActions(into: &actions)
        #expect(actions == [])
        relay.publisherReady(at: now)
        relay.takeActions(into: &actions)
        #expect(actions.contains(.resumeConsumption))
    }

    @Test("After a loss nothing of the old channel is settled")
    func lost() {
        let bench = Bench()
        bench.deliver(launch("anna"))
        bench.deliver(launch("boris"))
        let ids = bench.sent
        _ = bench.did()
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        #expect(bench.observations.contains(.voided(2)))
        #expect(bench.voids.count == 2)
        for id in ids { bench.answer(id, .ok) }
        #expect(bench.did() == [])
        #expect(bench.relay.snapshot.launches == 0)
        #expect(bench.relay.snapshot.lanes == 0)
    }

    @Test("A redelivered event whose request is out is not launched again", arguments: [true, false])
    func redelivery(hasLedger: Bool) {
        let bench = Bench { $0.hasLedger = hasLedger }
        bench.deliver(launch())
        if hasLedger { bench.ledger() }
        let id = bench.sent[0]
        _ = bench.did()
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        bench.generation = 2
        bench.deliver(launch(), isRedelivered: true)
        #expect(bench.sent.isEmpty)
        bench.answer(id, .ok)
        if hasLedger {
            for action in bench.did() where action == .record(id) {
                bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
            }
            bench.ledger(.launched)
        }
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.reason) == [.duplicate])
    }

    @Test("If the request that was out came to nothing, the redelivered event is launched")
    func redeliveryAfterRefusal() {
        let bench = Bench()
        bench.deliver(launch())
        let id = bench.sent[0]
        _ = bench.did()
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        bench.generation = 2
        bench.deliver(launch(), isRedelivered: true)
        bench.answer(id, .busy(.connect))
        #expect(bench.sent.count == 1)
    }

    @Test("An acknowledgement that was lost does not launch twice in one life, ledger or not")
    func lostAcknowledgement() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.ok)
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        bench.generation = 2
        _ = bench.did()
        bench.deliver(launch(), isRedelivered: true)
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.end) == [.launched, .skipped])
    }

    @Test("A place that was freed is not given away while the caller may ask about it")
    func remembered() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch()))
        let launchID = bench.sent[0]
        bench.answerAll(.ok)
        #expect(bench.relay.plannedLaunch(launchID)?.mapping == "order")
        #expect(bench.relay.receipt(of: id) == Receipt(generation: 1, tag: 1))
        bench.take()
        bench.take()
        #expect(bench.relay.plannedLaunch(launchID) == nil)
        bench.answer(launchID, .ok)
        #expect(bench.observations.contains(.stale(.answer)))
    }

    @Test("A slow delivery goes round the ladder at half the timeout; what is out is waited for")
    func continuation() throws {
        let bench = Bench {
            $0.inFlight = 1
            $0.acknowledgementTimeout = .seconds(100)
        }
        let launches = (0..<5 as Range<Int>).map { launch("r\($0)", element: $0) }
        let id = try #require(bench.deliver(Plan(launches: launches)))
        let first = bench.sent[0]
        _ = bench.did()
        bench.pass(.seconds(51))
        #expect(bench.observations.contains(.continued(id)))
        #expect(bench.did() == [])
        bench.answer(first, .ok)
        #expect(bench.did() == [.delay(id)])
        #expect(bench.relay.delayNotice(id).owed.map(\.element) == [1, 2, 3, 4])
        bench.act { $0.published(id, .delay, isConfirmed: true, at: bench.moment) }
        #expect(bench.ends.map(\.end) == [.waiting])
        #expect(bench.ends.map(\.launched) == [1])
    }

    @Test("Nothing is held near the acknowledgement timeout, whatever happens")
    func lastResort() {
        let bench = Bench { $0.acknowledgementTimeout = .seconds(100) }
        bench.deliver(launch())
        bench.pass(.seconds(76))
        #expect(bench.did().contains(.giveBackAll(generation: 1)))
        #expect(bench.relay.snapshot.deliveries == 0)
    }

    @Test("Attempts survive being given back, so that poison ends")
    func attemptsSurvive() {
        let bench = Bench()
        for generation in 1...3 as ClosedRange<UInt32> {
            bench.deliver(launch(policy: LaunchPolicy(attempts: 3)), isRedelivered: generation > 1)
            bench.answerAll(.unknown(.http500))
            bench.act { $0.consumerLost(generation: generation, at: bench.moment) }
            bench.act { $0.consumerConnected(generation: generation + 1, at: bench.moment) }
            bench.generation = generation + 1
            _ = bench.did()
        }
        #expect(bench.fates.map(\.launchClass) == [.exhausted])
    }

    @Test("Memory does not grow with what was settled while one delivery stays")
    func longTail() {
        let bench = Bench { $0.prefetch = 1000 }
        bench.deliver(launch("slow", value: "slow"))
        _ = bench.did()
        for number in 0..<20_000 {
            bench.deliver(launch("r", value: "\(number)"))
            bench.answerAll(.ok)
        }
        #expect(bench.relay.snapshot.launches == 1)
        #expect(bench.relay.snapshot.linedUp <= 200)
    }
}
