import Altcraft
import Outcome
import Relay
import Testing

@Suite("The ledger", .timeLimit(.minutes(1)))
struct LedgerTests {
    static func bench(_ change: (inout RelaySettings) -> Void = { _ in }) -> Bench {
        Bench {
            $0.hasLedger = true
            change(&$0)
        }
    }

    static let parks = LaunchPolicy(whenUnsure: .park)

    @Test("It is asked when the launch's turn comes, not at arrival")
    func turn() {
        let bench = Self.bench()
        bench.deliver(launch("anna", value: "1"))
        bench.deliver(launch("anna", value: "2"))
        #expect(bench.did().count { if case .lookUp = $0 { true } else { false } } == 1)
    }

    @Test("What it knows is skipped as a duplicate")
    func duplicate() {
        let bench = Self.bench()
        bench.deliver(launch())
        bench.ledger(.launched)
        #expect(bench.ends.map(\.end) == [.skipped])
        #expect(bench.ends.map(\.reason) == [.duplicate])
        #expect(bench.did().acknowledges == 1)
    }

    @Test("A second launch with the same key waits for the fate of the first", arguments: [true, false])
    func sameKey(isAccepted: Bool) {
        let bench = Self.bench()
        bench.deliver(launch("anna", value: "k"))
        bench.deliver(launch("boris", value: "k"))
        bench.ledger()
        let first = bench.sent
        #expect(first.count == 1)
        _ = bench.did()
        bench.answer(first[0], isAccepted ? .ok : .refusal)
        bench.confirm()
        if isAccepted {
            for action in bench.did() {
                if case .record(let id) = action {
                    bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
                }
            }
            bench.ledger(.launched)
            #expect(bench.ends.map(\.end) == [.launched, .skipped])
        } else {
            bench.ledger()
            #expect(bench.sent.count == 1)
        }
    }

    @Test("Where unsure launches are parked, the intent is committed before the request")
    func intent() {
        let bench = Self.bench()
        bench.deliver(launch(policy: Self.parks))
        guard case .lookUp(let id)? = bench.did().first else { return #expect(Bool(false)) }
        bench.act { $0.lookedUp(id, .absent, at: bench.moment) }
        #expect(bench.did() == [.recordIntent(id)])
        bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
        #expect(bench.did() == [.send(id)])
    }

    @Test(
        "An intent without an outcome is unknown: parked, unless an operator asks for it again",
        arguments: [true, false])
    func foundIntent(isRedriven: Bool) {
        let bench = Self.bench()
        bench.deliver(launch(policy: Self.parks, history: LaunchHistory(isRedriven: isRedriven)))
        bench.ledger(.intended)
        #expect(bench.sent.count == (isRedriven ? 1 : 0))
        #expect(bench.fates.map(\.reason) == (isRedriven ? [] : [.maybeRepeated]))
    }

    @Test("An intent found by a mapping that retries is launched again, and counted")
    func foundIntentRetry() {
        let bench = Self.bench()
        bench.deliver(launch())
        bench.ledger(.intended)
        let id = bench.sent[0]
        bench.answerAll(.ok)
        #expect(bench.observations.contains(.maybeRepeated(id)))
    }

    @Test(
        "A launch that was certainly not made leaves no intent behind",
        arguments: [LaunchOutcome.refusal, .busy(.connect)])
    func withdrawn(outcome: LaunchOutcome) {
        let bench = Self.bench()
        bench.deliver(launch(policy: LaunchPolicy(attempts: 1, whenUnsure: .park)))
        bench.ledger()
        let id = bench.sent[0]
        _ = bench.did()
        bench.answer(id, outcome)
        #expect(bench.did() == [.withdrawIntent(id)])
        bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
        #expect(bench.did().contains { if case .park = $0 { true } else { false } })
    }

    @Test("A launch whose outcome is unknown keeps its intent")
    func kept() {
        let bench = Self.bench()
        bench.deliver(launch(policy: Self.parks))
        bench.ledger()
        let id = bench.sent[0]
        _ = bench.did()
        bench.answer(id, .unknown(.timeout))
        #expect(!bench.did().contains(.withdrawIntent(id)))
        #expect(bench.fates.map(\.launchClass) == [.unknown])
    }

    @Test("A short wait keeps the intent: the next request needs no second one")
    func intentOnce() {
        let bench = Self.bench()
        bench.deliver(launch(policy: Self.parks))
        bench.ledger()
        bench.answerAll(.busy(.connect))
        bench.pass(.seconds(1))
        #expect(bench.did().sends == 1)
    }

    @Test("When it fails, launching stops, nothing is acknowledged, consumption pauses; then all goes on")
    func fails() {
        let bench = Self.bench()
        bench.deliver(launch("anna"))
        bench.deliver(launch("boris"))
        bench.ledger()
        let ids = bench.sent
        _ = bench.did()
        bench.answer(ids[0], .ok)
        bench.act { $0.ledgerWrote(ids[0], isCommitted: false, at: bench.moment) }
        #expect(bench.did() == [.record(ids[0]), .pauseConsumption])
        bench.answer(ids[1], .ok)
        bench.deliver(launch("vera"))
        #expect(bench.did() == [])
        #expect(!bench.relay.snapshot.isLedgerUp)
        bench.pass(.seconds(2))
        let again = bench.did()
        #expect(again == [.record(ids[0])])
        bench.act { $0.ledgerWrote(ids[0], isCommitted: true, at: bench.moment) }
        let rest = bench.did()
        #expect(rest.contains(.record(ids[1])))
        #expect(rest.acknowledges == 1)
        #expect(rest.resumes)
        #expect(bench.observations.contains(.storeRecovered(.ledger)))
    }

    @Test("A look-up that fails is asked again")
    func lookUpFails() {
        let bench = Self.bench()
        bench.deliver(launch())
        guard case .lookUp(let id)? = bench.did().first else { return #expect(Bool(false)) }
        bench.act { $0.lookedUp(id, .failed, at: bench.moment) }
        #expect(bench.did().pauses)
        bench.pass(.seconds(2))
        #expect(bench.did() == [.lookUp(id)])
    }

    @Test("What comes from the ledger about something that is gone is dropped and counted")
    func stale() {
        let bench = Self.bench()
        bench.deliver(launch())
        bench.ledger()
        let id = bench.sent[0]
        bench.act { $0.lookedUp(id, .launched, at: bench.moment) }
        bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
        #expect(bench.observations.count { $0 == .stale(.ledger) } == 2)
    }

    @Test("Redelivered without a record: made again and counted, but with an intent's absence it is certain")
    func redelivered() {
        let bench = Self.bench()
        bench.deliver(launch("anna"), isRedelivered: true)
        bench.deliver(launch("boris", policy: Self.parks), isRedelivered: true)
        bench.ledger()
        bench.answerAll(.ok)
        #expect(bench.observations.count { if case .maybeRepeated = $0 { true } else { false } } == 1)
    }

    @Test("Without a ledger, a redelivery that may have been launched is parked where the mapping says so")
    func redeliveredBlind() {
        let bench = Bench()
        bench.deliver(launch(policy: Self.parks), isRedelivered: true)
        #expect(bench.fates.map(\.reason) == [.maybeRepeated])
    }
}
