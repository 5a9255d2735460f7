import Altcraft
import Foundation
import JSON
import Ledger
import Poll
import Relay
import TestSupport
import Testing

@testable import Bridge

/// The reactor's ledger over a file: what the relay asks, and what it is told.
@Suite(.timeLimit(.minutes(1)))
struct LedgerLaunchesTests {
    /// A ledger in a folder of its own, and what waits for its replies.
    private final class Bench {
        let folder: TemporaryFolder
        let ledger: Ledger
        let launches: LedgerLaunches
        private let wakeup: Wakeup

        init() throws {
            wakeup = try Wakeup()
            folder = try TemporaryFolder()
            ledger = try Ledger(path: folder.path("ledger.sqlite"), wakeup: wakeup)
            launches = LedgerLaunches(ledger)
        }

        deinit {
            ledger.close()
        }

        var path: String { folder.path("ledger.sqlite") }

        /// Waits for what was answered next; nothing within the time is no answer.
        func answers() -> [LedgerEvent] {
            let deadline = MonotonicTime.now().advanced(by: .seconds(20))
            while MonotonicTime.now() < deadline {
                let events = launches.takeAnswers()
                if !events.isEmpty { return events }
                var poll = PollSet()
                poll.add(wakeup.descriptor, .readable)
                _ = poll.wait(milliseconds: 20)
                wakeup.clear()
            }
            return []
        }

        func ask(_ id: LaunchID, _ planned: RelayLaunch, at time: Int64) -> LedgerAnswer? {
            if let answer = launches.lookUp(id, planned, at: LedgerLaunchesTests.moment(time)) { return answer }
            guard case .lookedUp(id, let answer)? = answers().first else { return nil }
            return answer
        }

        func isCommitted(_ id: LaunchID) -> Bool {
            guard case .wrote(id, let isCommitted)? = answers().first else { return false }
            return isCommitted
        }
    }

    private static func moment(_ seconds: Int64) -> Moment {
        Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: seconds)
    }

    private static func planned(
        _ value: String, event: String = "order-1", window: Int64 = 60, recipients: [String] = [],
        whenUnsure: LaunchPolicy.WhenUnsure = .retry
    ) -> RelayLaunch {
        RelayLaunch(
            mapping: "welcome", version: "1",
            request: LaunchRequest(call: .triggerStart, target: .campaign(4101), body: []),
            lane: LaneKey("lane"), key: LaunchKey(mapping: "welcome", value: value),
            ledger: LedgerFacts(event: event, windowSeconds: window, recipients: recipients),
            policy: LaunchPolicy(whenUnsure: whenUnsure))
    }

    @Test("a launch is recorded under its place, and found under any other")
    func recorded() throws {
        let bench = try Bench()
        let (one, other) = (LaunchID(slot: 7, use: 3), LaunchID(slot: 9, use: .max))
        #expect(bench.ask(one, Self.planned("k"), at: 100) == .absent)
        bench.launches.record(one, Self.planned("k"), isMaybeRepeated: false, at: Self.moment(100))
        #expect(bench.isCommitted(one))
        #expect(bench.ask(other, Self.planned("k", event: "order-2"), at: 101) == .launched)
        #expect(bench.ask(other, Self.planned("k", event: "order-2"), at: 160) == .absent)
        #expect(bench.ask(LaunchID(slot: 1, use: 1), Self.planned("k"), at: 5_000) == .launched)
        #expect(bench.launches.lastFailure.isEmpty)
    }

    @Test("a place that is used again is another launch")
    func reusedPlace() throws {
        let bench = try Bench()
        let first = LaunchID(slot: 1, use: 1)
        bench.launches.record(first, Self.planned("a"), isMaybeRepeated: false, at: Self.moment(100))
        #expect(bench.isCommitted(first))
        #expect(bench.ask(LaunchID(slot: 1, use: 2), Self.planned("b"), at: 101) == .absent)
        #expect(bench.ask(LaunchID(slot: 1, use: 3), Self.planned("a"), at: 101) == .launched)
    }

    @Test("events whose ids only look alike are two, also one right after the other")
    func lookAlikes() throws {
        let bench = try Bench()
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        let first = LaunchID(slot: 1, use: 1)
        // Without a window only the same event is recognised.
        let planned = Self.planned("k", event: composed, window: 0)
        bench.launches.record(first, planned, isMaybeRepeated: false, at: Self.moment(100))
        #expect(bench.isCommitted(first))
        let other = Self.planned("k", event: decomposed, window: 0)
        #expect(bench.ask(LaunchID(slot: 2, use: 1), other, at: 101) == .absent)
        #expect(bench.ask(LaunchID(slot: 3, use: 1), planned, at: 101) == .launched)
    }

    @Test("where the mapping parks what is unsure, an intent becomes the record, or is taken back")
    func intents() throws {
        let bench = try Bench()
        let id = LaunchID(slot: 1, use: 1)
        let planned = Self.planned("k", whenUnsure: .park)
        bench.launches.recordIntent(id, planned, at: Self.moment(100))
        #expect(bench.isCommitted(id))
        #expect(bench.ask(id, planned, at: 101) == .intended)
        bench.launches.record(id, planned, isMaybeRepeated: true, at: Self.moment(102))
        #expect(bench.isCommitted(id))
        #expect(bench.ask(id, planned, at: 103) == .launched)
        let found = try LedgerFinder(path: bench.path).find(.event("order-1"), limit: 10)
        #expect(found.map(\.state) == [.maybeRepeated])

        let another = Self.planned("another", whenUnsure: .park)
        bench.launches.recordIntent(LaunchID(slot: 2, use: 1), another, at: Self.moment(100))
        #expect(bench.isCommitted(LaunchID(slot: 2, use: 1)))
        bench.launches.withdrawIntent(LaunchID(slot: 2, use: 1), another)
        #expect(bench.isCommitted(LaunchID(slot: 2, use: 1)))
        #expect(bench.ask(LaunchID(slot: 2, use: 1), another, at: 101) == .absent)
    }

    @Test("what an operator asks for afterwards is there")
    func found() throws {
        let bench = try Bench()
        let planned = Self.planned("k", recipients: ["Anna@Example.com"])
        bench.launches.record(LaunchID(slot: 1, use: 1), planned, isMaybeRepeated: false, at: Self.moment(100))
        #expect(bench.isCommitted(LaunchID(slot: 1, use: 1)))
        let record = try #require(
            try LedgerFinder(path: bench.path).find(.recipient("anna@example.com"), limit: 1).first)
        #expect(record.target == "campaign 4101")
        #expect(record.event == "order-1")
        #expect(record.launchedAt == 100)
    }

    @Test(
        "whom a launch is for",
        arguments: [
            (Audience.profile(Recipient(matching: .email, email: "a@example.com")), ["a@example.com"]),
            (
                .profile(Recipient(matching: .emailPhone, email: "a@example.com", phone: "+79990000000")),
                ["a@example.com", "+79990000000"]
            ),
            (.profile(Recipient(matching: .profileID, profileID: "42")), ["42"]),
            (.profile(Recipient(matching: .custom, fieldName: "loyalty", fieldValue: .string("L-7"))), ["L-7"]),
            (.profile(Recipient(matching: .custom, fieldName: "loyalty", fieldValue: .number(JSONNumber(7)))), ["7"]),
            (.profile(Recipient(matching: .pushSub, provider: "android", subscriptionID: "s-1")), ["s-1"]),
            (.query(.object([])), []),
        ])
    func identities(_ audience: Audience, _ expected: [String]) {
        #expect(audience.identities == expected)
    }
}
