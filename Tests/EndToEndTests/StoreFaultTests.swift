import BrokerSupport
import Foundation
import HTTPSupport
import JSON
import Testing

/// The ledger cannot be written, and time runs out.
@Suite("Proof: the ledger fails, time passes", .serialized, .timeLimit(.minutes(10)))
struct StoreFaultTests {
    @Test("a full disk stops launching with an alarm; when there is room again everything goes on, nothing is doubled")
    func fullDisk() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host)
            try stage.platform.fail(#"{"kind": "latency", "latency_ms": 5}"#)
            try stage.publish(ShopEvent.some(ProofLength.messages))
            try stage.waitForLaunches(ProofLength.messages / 4)
            try stage.bridge.child.limitFiles(to: 4_096)
            try stage.bridge.wait(until: "the alarm") { log in
                log.lines("alarm raised").contains { $0["alarm"]?.string == "ledger" }
            }
            #expect(try stage.bridge.metric(#"trigger_bridge_alarm{alarm="ledger"}"#) == 1)
            #expect(try stage.bridge.metric("trigger_bridge_ledger_available") == 0)
            #expect(try stage.bridge.ask("/health/ready").status == 503)
            try wait(for: "no request is under way") {
                try stage.bridge.metric("trigger_bridge_requests_in_flight") == 0
            }
            let launched = try stage.platform.launchCount()
            try stage.bridge.wait(until: "the ledger is tried again in vain") { _ in
                try stage.bridge.metric("trigger_bridge_ledger_failures_total") ?? 0 > 2
            }
            #expect(try stage.platform.launchCount() == launched, "nothing is launched unrecorded")
            try stage.bridge.child.limitFiles(to: nil)
            try stage.bridge.wait(until: "the alarm is over") { log in
                log.lines("alarm cleared").contains { $0["alarm"]?.string == "ledger" }
            }
            try stage.settle("ledger on a full disk").expectPromise()
        }
    }

    @Test("expire_after is judged when the turn comes: after an outage")
    func expired() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(
                host, Stage.Plan(mappings: ["sale": Stage.Plan.sale(delivery: #"{"expire_after": "PT3S"}"#)]))
            try stage.platform.fail(#"{"kind": "status", "status": 503}"#)
            try stage.publish(ShopEvent.some(ProofLength.fewMessages))
            let late = Date().addingTimeInterval(4)
            try stage.bridge.wait(until: "the circuit opens") { $0.says("circuit opened") }
            try wait(for: "all are too old") { Date() > late }
            #expect(try stage.platform.launchCount() == 0)
            try stage.platform.heal()
            let reckoning = try stage.settle("expire_after, after an outage")
            reckoning.expectPromise(ends: { $0 == .sale ? "skipped expired" : Reckoning.usualEnd($0) })
            #expect(reckoning.launches.isEmpty)
        }
    }
}
