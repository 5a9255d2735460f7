import BrokerSupport
import HTTPSupport
import Testing

/// A platform that fails in every way that the sandbox knows, under load, with real parts.
@Suite("Proof: the platform fails", .serialized, .timeLimit(.minutes(10)))
struct PlatformFaultTests {
    /// One way to fail, and for how many messages that is bearable.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let json: String
        var messages = ProofLength.messages
        var flags: [String] = []
        var testDescription: String { name }

        static let all = [
            Fault(name: "5xx", json: #"{"kind": "5xx", "share": 0.2, "seed": 3}"#),
            Fault(
                name: "429 with Retry-After",
                json: #"{"kind": "status", "status": 429, "retry_after": 1, "after": 200, "count": 24}"#),
            Fault(
                name: "garbage, wrong envelopes, truncated answers",
                json: #"{"rates": {"garbage": 0.05, "wrong_envelope": 0.05, "truncate": 0.05}, "seed": 4}"#),
            Fault(
                name: "cut after the request was read",
                json: #"{"kind": "cut", "share": 0.1, "carried_out": true, "seed": 6}"#),
            Fault(
                name: "hang", json: #"{"kind": "hang", "share": 0.05, "count": 20, "seed": 8}"#,
                messages: ProofLength.fewMessages, flags: ["--altcraft-timeout", "1s"]),
        ]
    }

    @Test("every event has its end, whatever the answers are", arguments: Fault.all)
    func answers(_ fault: Fault) async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: fault.flags))
            try stage.platform.fail(fault.json)
            try stage.publish(ShopEvent.some(fault.messages))
            try stage.waitForLaunches(fault.messages / 2)
            try stage.platform.heal()
            // What spent its short waits in flight goes round the ladder, where later ones may pass it.
            try stage.settle(fault.name).expectPromise(inOrder: stage.bridge.log.reordered == 0)
        }
    }

    @Test("a platform that is killed and comes back: the order is kept, nothing is parked")
    func killed() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host)
            try stage.platform.fail(#"{"kind": "latency", "latency_ms": 10}"#)
            try stage.publish(ShopEvent.some(ProofLength.messages))
            try stage.waitForLaunches(ProofLength.messages / 4)
            try stage.platform.crash()
            try stage.bridge.wait(until: "the circuit opens") { $0.says("circuit opened") }
            #expect(try stage.bridge.ask("/health/ready").status == 503)
            #expect(try stage.bridge.ask("/health/live").status == 200)
            #expect(try stage.bridge.metric(#"trigger_bridge_circuit_state{state="closed"}"#) == 0)
            try stage.platform.restart()
            try stage.bridge.wait(until: "the circuit closes") { $0.says("circuit closed") }
            let reckoning = try stage.settle("platform killed and restarted")
            reckoning.expectPromise()
        }
    }

    @Test("the outcome is unknown and the mapping says park: parked, and not launched again")
    func parksUnsure() async throws {
        try await withVirtualHost { host in
            let park = Stage.Plan.sale(delivery: #"{"when_unsure": "park"}"#)
            let stage = try Stage(host, Stage.Plan(mappings: ["sale": park]))
            try stage.platform.fail(#"{"kind": "cut", "share": 0.1, "carried_out": true, "seed": 9}"#)
            try stage.publish(ShopEvent.some(ProofLength.messages))
            let reckoning = try stage.settle("when_unsure: park, cut after the request was read")
            #expect(reckoning.doubled.isEmpty)
            #expect(reckoning.lost.isEmpty && reckoning.left.isEmpty)
            let unsure = reckoning.parked.filter { $0.text("class") == "unknown" }
            #expect(unsure.count > ProofLength.messages / 50)
            #expect(unsure.allSatisfy { $0.text("reason") == "cut" && $0.owed == ["sale"] })
            // Each was carried out, and only its answer was lost: it is launched, and parked for a person to decide.
            #expect(Set(unsure.map(\.event)).isSubset(of: reckoning.launches.map(\.event)))
        }
    }
}
