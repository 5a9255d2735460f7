import BrokerSupport
import Glibc
import TestSupport
import Testing

/// A bridge that is killed at any moment, or told to stop in the middle of its work.
@Suite("Proof: the bridge ends", .serialized, .timeLimit(.minutes(10)))
struct BridgeFaultTests {
    /// Publishes everything, and kills the bridge again and again while it works it off.
    private static func killed(_ host: VirtualHost, _ plan: Stage.Plan, _ name: String) throws -> Reckoning {
        let stage = try Stage(host, plan)
        try stage.platform.fail(#"{"kind": "latency", "latency_ms": {"min": 1, "max": 20}}"#)
        var random = SeededGenerator(seed: ProofLength.seed)
        let count = ProofLength.messages
        try stage.publish(ShopEvent.some(count))
        for round in 1...ProofLength.rounds {
            let goal = count * 3 / 4 * round / ProofLength.rounds
            try stage.waitForLaunches(max(goal - Int.random(in: 0..<count / 20, using: &random), 1))
            try stage.crashBridge()
        }
        return try stage.settle("bridge kill -9, \(ProofLength.rounds) times, seed \(ProofLength.seed)\(name)")
    }

    @Test("kill -9 at random moments, again and again", arguments: [true, false])
    func killed(hasLedger: Bool) async throws {
        try await withVirtualHost { host in
            let plan = Stage.Plan(flags: ["--ledger-enabled", "\(hasLedger)"])
            try Self.killed(host, plan, hasLedger ? "" : ", no ledger").expectPromise()
        }
    }

    @Test("kill -9 where the mapping says park: what may have been launched is parked, nothing is ever launched twice")
    func killedParking() async throws {
        try await withVirtualHost { host in
            let park = Stage.Plan.sale(delivery: #"{"when_unsure": "park"}"#)
            let reckoning = try Self.killed(host, Stage.Plan(mappings: ["sale": park]), ", when_unsure: park")
            #expect(reckoning.doubled.isEmpty)
            #expect(reckoning.lost.isEmpty && reckoning.left.isEmpty && reckoning.disordered.isEmpty)
            let others = reckoning.parked.filter { $0.text("class") != "undecodable" }
            #expect(others.allSatisfy { $0.end == "unknown/maybe_repeated" && $0.owed == ["sale"] })
        }
    }

    @Test("SIGTERM with launches in flight: exit 0 within the deadline, nothing lost, nothing twice")
    func terminated() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--stop-deadline", "20s"]))
            try stage.platform.fail(#"{"kind": "latency", "latency_ms": {"min": 50, "max": 300}}"#)
            try stage.publish(ShopEvent.some(ProofLength.messages))
            for round in 1...3 {
                try stage.waitForLaunches(round * 40)
                stage.bridge.child.signal(round.isMultiple(of: 2) ? SIGINT : SIGTERM)
                #expect(try stage.bridge.child.end(seconds: 25) == 0, "within stop.deadline and what closing takes")
                #expect(try stage.bridge.log.says("stopped"))
                try stage.bridge.restart()
            }
            try stage.platform.heal()
            let reckoning = try stage.settle("SIGTERM and SIGINT with launches in flight")
            reckoning.expectPromise()
            #expect(reckoning.doubled.isEmpty, "an orderly stop leaves nothing unknown")
        }
    }

    @Test("a second signal stops at once, and even then nothing is lost")
    func secondSignal() async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--altcraft-timeout", "5m", "--stop-deadline", "10m"]))
            try stage.platform.fail(#"{"kind": "hang"}"#)
            try stage.publish(ShopEvent.some(ProofLength.fewMessages))
            try wait(for: "launches hang") { try stage.bridge.metric("trigger_bridge_requests_in_flight") == 16 }
            stage.bridge.child.signal(SIGTERM)
            try stage.bridge.wait(until: "it stops") { $0.says("stopping") }
            #expect(stage.bridge.child.isRunning, "it waits for what is in flight")
            stage.bridge.child.signal(SIGTERM)
            _ = try stage.bridge.child.end(seconds: 30)
            try stage.platform.heal()
            try stage.bridge.restart()
            try stage.settle("a second signal").expectPromise()
        }
    }
}
