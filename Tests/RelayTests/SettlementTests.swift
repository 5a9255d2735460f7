import Altcraft
import Outcome
import Relay
import Testing

@Suite("Settlement", .timeLimit(.minutes(1)))
struct SettlementTests {
    @Test("An accepted launch is acknowledged, once, as launched")
    func launched() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answer(bench.sent[0], .ok)
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.end) == [.launched])
        #expect(bench.ends.map(\.launched) == [1])
        bench.pass(.seconds(3600))
        #expect(bench.did() == [])
    }

    @Test("With a ledger the acknowledgement waits for the record")
    func recordFirst() {
        let bench = Bench { $0.hasLedger = true }
        bench.deliver(launch())
        bench.ledger()
        let id = bench.sent[0]
        _ = bench.did()
        bench.answer(id, .ok)
        #expect(bench.did() == [.record(id)])
        bench.act { $0.ledgerWrote(id, isCommitted: true, at: bench.moment) }
        #expect(bench.did().acknowledges == 1)
    }

    @Test("An event that nobody wants is skipped", arguments: [Plan(launches: []), .skip(.unmatched)])
    func skipped(plan: Plan) {
        let bench = Bench()
        bench.deliver(plan)
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.end) == [.skipped])
        #expect(bench.ends.map(\.reason) == [.unmatched])
    }

    @Test("What cannot be decoded is parked, and acknowledged after the confirm")
    func parked() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(.park(.undecodable, .tooDeep, detail: "300 levels")))
        #expect(bench.did() == [.park(id)])
        let part = try #require(bench.relay.parkNotice(id).parts.first)
        #expect(part.launchClass == .undecodable)
        #expect(part.reason == .tooDeep)
        #expect(part.detail == "300 levels")
        bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.end) == [.parked])
    }

    @Test("A refused launch is parked in the platform's words")
    func refused() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(element: 4)))
        bench.answerAll(.refusal)
        #expect(bench.did() == [.park(id)])
        let part = try #require(bench.relay.parkNotice(id).parts.first)
        #expect(part.detail == "error 400: no such profile")
        #expect(part.mapping == "order")
        #expect(part.version == "v1")
        #expect(part.element == 4)
    }

    @Test("A recipient that is not on the staging list is skipped")
    func notAllowed() {
        let bench = Bench()
        bench.deliver(launch(isAllowed: false))
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.reason) == [.notAllowed])
    }

    @Test("An event settles when all of its launches have ended, and not before")
    func allEnd() {
        let bench = Bench()
        bench.deliver(launch("anna"), launch("boris"), launch("vera"))
        let ids = bench.sent
        #expect(ids.count == 3)
        _ = bench.did()
        bench.answer(ids[1], .ok)
        bench.answer(ids[0], .ok)
        #expect(bench.did() == [])
        bench.answer(ids[2], .ok)
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.launched) == [3])
    }

    @Test(
        "An event ends as the first of waiting, parked, launched, skipped",
        arguments: [
            ([LaunchOutcome.ok, .ok], nil, End.launched),
            ([.ok, .refusal], nil, .parked),
            ([.ok], .skipped, .launched),
            ([.ok], .unmappable, .parked),
            ([.busy(.http503, after: 60), .ok], nil, .waiting),
            ([.busy(.http503, after: 60), .refusal], nil, .waiting),
            ([.busy(.http503, after: 60)], .unmappable, .waiting),
        ] as [([LaunchOutcome], LaunchClass?, End)]
    )
    func firstOf(outcomes: [LaunchOutcome], part: LaunchClass?, end: End) {
        let bench = Bench()
        let launches = outcomes.indices.map { launch("r\($0)") }
        bench.deliver(Plan(launches: launches, ended: part.map { [PlannedEnd($0, .missing)] } ?? []))
        for (id, outcome) in zip(bench.sent, outcomes) { bench.answer(id, outcome) }
        bench.confirm()
        bench.confirm()
        #expect(bench.ends.map(\.end) == [end])
        #expect(bench.did().acknowledges == 1)
    }

    @Test("Parked parts are published before owed ones, and the acknowledgement comes last")
    func parkThenDelay() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch("anna"), launch("boris", element: 1)))
        let ids = bench.sent
        _ = bench.did()
        bench.answer(ids[0], .refusal)
        bench.answer(ids[1], .busy(.http503, after: 60))
        #expect(bench.did() == [.park(id)])
        bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.did() == [.delay(id)])
        #expect(bench.relay.delayNotice(id).owed.map(\.element) == [1])
        bench.act { $0.published(id, .delay, isConfirmed: true, at: bench.moment) }
        #expect(bench.did().acknowledges == 1)
    }

    @Test("Nothing is left when everything has ended")
    func nothingLeft() {
        let bench = Bench()
        for number in 0..<500 {
            bench.deliver(launch("r\(number % 7)", value: "\(number)"))
            bench.answerAll(number % 5 == 0 ? .refusal : .ok)
            bench.confirm()
        }
        while !bench.sent.isEmpty {
            bench.answerAll(.ok)
            bench.confirm()
        }
        let rest = bench.relay.snapshot
        #expect(rest.launches == 0)
        #expect(rest.lanes == 0)
        #expect(rest.keys == 0)
        #expect(rest.publishing == 0)
        #expect(bench.ends.count == 500)
    }

    @Test("A confirm that nobody waits for is dropped and counted")
    func staleConfirm() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch()))
        bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.observations.contains(.stale(.confirm)))
        #expect(bench.did().acknowledges == 0)
    }
}
