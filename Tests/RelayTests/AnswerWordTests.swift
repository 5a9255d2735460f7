import Altcraft
import Outcome
import Testing

@testable import Relay

/// What an answer to a launch's last try becomes: the words that stand on the parked message, one line for each answer.
struct AnswerWord: Sendable, CustomTestStringConvertible {
    let outcome: LaunchOutcome
    let launchClass: LaunchClass
    let reason: Reason
    let detail: String

    var testDescription: String { "\(outcome)" }

    init(_ outcome: LaunchOutcome, _ launchClass: LaunchClass, _ reason: Reason, _ detail: String = "") {
        self.outcome = outcome
        self.launchClass = launchClass
        self.reason = reason
        self.detail = detail
    }
}

/// The table of classes and ends in the guarantees, from the platform's answer to what the relay does.
@Suite("From an answer to its words", .timeLimit(.minutes(1)))
struct AnswerWordTests {
    private static let failure = "the platform answered with a failure of its own"
    private static let doubt = "it may have been launched"

    /// The last of its attempts, where the mapping retries.
    static let exhausted = [
        AnswerWord(.refusal, .refused, .refused, "error 400: no such profile"),
        AnswerWord(.refused(Refusal(code: 17, text: "")), .refused, .refused, "error 17"),
        AnswerWord(.refused(Refusal(code: -1, text: "a\nb")), .refused, .refused, "error -1: a\nb"),
        AnswerWord(.busy(.connect), .exhausted, .connect),
        AnswerWord(.busy(.timeoutBeforeWrite), .exhausted, .timeoutBeforeWrite),
        AnswerWord(.busy(.http429), .exhausted, .http429),
        AnswerWord(.busy(.http503), .exhausted, .http503),
        AnswerWord(.unknown(.timeout), .exhausted, .timeout, "no answer came (timeout): \(doubt)"),
        AnswerWord(
            .unknown(.cut), .exhausted, .cut, "the connection broke before the answer was there: \(doubt)"),
        AnswerWord(.unknown(.http500), .exhausted, .http500, "\(failure) (http_500): \(doubt)"),
        AnswerWord(.unknown(.http502), .exhausted, .http502, "\(failure) (http_502): \(doubt)"),
        AnswerWord(.unknown(.http504), .exhausted, .http504, "\(failure) (http_504): \(doubt)"),
        AnswerWord(
            .unknown(.notAnEnvelope), .exhausted, .notAnEnvelope,
            "what was answered is not the Altcraft API's: \(doubt)"),
    ]

    @Test("The last try of a mapping that retries", arguments: exhausted)
    func lastTry(word: AnswerWord) throws {
        let bench = Bench()
        let history = LaunchHistory(attempts: 9)
        let id = try #require(bench.deliver(launch(element: 3, history: history)))
        bench.answerAll(word.outcome)
        #expect(bench.did() == [.park(id)])
        let parts = bench.relay.parkNotice(id).parts
        #expect(
            parts == [
                ParkedPart(
                    launchClass: word.launchClass, reason: word.reason, detail: word.detail, mapping: "order",
                    version: "v1", element: 3, pointer: nil, attempts: word.launchClass == .refused ? 9 : 10)
            ])
        bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.ends.map(\.end) == [.parked])
        #expect(bench.ends.map(\.launchClass) == [word.launchClass])
        #expect(bench.ends.map(\.reason) == [word.reason])
    }

    @Test("The try before the last waits for the last, whatever the answer was", arguments: exhausted)
    func tryBefore(word: AnswerWord) throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(history: LaunchHistory(attempts: 8))))
        bench.answerAll(word.outcome)
        guard word.launchClass != .refused else {
            #expect(bench.did() == [.park(id)], "what is refused is not tried again")
            return
        }
        #expect(bench.did() == [.delay(id)])
        let notice = bench.relay.delayNotice(id)
        #expect(notice.step == 4)
        #expect(notice.owed.map(\.history.attempts) == [9])
        let isUnknown = word.outcome.launchClass == .unknown
        #expect(notice.owed.map(\.history.isUnsure) == [isUnknown])
    }

    /// The first try already, where the mapping parks what is unsure.
    static let parked = exhausted.map { word in
        word.outcome.launchClass == .unknown
            ? AnswerWord(word.outcome, .unknown, word.reason, word.detail) : word
    }

    @Test("Where the mapping parks what is unsure, a first try without a sure outcome is parked", arguments: parked)
    func whenUnsureParks(word: AnswerWord) throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(policy: LaunchPolicy(whenUnsure: .park))))
        bench.answerAll(word.outcome)
        guard word.outcome.launchClass != .busy else {
            #expect(bench.did() == [], "certainly not made: tried again")
            return
        }
        #expect(bench.did() == [.park(id)])
        let part = try #require(bench.relay.parkNotice(id).parts.first)
        #expect(part.launchClass == word.launchClass)
        #expect(part.reason == word.reason)
        #expect(part.detail == word.detail)
        #expect(part.attempts == 0)
    }

    @Test(
        "Account and token speak for everybody: nothing is spent, nothing is parked",
        arguments: [Reason.unauthorized, .tariff])
    func account(reason: Reason) {
        let bench = Bench()
        bench.deliver(launch(history: LaunchHistory(attempts: 9)))
        bench.answerAll(.busy(reason))
        #expect(bench.did() == [.pauseConsumption])
        #expect(bench.ends.isEmpty)
        let isWell = bench.relay.platformIsWell
        #expect(!isWell)
    }

    @Test("403 speaks of one target: the event waits on the ladder, and spends nothing")
    func forbidden() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(history: LaunchHistory(attempts: 9))))
        bench.answerAll(.busy(.forbidden))
        #expect(bench.did() == [.delay(id)])
        #expect(bench.relay.delayNotice(id).owed.map(\.history) == [LaunchHistory(attempts: 9, postponed: 1)])
        let isWell = bench.relay.platformIsWell
        #expect(isWell)
    }

    @Test("What a launch that cannot be written says")
    func unsendable() throws {
        let bench = Bench()
        let id = try #require(bench.deliver(launch(history: LaunchHistory(attempts: 2))))
        let sent = try #require(bench.sent.first)
        _ = bench.did()
        bench.act { $0.unsendable(sent, Refusal(code: 0, text: "no link of this name"), at: bench.moment) }
        #expect(bench.did() == [.park(id)])
        let part = try #require(bench.relay.parkNotice(id).parts.first)
        #expect(part.launchClass == .refused)
        #expect(part.detail == "error 0: no link of this name")
        #expect(part.attempts == 2)
    }

    @Test(
        "Parts that ended before they became launches stand first, each as it was told",
        arguments: [
            (LaunchClass.undecodable, Reason.notJSON), (.undecodable, .tooBig), (.undecodable, .tooDeep),
            (.undecodable, .duplicateMember), (.undecodable, .encoding), (.unmappable, .noRecipient),
            (.unmappable, .missing), (.unmappable, .invalid), (.unmappable, .lookup), (.unmappable, .limit),
            (.unmappable, .mappingRemoved),
        ])
    func planned(launchClass: LaunchClass, reason: Reason) throws {
        let bench = Bench()
        let end = PlannedEnd(
            launchClass, reason, detail: "why", mapping: "cart", version: "v7", element: 2, pointer: "/content/x")
        let id = try #require(bench.deliver(Plan(launches: [launch()], ended: [end])))
        bench.answerAll(.refusal)
        #expect(bench.did() == [.park(id)])
        let parts = bench.relay.parkNotice(id).parts
        #expect(parts.map(\.launchClass) == [launchClass, .refused])
        #expect(
            parts.first
                == ParkedPart(
                    launchClass: launchClass, reason: reason, detail: "why", mapping: "cart", version: "v7",
                    element: 2, pointer: "/content/x", attempts: 0))
        bench.act { $0.published(id, .parking, isConfirmed: true, at: bench.moment) }
        #expect(bench.ends.map(\.reason) == [reason])
    }

    @Test(
        "What is skipped is acknowledged with its reason, and the same beside a launch is launched",
        arguments: [
            Reason.unmatched, .duplicate, .expired, .notAllowed, .noRecipient, .missing, .invalid,
        ])
    func skipped(reason: Reason) {
        let bench = Bench()
        bench.deliver(.skip(reason))
        #expect(bench.did().acknowledges == 1)
        bench.deliver(Plan(launches: [launch()], ended: [PlannedEnd(.skipped, reason)]))
        bench.answerAll(.ok)
        #expect(bench.did().acknowledges == 1)
        #expect(bench.ends.map(\.end) == [.skipped, .launched])
        #expect(bench.ends.map(\.launchClass) == [.skipped, .accepted])
        #expect(bench.ends.map(\.reason) == [reason, nil])
    }
}

extension Relay {
    /// Whether launches go out as they come.
    fileprivate var platformIsWell: Bool { platform.isClosed }
}
