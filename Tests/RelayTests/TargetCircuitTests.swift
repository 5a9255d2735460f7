import Altcraft
import Outcome
import Poll
import Relay
import Testing

@Suite("A target's circuit", .timeLimit(.minutes(1)))
struct TargetCircuitTests {
    static let sick = LaunchTarget.campaign(1)

    static func openings(_ bench: Bench) -> [CircuitScope] {
        bench.observations.compactMap { if case .circuitOpened(let scope, _, _) = $0 { scope } else { nil } }
    }

    /// One launch for a new recipient.
    static func play(_ number: Int, campaign: Int64, _ outcome: LaunchOutcome, on bench: Bench) {
        bench.deliver(launch("r\(number)-\(campaign)", value: "\(number)-\(campaign)", campaign: campaign))
        bench.answerAll(outcome)
    }

    @Test("403 stops that target only: its launches wait on the ladder, others go on")
    func forbidden() throws {
        let bench = Bench()
        Self.play(0, campaign: 1, .busy(.forbidden), on: bench)
        #expect(Self.openings(bench) == [.target(Self.sick)])
        #expect(bench.relay.snapshot.targets == [Self.sick: .forbidden])
        #expect(bench.relay.snapshot.isConsuming && bench.relay.snapshot.platform == nil)
        bench.confirm()
        _ = bench.did()
        let id = try #require(bench.deliver(launch("vera", campaign: 1)))
        #expect(bench.did() == [.delay(id)])
        #expect(bench.relay.delayNotice(id).owed.map(\.history.attempts) == [0])
        bench.deliver(launch("vera", value: "other", campaign: 2))
        #expect(bench.sent.count == 1)
    }

    @Test("Each time round it goes one step further")
    func steps() throws {
        let bench = Bench()
        for passes in 0..<7 {
            Self.play(100 + passes, campaign: 1, .busy(.forbidden), on: bench)
            bench.confirm()
            _ = bench.did()
            let history = LaunchHistory(postponed: passes)
            let id = try #require(bench.deliver(launch("vera", campaign: 1, history: history)))
            #expect(bench.relay.delayNotice(id).step == min(passes, 4))
            #expect(bench.relay.delayNotice(id).owed.map(\.history.postponed) == [passes + 1])
            bench.confirm()
            _ = bench.did()
        }
    }

    @Test("A fault that only one target shows while others succeed is that target's")
    func ownFault() {
        let bench = Bench()
        for number in 0..<40 {
            Self.play(number, campaign: 2, .ok, on: bench)
            Self.play(number, campaign: 1, .unknown(.http500), on: bench)
            bench.pass(.milliseconds(300))
            bench.answerAll(.unknown(.http500))
        }
        #expect(Self.openings(bench).first == .target(Self.sick))
        #expect(!Self.openings(bench).contains(.platform))
    }

    @Test("A fault that all targets show is the platform's")
    func everybodysFault() {
        let bench = Bench()
        for number in 0..<10 { Self.play(number, campaign: Int64(number % 2), .unknown(.http500), on: bench) }
        #expect(Self.openings(bench) == [.platform])
    }

    @Test("One recipient alone does not make a target sick")
    func oneRecipient() {
        let bench = Bench()
        bench.deliver(launch("anna", policy: LaunchPolicy(attempts: 4)))
        for number in 0..<4 {
            bench.answerAll(.unknown(.http500))
            for other in 0..<20 { Self.play(number * 20 + other, campaign: 2, .ok, on: bench) }
            bench.pass(.seconds(2))
        }
        #expect(Self.openings(bench) == [])
    }

    @Test("Twenty refusals in a row for different recipients open it; the twentieth waits instead of being parked")
    func refusals() {
        let bench = Bench()
        for number in 0..<20 {
            Self.play(number, campaign: 1, .refusal, on: bench)
            bench.confirm()
        }
        #expect(Self.openings(bench) == [.target(Self.sick)])
        #expect(bench.fates.count { $0.end == .parked } == 19)
        #expect(bench.fates.count { $0.end == .waiting } == 1)
    }

    @Test("An accepted launch, or one recipient over and over, breaks the row")
    func refusalsBroken() {
        let bench = Bench()
        for number in 0..<60 {
            Self.play(number, campaign: 1, number % 15 == 14 ? .ok : .refusal, on: bench)
            bench.confirm()
        }
        for number in 0..<30 {
            bench.deliver(launch("same", value: "\(number)"))
            bench.answerAll(.refusal)
            bench.confirm()
        }
        #expect(Self.openings(bench) == [])
    }

    @Test("After the wait one launch tries; two good ones close it")
    func closes() {
        let bench = Bench()
        Self.play(0, campaign: 1, .busy(.forbidden), on: bench)
        bench.confirm()
        bench.pass(.seconds(2))
        _ = bench.did()
        bench.deliver(launch("a", campaign: 1))
        bench.deliver(launch("b", campaign: 1))
        #expect(bench.sent.count == 1)
        bench.answerAll(.ok)
        #expect(bench.relay.snapshot.targets == [Self.sick: .forbidden])
        bench.pass(.seconds(1))
        #expect(bench.sent.count == 1)
        bench.answerAll(.ok)
        #expect(bench.relay.snapshot.targets == [:])
    }

    @Test("A try that fails opens it again")
    func reopens() {
        let bench = Bench()
        Self.play(0, campaign: 1, .busy(.forbidden), on: bench)
        bench.pass(.seconds(2))
        Self.play(1, campaign: 1, .busy(.forbidden), on: bench)
        #expect(Self.openings(bench).count == 2)
    }

    @Test("A target that stays sick does not keep the platform's own trial waiting")
    func platformTrial() {
        let bench = Bench()
        for number in 0..<6 { bench.deliver(launch("r\(number)", campaign: Int64(number % 2))) }
        bench.answerAll(.busy(.unauthorized))
        bench.pass(.seconds(2))
        bench.probed(.well)
        for _ in 0..<40 {
            let ids = bench.sent
            _ = bench.did()
            for id in ids {
                let isSick = bench.relay.plannedLaunch(id)?.request.target == Self.sick
                bench.answer(id, isSick ? .busy(.forbidden) : .ok)
            }
            bench.pass(.seconds(1))
            bench.confirm()
        }
        #expect(bench.relay.snapshot.platform == nil)
    }
}
