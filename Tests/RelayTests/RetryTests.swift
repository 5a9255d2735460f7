import Altcraft
import Outcome
import Poll
import Relay
import Testing

@Suite("Retries", .timeLimit(.minutes(1)))
struct RetryTests {
    /// Keeps the platform's circuit closed: others succeed all the time.
    static func lull(_ bench: Bench) {
        for number in 0..<60 {
            bench.deliver(launch("lull\(number)", value: "lull-\(number)-\(bench.now)", campaign: 9))
            bench.answerAll(.ok)
        }
    }

    @Test("Short waits are held in flight and grow; then comes the ladder, step by step")
    func ladder() throws {
        var history = LaunchHistory()
        var steps: [Int] = []
        var held = 0
        let bench = Bench()
        while history.attempts < 9 {
            Self.lull(bench)
            _ = bench.did()
            let id = try #require(bench.deliver(launch(value: "\(history.attempts)", history: history)))
            var isOut = false
            while !isOut {
                bench.answerAll(.unknown(.http500))
                if bench.did().contains(.delay(id)) {
                    isOut = true
                } else {
                    held += 1
                    bench.pass(.seconds(2))
                }
            }
            let notice = bench.relay.delayNotice(id)
            steps.append(notice.step)
            history = try #require(notice.owed.first).history
            bench.act { $0.published(id, .delay, isConfirmed: true, at: bench.moment) }
            _ = bench.did()
        }
        #expect(held == 4)
        #expect(steps == [0, 1, 2, 3, 4])
        #expect(history.isUnsure)
    }

    @Test("When the attempts are used up it is parked as exhausted, with the last reason")
    func exhausted() throws {
        let bench = Bench()
        Self.lull(bench)
        _ = bench.did()
        let id = try #require(bench.deliver(launch(policy: LaunchPolicy(attempts: 3))))
        for _ in 0..<3 {
            bench.answerAll(.unknown(.http502))
            bench.pass(.seconds(2))
        }
        #expect(bench.did() == [.park(id)])
        let part = try #require(bench.relay.parkNotice(id).parts.first)
        #expect(part.launchClass == .exhausted)
        #expect(part.reason == .http502)
        #expect(part.attempts == 3)
    }

    @Test("Attempts of earlier deliveries count")
    func attemptsTravel() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(history: LaunchHistory(attempts: 9))))
        bench.answerAll(.unknown(.http500))
        #expect(bench.did() == [.park(id)])
    }

    @Test(
        "A Retry-After is kept: short ones in flight, longer ones on the first step that is long enough",
        arguments: [(1, nil), (2, nil), (4, 0), (5, 0), (6, 1), (100, 2), (3600, 4)] as [(Int, Int?)]
    )
    func retryAfter(seconds: Int, step: Int?) throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch()))
        bench.answerAll(.busy(.http429, after: seconds))
        guard let step else {
            bench.pass(.milliseconds(seconds * 1000 - 1))
            #expect(bench.did() == [])
            bench.pass(.milliseconds(1500))
            #expect(bench.sent.count == 1)
            return
        }
        #expect(bench.did() == [.delay(id)])
        #expect(bench.relay.delayNotice(id).step == step)
    }

    @Test("A Retry-After that no queue can keep stops everything")
    func longRetryAfter() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.busy(.http503, after: 7200))
        #expect(bench.did().pauses)
        bench.pass(.seconds(800))
        #expect(bench.did().sends == 0)
    }

    @Test("An event is too old when its turn comes, not when it arrives", arguments: [true, false])
    func expiry(isLate: Bool) {
        let bench = Bench { $0.inFlight = 1 }
        bench.deliver(launch("anna"))
        let first = bench.sent[0]
        bench.deliver(launch("boris", expiresAt: bench.wall + 10))
        bench.wall += isLate ? 10 : 9
        _ = bench.did()
        bench.answer(first, .ok)
        #expect(bench.ends.contains { $0.reason == .expired } == isLate)
        #expect(bench.sent.isEmpty == isLate)
    }

    @Test("It is judged again before each attempt")
    func expiryOnRetry() {
        let bench = Bench()
        bench.deliver(launch(expiresAt: bench.wall + 10))
        bench.answerAll(.busy(.connect))
        bench.wall += 10
        bench.pass(.seconds(1))
        #expect(bench.ends.map(\.reason) == [.expired])
    }

    @Test("Unknown: made again by default, and counted when it succeeds")
    func unknownRetry() {
        let bench = Bench()
        bench.deliver(launch())
        bench.answerAll(.unknown(.cut))
        bench.pass(.seconds(1))
        let id = bench.sent[0]
        bench.answerAll(.ok)
        #expect(bench.observations.contains(.maybeRepeated(id)))
        #expect(bench.ends.map(\.end) == [.launched])
    }

    @Test("Unknown: parked where the mapping says so")
    func unknownPark() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(policy: LaunchPolicy(whenUnsure: .park))))
        bench.answerAll(.unknown(.timeout))
        #expect(bench.did() == [.park(id)])
        #expect(bench.relay.parkNotice(id).parts.map(\.launchClass) == [.unknown])
        #expect(bench.relay.parkNotice(id).parts.map(\.reason) == [.timeout])
        #expect(
            bench.relay.parkNotice(id).parts.map(\.detail) == ["no answer came (timeout): it may have been launched"])
    }

    @Test("Without a ladder waits are held in flight")
    func noLadder() {
        let bench = Bench { $0.ladder = [] }
        RetryTests.lull(bench)
        _ = bench.did()
        bench.deliver(launch(policy: LaunchPolicy(attempts: 8)))
        for _ in 0..<7 {
            bench.answerAll(.unknown(.http500))
            bench.pass(.seconds(2))
        }
        #expect(bench.sent.count == 1)
    }

    @Test("The ladder carries attempts, doubt, and an operator's wish")
    func historyTravels() throws {
        let bench = Bench()
        let history = LaunchHistory(attempts: 6, postponed: 2, isUnsure: false, isRedriven: true)
        let id = try #require(bench.deliver(launch(history: history)))
        bench.answerAll(.unknown(.http500))
        #expect(
            bench.relay.delayNotice(id).owed.map(\.history) == [
                LaunchHistory(attempts: 7, postponed: 2, isUnsure: true, isRedriven: true)
            ])
    }
}
