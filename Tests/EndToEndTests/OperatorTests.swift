import BrokerSupport
import HTTPSupport
import JSON
import Testing

/// What an operator sees: log, metrics and health, while all is well and while it is not.
@Suite("End to end: what an operator sees", .serialized, .timeLimit(.minutes(5)))
struct OperatorTests {
    @Test("metrics, health and the log agree with what became of the events, before and in an outage")
    func sight() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--log-level", "info"]))
            let bridge = stage.bridge
            try wait(for: "ready") { try bridge.ask("/health/ready").status == 200 }
            try stage.publish(ShopEvent.some(100))
            try bridge.wait(until: "all have an end") { $0.ends.count == 100 }
            try wait(for: "counted") { try bridge.metric(Self.events("launched", "")) == 96 }
            #expect(try bridge.metric(Self.events("skipped", "unmatched")) == 2)
            #expect(try bridge.metric(Self.events("parked", "not_json")) == 2)
            #expect(try bridge.metric(#"trigger_bridge_launches_total{mapping="sale",outcome="accepted"}"#) == 96)
            #expect(try bridge.metric("trigger_bridge_event_latency_seconds_count") == 100)
            #expect(try bridge.metric(#"trigger_bridge_publishes_total{purpose="park",outcome="confirmed"}"#) == 2)
            #expect(try bridge.metric("trigger_bridge_ledger_records_total") == 96)

            try stage.platform.fail(#"{"kind": "error", "error": 401}"#)
            try stage.publish(ShopEvent.sales(200, from: 100))
            try bridge.wait(until: "the circuit opens") { $0.says("circuit opened") }
            try Self.expectOutage(bridge)
            try stage.platform.heal()
            try wait(for: "ready again") { try bridge.ask("/health/ready").status == 200 }
            #expect(try bridge.metric(#"trigger_bridge_alarm{alarm="unauthorized"}"#) == 0)
            let reckoning = try stage.settle("401 from the platform")
            reckoning.expectPromise()
            #expect(reckoning.doubled.isEmpty)
            #expect(try bridge.log.ends.values.allSatisfy { $0.count == 1 }, "one end line for each event")
            try Self.expectWholeLines(bridge)
        }
    }

    private static func events(_ end: String, _ reason: String) -> String {
        #"trigger_bridge_events_total{end="\#(end)",reason="\#(reason)"}"#
    }

    private static func expectOutage(_ bridge: Bridge) throws {
        let ready = try bridge.ask("/health/ready")
        #expect(ready.status == 503)
        #expect(ready.text.contains("unauthorized"), "\(ready.text)")
        #expect(try bridge.ask("/health/live").status == 200)
        #expect(try bridge.metric(#"trigger_bridge_circuit_state{state="closed"}"#) == 0)
        #expect(try bridge.metric(#"trigger_bridge_alarm{alarm="unauthorized"}"#) == 1)
        let line = try #require(try bridge.log.lines("circuit opened").first)
        #expect(line["reason"]?.string == "unauthorized")
        #expect(line["advice"]?.string?.contains("token") == true)
    }

    private static func expectWholeLines(_ bridge: Bridge) throws {
        for line in try bridge.log.lines {
            #expect(line["time"]?.string != nil && line["level"]?.string != nil && line["message"]?.string != nil)
            guard line["end"] != nil else { continue }
            #expect(line["event_id"]?.string != nil && line["latency_ms"]?.number != nil)
        }
        let launched = try #require(try bridge.log.lines("launched").first)
        #expect(launched["mapping"]?.string == "sale" && launched["launch"]?.string == "campaign 1")
        #expect(launched["recipient"]?.string?.contains("p***@example.com") == true)
    }
}
