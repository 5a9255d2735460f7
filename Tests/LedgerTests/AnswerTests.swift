import Testing

@testable import Ledger

/// What counts as the same launch, case by case.
@Suite(.timeLimit(.minutes(1)))
struct AnswerTests {
    private static let key = LedgerKey(first: 1, second: 2)
    private static let mine: Int64 = 10
    private static let other: Int64 = 11

    private func answer(_ traces: [LedgerTrace], window: Int64 = 100, now: Int64 = 1_000) -> LedgerFinding {
        LedgerQuestion(
            identity: LaunchIdentity(key: Self.key, event: Self.mine), windowSeconds: window, now: now
        ).answer(from: traces)
    }

    private static func trace(
        _ state: LaunchEntryState, event: Int64 = other, at time: Int64 = 1_000, second: Int64 = 2
    ) -> LedgerTrace {
        LedgerTrace(
            identity: LaunchIdentity(key: LedgerKey(first: 1, second: second), event: event), launchedAt: time,
            state: state)
    }

    @Test(
        "one entry",
        arguments: [
            (trace(.launched), LedgerFinding.launched),
            (trace(.maybeRepeated), .launched),
            (trace(.intended), .intended),
            (trace(.withdrawn), .absent),
            // Another event: only within the window.
            (trace(.launched, at: 901), .launched),
            (trace(.launched, at: 900), .absent),
            (trace(.intended, at: 900), .absent),
            // The same event: always.
            (trace(.launched, event: mine, at: 0), .launched),
            (trace(.intended, event: mine, at: 0), .intended),
            (trace(.withdrawn, event: mine, at: 0), .absent),
            // From the future: the clock was set back.
            (trace(.launched, at: 5_000), .launched),
            // Another key that shares the half that indexes go by.
            (trace(.launched, event: mine, second: 3), .absent),
        ] as [(LedgerTrace, LedgerFinding)])
    func single(_ trace: LedgerTrace, _ expected: LedgerFinding) {
        #expect(answer([trace]) == expected)
    }

    @Test("nothing is absent")
    func nothing() {
        #expect(answer([]) == .absent)
    }

    @Test("a record outweighs an intent, whichever stands first")
    func recordOutweighs() {
        let both = [Self.trace(.intended), Self.trace(.launched)]
        #expect(answer(both) == .launched)
        #expect(answer(both.reversed()) == .launched)
    }

    @Test("without a window only the same event counts")
    func noWindow() {
        #expect(answer([Self.trace(.launched)], window: 0) == .absent)
        #expect(answer([Self.trace(.launched, event: Self.mine)], window: 0) == .launched)
    }

    @Test("a window without end never ends", arguments: [Int64.max, Int64.max - 1])
    func endless(window: Int64) {
        #expect(answer([Self.trace(.launched, at: 1)], window: window, now: .max - 1) == .launched)
    }

    @Test("an entry is kept for its window, and for a week at least")
    func keeping() {
        func keptUntil(_ window: Int64, _ time: Int64 = 1_000) -> Int64 {
            LedgerEntry(
                identity: LaunchIdentity(key: Self.key, event: 0), event: "", mapping: "", target: "",
                windowSeconds: window, launchedAt: time
            ).keptUntil
        }
        #expect(keptUntil(0) == 1_000 + 604_800)
        #expect(keptUntil(60) == 1_000 + 604_800)
        #expect(keptUntil(700_000) == 701_000)
        #expect(keptUntil(.max) == .max)
    }

    @Test("an event's identity is cut to what a row can bear, on any byte")
    func longEvents() {
        for length in 120...140 {
            let event = String(repeating: "ё", count: length)
            let entry = LedgerEntry(
                identity: LaunchIdentity(key: Self.key, event: 0), event: event, mapping: "", target: "",
                windowSeconds: 0, launchedAt: 0)
            #expect(entry.shownEvent.utf8.count <= LedgerEntry.eventBytes + 6)
            #expect(entry.shownEvent.hasPrefix("ёё"))
        }
    }
}
