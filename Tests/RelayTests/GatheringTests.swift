import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// Who goes in a call with whom, and when.
@Suite("Gathering", .timeLimit(.minutes(1)))
struct GatheringTests {
    @Test("A full batch goes at once, one that is not when it has waited")
    func full() {
        let bench = Bench()
        for name in ["a", "b", "c", "d"] { bench.deliver(shared(name)) }
        #expect(bench.batched == [["a", "b", "c"]])
        _ = bench.did()
        bench.pass(.milliseconds(999))
        #expect(bench.batches.isEmpty)
        bench.pass(.milliseconds(2))
        #expect(bench.batched == [["d"]])
        #expect(bench.relay.snapshot.inFlight == 2, "a batch is one call")
    }

    @Test(
        "What a call cannot share goes in another",
        arguments: [
            shared("b", content: #"{"content":1}"#), shared("b", call: .triggerImportAndStartBatch),
            launch("b", mapping: "other", policy: LaunchPolicy(batch: BatchPolicy(maxItems: 2)), request: other),
        ])
    func apart(other: PlannedLaunch) {
        let bench = Bench()
        bench.deliver(shared("a", BatchPolicy(maxItems: 2)))
        bench.deliver(other)
        #expect(bench.batches.isEmpty)
        bench.deliver(shared("c", BatchPolicy(maxItems: 2)))
        #expect(bench.batched == [["a", "c"]])
    }

    private static let other = LaunchRequest(
        call: .triggerStartBatch, target: .campaign(1), body: Array("{}".utf8), element: Array("{}".utf8))

    @Test("A lane is never twice in a batch, and its launches go in order")
    func lanes() {
        let bench = Bench()
        bench.deliver(shared("a", number: 0), shared("a", number: 1), shared("b", number: 2))
        bench.pass(.seconds(1))
        #expect(bench.batched == [["a", "b"]])
        let first = bench.batches
        _ = bench.did()
        bench.answer(first[0], .named("1", "2"))
        bench.pass(.seconds(1))
        #expect(bench.batched == [["a"]])
    }

    @Test("No body outgrows the limit; what does not fit begins the next batch")
    func bodyLimit() {
        let bench = Bench { $0.batchBytes = BatchLimits.reserve + 60 }
        let long = #"{"email":"012345678901234567890"}"#
        for name in ["a", "b", "c"] { bench.deliver(shared(name, element: long)) }
        #expect(bench.batched == [["a"], ["b"]], "34 bytes each: two and their commas are too much")
        bench.pass(.seconds(1))
        #expect(bench.batched == [["a"], ["b"], ["c"]])
    }

    @Test("What expires while it waits for company is left out")
    func expiry() {
        let bench = Bench()
        bench.deliver(shared("late", expiresAt: bench.wall + 1))
        bench.deliver(shared("b"))
        bench.wall += 1
        bench.pass(.seconds(1))
        #expect(bench.batched == [["b"]])
        #expect(bench.fates == [LaunchFate(end: .skipped, launchClass: .skipped, reason: .expired)])
    }

    @Test("Nobody waits for company that cannot come")
    func prefetchIsFull() {
        let bench = Bench { $0.prefetch = 2 }
        bench.deliver(shared("a"))
        #expect(bench.batches.isEmpty)
        bench.deliver(shared("b"))
        #expect(bench.batched == [["a", "b"]])
    }

    @Test("A batch waits for a place in flight, others gather meanwhile")
    func places() {
        let bench = Bench { $0.inFlight = 1 }
        for name in ["a", "b", "c", "d", "e"] { bench.deliver(shared(name)) }
        #expect(bench.batched == [["a", "b", "c"]])
        let first = bench.batches[0]
        _ = bench.did()
        bench.pass(.seconds(2))
        #expect(bench.batches.isEmpty)
        bench.answer(first, .named("1", "2", "3"))
        bench.pass(.seconds(1))
        #expect(bench.batched == [["d", "e"]])
    }

    @Test("What is gathered goes back with its connection, and comes again")
    func lostConnection() {
        let bench = Bench()
        bench.deliver(shared("a"))
        bench.deliver(shared("b"))
        bench.act { $0.consumerLost(generation: 1, at: bench.moment) }
        #expect(bench.relay.snapshot.launches == 0)
        bench.pass(.seconds(5))
        #expect(bench.batches.isEmpty)
        bench.generation = 2
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        bench.deliver(shared("a"), isRedelivered: true)
        bench.pass(.seconds(1))
        #expect(bench.batched == [["a"]])
    }

    @Test("A stop gives back what is gathered, and finishes what is out")
    func stop() {
        let bench = Bench { $0.hasLedger = true }
        for name in ["a", "b", "c", "d"] { bench.deliver(shared(name)) }
        bench.ledger()
        let out = bench.batches
        #expect(bench.batched == [["a", "b", "c"]])
        bench.act { $0.stop(deadline: bench.moment.monotonic.advanced(by: .seconds(9)), at: bench.moment) }
        #expect(!bench.did().contains(.finished))
        bench.answer(out[0], .named("1", "2", "3"))
        bench.ledger()
        let actions = bench.did()
        #expect(actions.acknowledges == 3)
        #expect(actions.contains(.finished) && bench.voids.count == 1)
    }

    @Test("An intent is committed before a batch goes, and taken back for who does not go")
    func intents() {
        let bench = Bench { $0.hasLedger = true }
        let park = LaunchPolicy(whenUnsure: .park)
        bench.deliver(shared("a", policy: park, expiresAt: bench.wall + 1))
        bench.deliver(shared("b", policy: park))
        bench.ledger()
        #expect(bench.batches.isEmpty)
        bench.wall += 2
        bench.pass(.seconds(1))
        #expect(bench.batched == [["b"]])
        #expect(bench.did().contains { if case .withdrawIntent = $0 { true } else { false } })
    }
}
