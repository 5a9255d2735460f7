import Altcraft
import Outcome
import Poll
import Relay
import Testing

/// What becomes of a batch: each launch has a fate of its own.
@Suite("Batch answers", .timeLimit(.minutes(1)))
struct BatchAnswerTests {
    private static let parks = BatchPolicy(maxItems: 3, parksUnreported: true)

    /// A bench with one batch out, of a, b and c.
    private static func bench(
        _ policy: LaunchPolicy = LaunchPolicy(), batch: BatchPolicy = BatchPolicy(maxItems: 3), byID: Bool = false
    ) -> (Bench, BatchID) {
        let bench = Bench()
        for name in ["a", "b", "c"] { bench.deliver(shared(name, batch, byID: byID, policy: policy)) }
        let id = bench.batches[0]
        _ = bench.did()
        return (bench, id)
    }

    private static let launched = LaunchFate(end: .launched, launchClass: .accepted, reason: nil)

    @Test("As many as were sent means all")
    func all() {
        let (bench, id) = Self.bench()
        bench.answer(id, .named("x", "y", "z"))
        #expect(bench.did().acknowledges == 3)
        #expect(bench.fates == [Self.launched, Self.launched, Self.launched])
        #expect(bench.relay.snapshot.launches == 0 && bench.relay.snapshot.inFlight == 0)
    }

    @Test("Profile ids settle by set", arguments: [false, true])
    func bySet(isParked: Bool) {
        let (bench, id) = Self.bench(batch: isParked ? Self.parks : BatchPolicy(maxItems: 3), byID: true)
        bench.answer(id, .named("c", "a"))
        let missing = LaunchFate(end: .parked, launchClass: .refused, reason: .unreported)
        #expect(bench.fates == [Self.launched, isParked ? missing : Self.launched, Self.launched])
        #expect(
            bench.observations.contains { observation in
                if case .unreported(_, count: 1, isParked: isParked) = observation { true } else { false }
            })
        #expect(bench.did().acknowledges == (isParked ? 2 : 3), "what is parked waits for its confirm")
    }

    @Test("Where the answer can only count, all share the mapping's choice", arguments: [false, true])
    func byCount(isParked: Bool) {
        let (bench, id) = Self.bench(batch: isParked ? Self.parks : BatchPolicy(maxItems: 3))
        bench.answer(id, .named("x", "y"))
        let fate =
            isParked ? LaunchFate(end: .parked, launchClass: .unknown, reason: .unreported) : Self.launched
        #expect(bench.fates == [fate, fate, fate])
    }

    @Test("A refused batch is halved until the bad one stands alone")
    func halving() {
        let bench = Bench()
        let names = (0..<7).map { "p\($0)" }
        for name in names { bench.deliver(shared(name, BatchPolicy(maxItems: 7))) }
        var calls: [[String]] = []
        while let id = bench.batches.first {
            let recipients = bench.recipients(id)
            calls.append(recipients)
            let rest = bench.did().compactMap { if case .sendBatch(let id) = $0 { id } else { nil } }.dropFirst()
            bench.answer(id, recipients.contains("p4") ? .refusal : .accepted(Acceptance(profileIDs: recipients)))
            for other in rest {
                let recipients = bench.recipients(other)
                calls.append(recipients)
                bench.answer(
                    other, recipients.contains("p4") ? .refusal : .accepted(Acceptance(profileIDs: recipients)))
            }
        }
        #expect(calls.map(\.count).max() == 7 && calls.contains(["p4"]))
        #expect(calls.count <= 2 * 7 - 1)
        #expect(bench.fates.filter { $0 == Self.launched }.count == 6)
        #expect(
            bench.fates.filter { $0.end == .parked } == [
                LaunchFate(end: .parked, launchClass: .refused, reason: .refused)
            ])
    }

    @Test("A body that is too large is halved, and none of it is refused")
    func tooLarge() {
        let (bench, id) = Self.bench()
        bench.answer(
            id, .refused(Refusal(code: 400, text: "Invalid request", debug: "http: request body too large")))
        #expect(bench.batched == [["a", "b"], ["c"]])
        for id in bench.batches { bench.answer(id, .named("x", "y")) }
        #expect(bench.fates == [Self.launched, Self.launched, Self.launched])
    }

    @Test("Halves that meet a busy platform stay halves")
    func busyHalves() {
        let (bench, id) = Self.bench()
        bench.answer(id, .refusal)
        let halves = bench.batches
        _ = bench.did()
        for half in halves { bench.answer(half, .busy(.http429)) }
        bench.pass(.seconds(4))
        #expect(bench.batched.allSatisfy { $0.count <= 2 } && bench.batched.flatMap(\.self).count == 3)
    }

    @Test("Without an answer each is unknown: not halved, and parked where the mapping parks")
    func unknownParks() {
        let (bench, id) = Self.bench(LaunchPolicy(whenUnsure: .park))
        bench.answer(id, .unknown(.timeout))
        bench.pass(.seconds(10))
        #expect(bench.batches.isEmpty)
        #expect(
            bench.fates == Array(repeating: LaunchFate(end: .parked, launchClass: .unknown, reason: .timeout), count: 3)
        )
    }

    @Test(
        "Without an answer, or busy, all are made again together",
        arguments: [
            LaunchOutcome.unknown(.cut), .busy(.http503), .busy(.http429, after: 1),
        ])
    func again(outcome: LaunchOutcome) {
        let (bench, id) = Self.bench()
        bench.answer(id, outcome)
        #expect(bench.batches.isEmpty && bench.fates.isEmpty)
        bench.pass(.seconds(4))
        #expect(bench.batched.flatMap(\.self).sorted() == ["a", "b", "c"])
        #expect(bench.batches.count == 1)
    }

    @Test("The last try is made alone, so that one poisonous element takes nobody along")
    func lastTry() {
        let (bench, id) = Self.bench(LaunchPolicy(attempts: 2))
        bench.answer(id, .unknown(.http500))
        bench.pass(.seconds(4))
        #expect(bench.batched.sorted { $0[0] < $1[0] } == [["a"], ["b"], ["c"]])
        for id in bench.batches { bench.answer(id, bench.recipients(id) == ["b"] ? .unknown(.http500) : .named("x")) }
        #expect(bench.fates.filter { $0 == Self.launched }.count == 2)
        #expect(bench.fates.filter { $0.launchClass == .exhausted }.count == 1)
    }

    @Test("An answer that comes twice, or to nothing, changes nothing")
    func stale() {
        let (bench, id) = Self.bench()
        bench.answer(id, .named("x", "y", "z"))
        bench.answer(id, .refusal)
        #expect(bench.observations.contains(.stale(.answer)))
        #expect(bench.fates.count == 3)
    }

    @Test("A target that refuses everybody is stopped, whatever goes by batch")
    func refusingTarget() {
        let bench = Bench {
            $0.refusals = 4
            $0.inFlight = 1
        }
        for name in (0..<16).map({ "p\($0)" }) { bench.deliver(shared(name, BatchPolicy(maxItems: 16))) }
        var calls = 0
        while let id = bench.batches.first {
            calls += 1
            _ = bench.did()
            bench.answer(id, .refusal)
        }
        #expect(bench.relay.snapshot.targets == [.campaign(1): .refused])
        #expect(bench.fates.filter { $0.end == .waiting }.count >= 8, "the rest waits on the ladder")
        #expect(calls < 31)
    }
}
