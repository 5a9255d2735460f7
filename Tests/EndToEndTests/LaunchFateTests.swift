import BrokerSupport
import Testing

/// One event with several launches, each with a fate of its own.
@Suite("End to end: several launches of one event", .serialized, .timeLimit(.minutes(5)))
struct LaunchFateTests {
    /// Three mappings that want each sale, one campaign each.
    private static func plan(_ flags: [String] = []) -> Stage.Plan {
        var plan = Stage.Plan(flags: flags)
        plan.mappings = [
            "first": Stage.Plan.sale("first", campaign: 1), "second": Stage.Plan.sale("second", campaign: 2),
            "third": Stage.Plan.sale("third", campaign: 3),
        ]
        return plan
    }

    @Test("one of three is refused: that one alone is parked, and owed")
    func refused() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Self.plan())
            try stage.platform.fail(#"{"kind": "error", "error": 400, "error_text": "no such thing", "campaign": 2}"#)
            try stage.publish(ShopEvent.sales(3))
            let reckoning = try stage.settle("one of three launches refused")
            #expect(reckoning.launches.map(\.target).sorted() == [1, 1, 1, 3, 3, 3])
            #expect(reckoning.parked.count == 3)
            for message in reckoning.parked {
                #expect(message.end == "refused/refused")
                #expect(message.text("mapping") == "second")
                #expect(message.text("detail")?.contains("no such thing") == true)
                #expect(message.owed == ["second"])
                #expect(message.attempts == 0, "a refusal spends none")
            }
            let lines = try stage.bridge.log
            #expect(lines.ends.values.allSatisfy { $0 == ["parked"] }, "one end for each event")
            #expect(lines.lines("launch accepted").count == 6)
            #expect(lines.lines("launch refused").count == 3)
        }
    }

    @Test("one of three fails for a while: it goes round the ladder alone", arguments: [true, false])
    func ladder(hasLedger: Bool) async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Self.plan(["--ledger-enabled", "\(hasLedger)"]))
            try stage.platform.fail(#"{"kind": "status", "status": 503, "campaign": 2, "count": 12}"#)
            try stage.publish(ShopEvent.sales(2))
            let reckoning = try stage.settle("one of three launches busy, ladder" + (hasLedger ? "" : ", no ledger"))
            #expect(reckoning.launches.map(\.target).sorted() == [1, 1, 2, 2, 3, 3])
            #expect(reckoning.doubled.isEmpty && reckoning.parked.isEmpty && reckoning.left.isEmpty)
            let ends = try stage.bridge.log.ends.values
            #expect(ends.allSatisfy { $0.count > 1 && $0.last == "launched" }, "\(ends)")
            #expect(ends.allSatisfy { $0.dropLast().allSatisfy { $0 == "waiting" } }, "\(ends)")
        }
    }

    @Test("one is refused, another fails until its attempts are used up: two parked messages, each owing its own")
    func parkedInParts() async throws {
        try await withVirtualHost { host in
            var plan = Self.plan()
            // More than are waited out in flight: the last go by the ladder, when the refusal is parked already.
            plan.mappings["third"] = Stage.Plan.sale("third", campaign: 3, delivery: #"{"attempts": 6}"#)
            let stage = try Stage(host, plan)
            let victim = ShopEvent.sales(1)[0]
            let who = #""recipient": "\#(victim.email)""#
            try stage.platform.fail(#"{"kind": "error", "error": 400, "error_text": "no", "campaign": 2, \#(who)}"#)
            try stage.platform.fail(#"{"kind": "cut", "campaign": 3, \#(who)}"#)
            try stage.publish(ShopEvent.sales(ProofLength.fewMessages))
            let reckoning = try stage.settle("one launch refused, one exhausted")
            let stuck = reckoning.published.filter { $0.email == victim.email }.map(\.id)
            for event in stuck {
                let parked = reckoning.parked.filter { $0.event == event }
                #expect(Set(parked.map(\.owed)) == [["second"], ["third"]] && parked.count == 2)
                #expect(Set(parked.map(\.end)) == ["refused/refused", "exhausted/cut"])
                #expect(Set(parked.map { $0.text("id") }).count == 2, "each is named by what it owes")
            }
            #expect(reckoning.parked.count == 2 * stuck.count && reckoning.doubled.isEmpty)
        }
    }

    @Test("attempts are used up: parked as exhausted with the last reason, the others launched once")
    func exhausted() async throws {
        try await withVirtualHost { host in
            var plan = Self.plan()
            plan.mappings["second"] = Stage.Plan.sale("second", campaign: 2, delivery: #"{"attempts": 3}"#)
            let stage = try Stage(host, plan)
            let victim = ShopEvent.sales(1)[0]
            try stage.platform.fail(#"{"kind": "cut", "campaign": 2, "recipient": "\#(victim.email)"}"#)
            try stage.publish(ShopEvent.sales(ProofLength.fewMessages))
            let reckoning = try stage.settle("one launch fails for ever")
            let stuck = reckoning.published.filter { $0.email == victim.email }.map(\.id)
            #expect(Set(reckoning.parked.map(\.event)) == Set(stuck))
            for message in reckoning.parked {
                #expect(message.end == "exhausted/cut")
                #expect(message.attempts == 3)
                #expect(message.owed == ["second"])
            }
            #expect(reckoning.doubled.isEmpty)
            #expect(reckoning.launches.count == 3 * ProofLength.fewMessages - stuck.count)
        }
    }
}
