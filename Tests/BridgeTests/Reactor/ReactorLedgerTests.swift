import BrokerSupport
import HTTPSupport
import Poll
import Relay
import Synchronization
import Testing

@testable import Bridge

/// What the reactor asks of a ledger and when: before the request, after the answer, and before the acknowledgement.
@Suite("The reactor and its ledger", .timeLimit(.minutes(2)))
struct ReactorLedgerTests {
    /// A ledger that follows a script, on the reactor's own thread.
    private final class ScriptedLedger: LaunchLedger {
        private let wakeup: Wakeup
        private let script: ReactorScript
        private let answer: LedgerAnswer
        /// How many writes fail before they are committed.
        private var failures: Int
        private var answers: [LedgerEvent] = []

        init(_ wakeup: Wakeup, _ script: ReactorScript, _ answer: LedgerAnswer, failures: Int) {
            (self.wakeup, self.script, self.answer, self.failures) = (wakeup, script, answer, failures)
        }

        var lastFailure: String { failures > 0 ? "the disk is full" : "" }

        func lookUp(_ launch: LaunchID, _ planned: PlannedLaunch, at now: Moment) -> LedgerAnswer? {
            script.add("asked")
            answers.append(.lookedUp(launch, answer))
            wakeup.signal()
            return nil
        }

        func recordIntent(_ launch: LaunchID, _ planned: PlannedLaunch, at now: Moment) { write("intended", launch) }

        func withdrawIntent(_ launch: LaunchID, _ planned: PlannedLaunch) { write("withdrawn", launch) }

        func record(_ launch: LaunchID, _ planned: PlannedLaunch, isMaybeRepeated: Bool, at now: Moment) {
            write(isMaybeRepeated ? "recorded as perhaps repeated" : "recorded", launch)
        }

        func takeAnswers() -> [LedgerEvent] {
            defer { answers = [] }
            return answers
        }

        private func write(_ step: String, _ launch: LaunchID) {
            let isCommitted = failures == 0
            failures = max(0, failures - 1)
            script.add(isCommitted ? step : "failed")
            answers.append(.wrote(launch, isCommitted: isCommitted))
            wakeup.signal()
        }
    }

    /// Runs one event to its end; `told` is a line that must come before the bench is stopped.
    private static func run(
        _ delivery: String, _ answer: LedgerAnswer, platform exchange: Exchange, failures: Int = 0, told: String,
        _ look: (ReactorBench, ScriptedServer, ReactorScript) throws -> Void
    ) throws {
        let (script, platform) = (ReactorScript(), try ScriptedServer(always: exchange))
        defer { platform.stop() }
        let mappings = try ReactorScript.mappings(delivery: delivery)
        let bench = try ReactorBench(script.source(["a@example.com"]), platform) { parts in
            parts.mappings = mappings
            parts.relay.hasLedger = true
            parts.ledger = ScriptedLedger(parts.wakeup, script, answer, failures: failures)
        }
        #expect(bench.says(told), "\(script.steps)")
        #expect(bench.stop() == .stopped)
        try look(bench, platform, script)
    }

    private static let accepted = Exchange.answer(200, #"{"error":0}"#)
    private static let refused = Exchange.answer(200, #"{"error":301,"error_text":"Wrong params"}"#)

    @Test("A launch is asked for, made, recorded, and only then acknowledged")
    func made() async throws {
        try await onOwnThread {
            try Self.run("{}", .absent, platform: Self.accepted, told: "launched") { _, platform, script in
                #expect(platform.log.requests.count == 1)
                #expect(script.steps == ["asked", "recorded", "acknowledged 1"])
            }
        }
    }

    @Test("One that stands in it is not made again")
    func known() async throws {
        try await onOwnThread {
            try Self.run("{}", .launched, platform: Self.accepted, told: "skipped") { bench, platform, script in
                #expect(platform.log.requests.isEmpty)
                #expect(script.steps == ["asked", "acknowledged 1"])
                #expect(bench.probe.lines("skipped").first?.contains(#""reason":"duplicate""#) == true)
            }
        }
    }

    @Test("An intent that stands is made again where the mapping retries, recorded as that, and told")
    func intendedRetry() async throws {
        let told = "launched; an earlier delivery of it may have been launched too"
        try await onOwnThread {
            try Self.run("{}", .intended, platform: Self.accepted, told: told) { _, platform, script in
                #expect(platform.log.requests.count == 1)
                #expect(script.steps.prefix(2) == ["asked", "recorded as perhaps repeated"])
            }
        }
    }

    private static let park = #"{"when_unsure": "park"}"#

    @Test("It is parked where the mapping parks, without a request")
    func intendedPark() async throws {
        try await onOwnThread {
            try Self.run(Self.park, .intended, platform: Self.accepted, told: "parked") { bench, platform, script in
                #expect(platform.log.requests.isEmpty)
                #expect(script.steps == ["asked", "acknowledged 1"])
                let line = bench.probe.lines("parked").first ?? ""
                #expect(line.contains(#""outcome":"unknown","reason":"maybe_repeated""#), "\(line)")
            }
        }
    }

    @Test("Where unsure launches are parked the intent stands before the request, and becomes the record")
    func intent() async throws {
        try await onOwnThread {
            try Self.run(Self.park, .absent, platform: Self.accepted, told: "launched") { _, _, script in
                #expect(script.steps == ["asked", "intended", "recorded", "acknowledged 1"])
            }
        }
    }

    @Test("A refusal takes the intent back before the event is parked")
    func withdrawn() async throws {
        try await onOwnThread {
            try Self.run(Self.park, .absent, platform: Self.refused, told: "parked") { _, _, script in
                #expect(script.steps == ["asked", "intended", "withdrawn", "acknowledged 1"])
            }
        }
    }

    @Test("A record that fails raises the alarm with the ledger's words, and nothing is acknowledged before it stands")
    func failing() async throws {
        try await onOwnThread {
            let words = "alarm cleared"
            try Self.run("{}", .absent, platform: Self.accepted, failures: 1, told: words) { bench, platform, script in
                let raised = bench.probe.lines("alarm raised")
                #expect(raised.count == 1)
                #expect(raised.first?.contains(#""alarm":"ledger""#) == true, "\(raised)")
                #expect(bench.probe.waitUntil { !$0.lines("launched").isEmpty })
                #expect(platform.log.requests.count == 1, "it is recorded again, not launched again")
                #expect(script.steps.prefix(3) == ["asked", "failed", "recorded"])
            }
        }
    }
}
