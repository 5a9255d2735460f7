import BrokerSupport
import Glibc
import TestSupport
import Testing

/// A bridge that is killed at any moment, or told to stop in the middle of its work.
@Suite("Proof: the bridge ends", .serialized, .timeLimit(.minutes(10)))
struct BridgeFaultTests {
    @Test("kill -9 at random moments, again and again", arguments: [true, false])
    func killed(hasLedger: Bool) async throws {
        try await withVirtualHost { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--ledger-enabled", "\(hasLedger)"]))
            try stage.platform.fail(#"{"kind": "latency", "latency_ms": {"min": 1, "max": 20}}"#)
            var random = SeededGenerator(seed: ProofLength.seed)
            let count = ProofLength.messages
            try stage.publish(ShopEvent.some(count))
            for round in 1...ProofLength.rounds {
                let share = count * round / (ProofLength.rounds + 1)
                let moment = max(share - Int.random(in: 0..<count / 20, using: &random), 1)
                try stage.waitForLaunches(moment)
                try stage.bridge.child.crash()
                try stage.bridge.restart()
                try stage.bridge.waitUntilConsuming()
            }
            let reckoning = try stage.settle(
                "bridge kill -9, \(ProofLength.rounds) times, seed \(ProofLength.seed)"
                    + (hasLedger ? "" : ", no ledger"))
            reckoning.expectPromise()
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
