import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// What comes in the way of a batch, and of a target's trial: written out for each, with the neighbour that goes on.
@Suite("What comes in the way", .timeLimit(.minutes(1)))
struct BatchWayTests {
    private static let words = Refusal(code: 0, text: "no such file")

    @Test("A batch that cannot be written is halved until the launch at fault stands alone; no circuit hears of it")
    func unsendable() {
        let bench = Bench { $0.refusals = 1 }
        for name in ["a", "b", "c", "d"] { bench.deliver(shared(name, BatchPolicy(maxItems: 4))) }
        var calls: [[String]] = []
        while let id = bench.batches.first {
            let rest = bench.batches.dropFirst()
            _ = bench.did()
            for id in [id] + rest {
                let recipients = bench.recipients(id)
                calls.append(recipients)
                if recipients.contains("c") {
                    bench.act { $0.unsendable(id, Self.words, at: bench.moment) }
                } else {
                    bench.answer(id, .accepted(Acceptance(profileIDs: recipients)))
                }
            }
        }
        #expect(calls == [["a", "b", "c", "d"], ["a", "b"], ["c", "d"], ["c"], ["d"]])
        #expect(bench.fates.map(\.end) == [.launched, .launched, .parked, .launched])
        #expect(bench.relay.snapshot.targets.isEmpty)
        #expect(bench.relay.snapshot.inFlight == 0)
    }

    @Test("The same refused by the platform does count against its target")
    func refusedNeighbour() {
        let bench = Bench { $0.refusals = 1 }
        bench.deliver(shared("c", BatchPolicy(maxItems: 1)))
        let id = bench.batches[0]
        _ = bench.did()
        bench.answer(id, .refusal)
        #expect(bench.relay.snapshot.targets == [.campaign(1): .refused])
    }

    @Test("A batch that cannot be written twice, or is gone, is told as stale")
    func unsendableTwice() {
        let bench = Bench()
        bench.deliver(shared("a", BatchPolicy(maxItems: 1)))
        let id = bench.batches[0]
        bench.act { $0.unsendable(id, Self.words, at: bench.moment) }
        #expect(!bench.observations.contains(.stale(.answer)))
        bench.act { $0.unsendable(id, Self.words, at: bench.moment) }
        #expect(bench.observations.contains(.stale(.answer)))
        #expect(bench.fates.count == 1)
    }

    /// A bench whose only place is taken by a batch, and where another one is due that waits for it.
    private func waiting(_ launches: [PlannedLaunch]) -> (bench: Bench, out: BatchID, waiting: [DeliveryID]) {
        let bench = Bench {
            $0.inFlight = 1
            $0.acknowledgementTimeout = .seconds(100)
        }
        var ids: [DeliveryID] = []
        for launch in launches {
            if let id = bench.deliver(launch) { ids.append(id) }
            bench.pass(.milliseconds(200))
        }
        for name in ["x", "y", "z"] { bench.deliver(shared(name, content: #"{"other":1}"#)) }
        let out = bench.batches[0]
        bench.pass(.seconds(2))
        #expect(bench.batched == [["x", "y", "z"]])
        _ = bench.did()
        return (bench, out, ids)
    }

    @Test("What was held for long leaves the batch that waits for a place; the other goes without it")
    func heldMember() {
        let (bench, out, ids) = waiting([shared("a"), shared("b")])
        bench.pass(.milliseconds(47_700))
        #expect(bench.did() == [.delay(ids[0])])
        bench.answer(out, .named("1", "2", "3"))
        #expect(bench.batched == [["b"]])
    }

    @Test("What expires while its batch waits for a place is left out of it")
    func expiredMember() {
        let (bench, out, _) = waiting([shared("a", expiresAt: 1_700_000_005), shared("b")])
        bench.wall += 5
        bench.answer(out, .named("1", "2", "3"))
        #expect(bench.batched == [["b"]])
        #expect(bench.fates.filter { $0.end == .skipped }.map(\.reason) == [.expired])
    }

    @Test("A batch all of whose launches expired takes no place")
    func expiredBatch() {
        let (bench, out, _) = waiting(["a", "b"].map { shared($0, expiresAt: 1_700_000_005) })
        bench.wall += 5
        bench.answer(out, .named("1", "2", "3"))
        #expect(bench.batches.isEmpty)
        #expect(bench.relay.snapshot.inFlight == 0)
        for name in ["g", "h", "i"] { bench.deliver(shared(name)) }
        #expect(bench.batched == [["g", "h", "i"]])
    }

    @Test("A batch that waits for a place goes when there is one, whole, where nothing came in its way")
    func wholeNeighbour() {
        let (bench, out, _) = waiting([shared("a", expiresAt: 1_700_000_005), shared("b")])
        bench.wall += 4
        bench.answer(out, .named("1", "2", "3"))
        #expect(bench.batched == [["a", "b"]])
    }

    @Test("A batch for a target that has closed meanwhile goes round the ladder, launch by launch")
    func closedTarget() {
        let bench = Bench { $0.inFlight = 1 }
        for name in ["a", "b", "c", "d", "e", "f"] { bench.deliver(shared(name)) }
        let first = bench.batches[0]
        _ = bench.did()
        bench.answer(first, .busy(.forbidden))
        #expect(bench.batches.isEmpty)
        #expect(bench.fates.map(\.end) == Array(repeating: .waiting, count: 6))
        #expect(bench.fates.map(\.reason) == Array(repeating: .forbidden, count: 6))
    }

    /// A target that 403 has closed; the next look is at most a second away.
    private func forbidden(_ change: (inout RelaySettings) -> Void = { _ in }) -> Bench {
        let bench = Bench(change)
        bench.deliver(launch("first"))
        bench.answerAll(.busy(.forbidden))
        _ = bench.did()
        return bench
    }

    @Test("A renewed token is tried at once with a target that was forbidden", arguments: [false, true])
    func renewedToken(isRenewed: Bool) {
        let bench = forbidden()
        if isRenewed { bench.act { $0.tokenRenewed(at: bench.moment) } }
        bench.deliver(launch("second"))
        #expect(bench.sent.count == (isRenewed ? 1 : 0))
    }

    @Test("It changes nothing for a target that refuses everybody")
    func renewedTokenRefusing() {
        let bench = Bench { $0.refusals = 2 }
        for name in ["a", "b"] {
            bench.deliver(launch(name))
            bench.answerAll(.refusal)
        }
        _ = bench.did()
        #expect(bench.relay.snapshot.targets == [.campaign(1): .refused])
        bench.act { $0.tokenRenewed(at: bench.moment) }
        bench.deliver(launch("c"))
        #expect(bench.sent.isEmpty)
    }

    @Test("A trial that cannot be written says nothing: the next launch is the trial")
    func withdrawnTrial() {
        let bench = forbidden()
        bench.pass(.seconds(2))
        bench.deliver(launch("second"))
        let trial = bench.sent[0]
        bench.deliver(launch("third"))
        #expect(bench.sent.count == 1, "one tries at a time")
        _ = bench.did()
        bench.act { $0.unsendable(trial, Self.words, at: bench.moment) }
        bench.pass(.seconds(1))
        #expect(bench.sent.map { bench.relay.plannedLaunch($0)?.recipient } == ["third"])
        bench.answerAll(.ok)
        bench.deliver(launch("fourth"))
        bench.answerAll(.ok)
        #expect(bench.relay.snapshot.targets.isEmpty, "two good ones close it")
    }

    @Test("Without a ladder a launch for a closed target waits here, and is begun anew")
    func withoutLadder() {
        let bench = forbidden { $0.ladder = [] }
        bench.deliver(launch("second"))
        #expect(bench.sent.isEmpty)
        bench.pass(.milliseconds(29_900))
        let early = bench.sent.compactMap { bench.relay.plannedLaunch($0)?.recipient }
        #expect(!early.contains("second"))
        bench.pass(.seconds(40))
        for _ in 0..<3 {
            bench.answerAll(.ok)
            bench.pass(.seconds(31))
        }
        #expect(bench.ends.map(\.end) == [.launched, .launched])
    }
}
