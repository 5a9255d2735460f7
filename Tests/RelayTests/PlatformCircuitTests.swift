import Altcraft
import Outcome
import Poll
import Relay
import Testing

@Suite("The platform's circuit", .timeLimit(.minutes(1)))
struct PlatformCircuitTests {
    /// Sends launches for different recipients, one after the other, with these outcomes.
    static func play(_ outcomes: [LaunchOutcome], on bench: Bench, campaign: (Int) -> Int64 = { _ in 1 }) {
        for (number, outcome) in outcomes.enumerated() {
            bench.deliver(launch("r\(number) of \(outcomes.count)", campaign: campaign(number)))
            bench.answerAll(outcome)
        }
    }

    static func openings(_ bench: Bench) -> [Reason] {
        bench.observations.compactMap {
            if case .circuitOpened(.platform, let reason, _) = $0 { reason } else { nil }
        }
    }

    @Test("What speaks for all opens it at once", arguments: [Reason.unauthorized, .tariff])
    func speaksForAll(reason: Reason) {
        let bench = Bench()
        bench.deliver(launch("anna"))
        bench.deliver(launch("boris"))
        let ids = bench.sent
        _ = bench.did()
        bench.answer(ids[0], .busy(reason))
        #expect(bench.did().pauses)
        #expect(Self.openings(bench) == [reason])
        #expect(bench.relay.snapshot.platform == reason)
        #expect(!bench.relay.snapshot.isConsuming)
        bench.deliver(launch("vera"))
        #expect(bench.sent.isEmpty)
    }

    @Test(
        "A platform that is not reached opens it after three in a row", arguments: [Reason.connect, .http503, .http429])
    func unreachable(reason: Reason) {
        let bench = Bench()
        Self.play([.busy(reason), .busy(reason)], on: bench)
        #expect(Self.openings(bench) == [])
        Self.play([.busy(reason)], on: bench)
        #expect(Self.openings(bench) == [reason])
    }

    @Test("So does one event alone, however far apart its tries are")
    func lonely() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.busy(.connect))
        for _ in 0..<2 {
            bench.pass(.seconds(600))
            bench.answerAll(.busy(.connect))
        }
        #expect(Self.openings(bench) == [.connect])
    }

    @Test("One failure in ten does not open it")
    func oneInTen() {
        let bench = Bench()
        Self.play((0..<2000).map { $0 % 10 == 9 ? .unknown(.http500) : .ok }, on: bench)
        #expect(Self.openings(bench) == [])
    }

    @Test("After busy times one event alone that meets an outage has the platform asked, before its attempts are spent")
    func silence() {
        let bench = Bench()
        Self.play(Array(repeating: .ok, count: 40), on: bench)
        bench.pass(.seconds(1))
        bench.deliver(launch("anna", policy: LaunchPolicy(attempts: 5)))
        var attempts = 0
        while attempts < 5, !bench.actions.contains(.probe) {
            while bench.sent.isEmpty { bench.pass(.milliseconds(100)) }
            bench.answerAll(.unknown(.notAnEnvelope))
            attempts += 1
        }
        #expect(attempts == 4)
        bench.probed(.sick(.http503, retryAfter: nil))
        #expect(Self.openings(bench) == [.http503])
    }

    @Test("A launch that cannot be written is parked, and closes no circuit")
    func unsendable() throws {
        let bench = Bench()
        bench.deliver(launch("anna"))
        bench.answerAll(.busy(.unauthorized))
        while !bench.did().contains(.probe) { bench.pass(.milliseconds(10)) }
        bench.probed(.well)
        let id = try #require(bench.sent.first)
        _ = bench.did()
        bench.act { $0.unsendable(id, Refusal(code: 0, text: "a character that XML cannot hold"), at: bench.moment) }
        #expect(bench.did().contains { if case .park = $0 { true } else { false } })
        #expect(bench.relay.snapshot.platform == .unauthorized, "nothing is known yet")
        bench.deliver(launch("boris"))
        bench.answerAll(.busy(.unauthorized))
        #expect(bench.did().pauses || bench.relay.snapshot.platform == .unauthorized)
    }

    @Test("Most calls failing opens it")
    func mostFail() {
        let bench = Bench()
        Self.play((0..<60).map { $0 % 3 == 0 ? .ok : .unknown(.http500) }, on: bench)
        #expect(Self.openings(bench) == [.http500])
    }

    @Test("An event that makes the platform stumble opens nothing")
    func poison() {
        let bench = Bench()
        bench.deliver(launch(policy: LaunchPolicy(attempts: 4)))
        for _ in 0..<4 {
            bench.answerAll(.unknown(.http500))
            if bench.did().contains(.probe) { bench.probed(.well) }
            bench.pass(.seconds(2))
        }
        #expect(Self.openings(bench) == [])
        #expect(bench.fates.map(\.launchClass) == [.exhausted])
    }

    @Test("While few events come and all fail, the platform is asked; if it is sick, that opens the circuit")
    func suspicion() {
        let bench = Bench()
        bench.deliver(launch())
        var probes = 0
        for _ in 0..<3 {
            bench.answerAll(.unknown(.timeout))
            probes += bench.did().count { $0 == .probe }
            bench.pass(.seconds(2))
        }
        #expect(probes == 1)
        bench.probed(.sick(.timeout, retryAfter: nil))
        #expect(Self.openings(bench) == [.timeout])
    }

    @Test("Refusals say that the platform is well")
    func refusals() {
        let bench = Bench()
        Self.play(Array(repeating: .refusal, count: 15), on: bench)
        #expect(Self.openings(bench) == [])
    }

    @Test("While it is open no attempt is spent, and nothing is parked, for an hour")
    func nothingSpent() {
        let bench = Bench()
        for number in 0..<8 { bench.deliver(launch("r\(number)", policy: LaunchPolicy(attempts: 2))) }
        bench.answerAll(.busy(.unauthorized))
        for _ in 0..<100 {
            bench.pass(.seconds(30))
            let actions = bench.did()
            #expect(actions.sends == 0)
            if actions.contains(.probe) { bench.probed(.sick(.unauthorized, retryAfter: nil)) }
        }
        #expect(bench.fates == [])
        #expect(bench.ends == [])
    }

    @Test("Probes back off from the first wait to the last")
    func probeBackoff() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.busy(.tariff))
        _ = bench.did()
        var times: [Int64] = []
        for _ in 0..<10 {
            let before = bench.now
            while !bench.did().contains(.probe) { bench.pass(.milliseconds(10)) }
            times.append((bench.now - before) / 1_000_000)
            bench.probed(.sick(.tariff, retryAfter: nil))
        }
        #expect((500...1020).contains(times[0]))
        #expect(times.allSatisfy { $0 <= 30_020 })
        #expect(times[8] >= 14_990)
    }

    @Test("A Retry-After is kept before the next probe")
    func retryAfter() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.busy(.unauthorized, after: 300))
        bench.pass(.seconds(299))
        #expect(!bench.did().contains(.probe))
        bench.pass(.seconds(2))
        #expect(bench.did().contains(.probe))
    }

    @Test("A renewed token is tried right away")
    func token() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.busy(.unauthorized, after: 300))
        _ = bench.did()
        bench.act { $0.tokenRenewed(at: bench.moment) }
        #expect(bench.did() == [.probe])
    }

    @Test("It closes gently: one, two, four at a time", arguments: [ProbeAnswer.well, .inconclusive])
    func slowStart(answer: ProbeAnswer) {
        let bench = Bench()
        for number in 0..<100 { bench.deliver(launch("r\(number)")) }
        let ids = bench.sent
        #expect(ids.count == 64)
        _ = bench.did()
        for id in ids { bench.answer(id, .busy(.unauthorized)) }
        bench.pass(.seconds(10))
        #expect(bench.did().contains(.probe))
        bench.probed(answer)
        var waves: [Int] = []
        for _ in 0..<7 {
            waves.append(bench.sent.count)
            bench.answerAll(.ok)
        }
        #expect(waves == [1, 2, 4, 8, 16, 32, 37])
        #expect(bench.relay.snapshot.platform == nil)
        #expect(bench.observations.contains { if case .circuitClosed(.platform, _) = $0 { true } else { false } })
    }

    @Test("A first launch that fails opens it again, with a longer wait, and spends nothing")
    func reopens() {
        let bench = Bench()
        for number in 0..<5 { bench.deliver(launch("r\(number)", policy: LaunchPolicy(attempts: 1))) }
        bench.answerAll(.busy(.unauthorized))
        bench.pass(.seconds(2))
        bench.probed(.well)
        #expect(bench.sent.count == 1)
        bench.answerAll(.busy(.connect))
        #expect(Self.openings(bench).count == 2)
        #expect(bench.fates == [])
    }

    @Test("Answers to what went out before it opened say nothing about later")
    func lateAnswers() {
        let bench = Bench()
        for number in 0..<10 { bench.deliver(launch("r\(number)")) }
        let ids = bench.sent
        _ = bench.did()
        bench.answer(ids[0], .busy(.unauthorized))
        bench.pass(.seconds(2))
        bench.probed(.well)
        for id in ids[1...] { bench.answer(id, .unknown(.timeout)) }
        #expect(Self.openings(bench).count == 1)
        bench.answerAll(.ok)
        #expect(bench.relay.snapshot.platform == .unauthorized)
    }

    @Test("Order holds across an outage")
    func order() {
        let bench = Bench()
        for number in 0..<5 { bench.deliver(launch("anna", value: "\(number)")) }
        bench.answerAll(.busy(.unauthorized))
        bench.pass(.seconds(2))
        bench.probed(.well)
        var order: [String] = []
        for _ in 0..<30 where order.count < 5 {
            order += bench.sent.compactMap { bench.relay.plannedLaunch($0)?.key.value }
            bench.answerAll(.ok)
            bench.pass(.seconds(1))
        }
        #expect(order == ["0", "1", "2", "3", "4"])
    }

    @Test("Held for half the acknowledgement timeout, all is given back, and asked for again when it is well")
    func givenBack() {
        let bench = Bench { $0.acknowledgementTimeout = .seconds(600) }
        for number in 0..<3 { bench.deliver(launch("anna", value: "\(number)")) }
        bench.answerAll(.busy(.unauthorized))
        for _ in 0..<20 {
            bench.pass(.seconds(15))
            if bench.did().contains(.probe) { bench.probed(.sick(.unauthorized, retryAfter: nil)) }
        }
        #expect(bench.observations.contains(.gaveBack(3, .held)))
        #expect(bench.relay.snapshot.deliveries == 0)
        #expect(bench.relay.snapshot.launches == 0)
        bench.act { $0.consumerConnected(generation: 2, at: bench.moment) }
        #expect(!bench.did().resumes)
        bench.pass(.seconds(31))
        bench.probed(.well)
        #expect(bench.did().resumes)
    }

    @Test(
        "While it is tried more is received: if all that is held makes the platform stumble, others can show that it is well"
    )
    func othersHelp() {
        let bench = Bench()
        for number in 0..<3 { bench.deliver(launch("poison\(number)")) }
        for _ in 0..<2 {
            bench.answerAll(.unknown(.http500))
            bench.pass(.seconds(1))
        }
        #expect(bench.did().pauses)
        bench.probed(.inconclusive)
        #expect(bench.sent.count == 1)
        #expect(bench.relay.snapshot.isConsuming)
        bench.deliver(launch("good"))
        var isGood = false
        for _ in 0..<20 where !isGood {
            let ids = bench.sent
            if bench.did().contains(.probe) { bench.probed(.inconclusive) }
            for id in ids {
                isGood = isGood || bench.relay.plannedLaunch(id)?.key.value == "good-0"
                bench.answer(id, isGood ? .ok : .unknown(.http500))
            }
            bench.pass(.seconds(5))
        }
        #expect(isGood)
    }

    @Test("A quiet bridge does not stay half closed for ever")
    func quiet() {
        let bench = Bench()
        bench.deliver(launch(policy: LaunchPolicy(whenUnsure: .park)))
        bench.answerAll(.busy(.unauthorized))
        bench.pass(.seconds(2))
        bench.probed(.well)
        bench.answerAll(.ok)
        #expect(bench.relay.snapshot.platform == .unauthorized)
        bench.pass(.seconds(31))
        #expect(bench.relay.snapshot.platform == nil)
    }
}
