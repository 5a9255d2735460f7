import BrokerSupport
import HTTPSupport
import JSON
import Testing

/// A broker that dies, stops where it stands, throws clients out, or has no memory left.
@Suite("Proof: the broker fails", .serialized, .timeLimit(.minutes(10)))
struct BrokerFaultTests {
    /// With the ledger, or without it.
    enum Memory: String, Sendable, CaseIterable {
        case ledger = "true"
        case none = "false"

        var name: String { self == .ledger ? "" : ", no ledger" }
        var flags: [String] { ["--ledger-enabled", rawValue] }
    }

    /// A stage that is at work: everything is published, part of it is launched.
    private static func atWork(_ host: VirtualHost, _ memory: Memory = .ledger) throws -> Stage {
        let stage = try Stage(host, Stage.Plan(flags: memory.flags))
        try stage.platform.fail(#"{"kind": "latency", "latency_ms": 15}"#)
        try stage.publish(ShopEvent.some(ProofLength.messages))
        try stage.waitForLaunches(ProofLength.messages / 4)
        return stage
    }

    @Test("kill -9 and restart", arguments: Memory.allCases)
    func killed(_ memory: Memory) async throws {
        try await withBrokerAlone { host in
            let stage = try Self.atWork(host, memory)
            try host.broker.syncQueues()
            try host.broker.kill()
            try stage.bridge.wait(until: "it notices") { $0.says("no connection to the broker") }
            #expect(try stage.bridge.ask("/health/ready").status == 503)
            try host.broker.start()
            try stage.settle("broker kill -9 and restart" + memory.name).expectPromise()
        }
    }

    @Test("SIGSTOP: noticed by the heartbeat, and over after SIGCONT")
    func stopped() async throws {
        try await withBrokerAlone { host in
            let stage = try Self.atWork(host)
            try host.broker.suspend()
            defer { try? host.broker.resume() }
            try stage.bridge.wait(until: "it notices") { $0.says("no connection to the broker") }
            try host.broker.resume()
            try stage.settle("broker SIGSTOP").expectPromise()
        }
    }

    @Test("forced closes, again and again", arguments: Memory.allCases)
    func thrownOut(_ memory: Memory) async throws {
        try await withBrokerAlone { host in
            let stage = try Self.atWork(host, memory)
            for round in 1...3 {
                let launched = try stage.platform.launchCount()
                try host.broker.evaluate(#"[rabbit_networking:close_all_user_connections(<<"guest">>, <<"x">>)]."#)
                try stage.bridge.wait(until: "close \(round) noticed") {
                    $0.lines("no connection to the broker").count >= round
                }
                try stage.bridge.wait(until: "back after close \(round)") { $0.lines("consuming").count > round }
                let goal = min(launched + ProofLength.messages / 20, ProofLength.messages / 2)
                try stage.waitForLaunches(goal)
            }
            try stage.settle("connections closed by force" + memory.name).expectPromise()
        }
    }

    @Test("a lost connection takes what is held along at once: nothing of it is begun any more before it comes again")
    func lostWhileHolding() async throws {
        try await withBrokerAlone { host in
            let stage = try Stage(host, Stage.Plan(flags: ["--altcraft-in-flight", "1"]))
            try stage.platform.fail(#"{"kind": "latency", "latency_ms": 400}"#)
            try stage.publish(ShopEvent.sales(20))
            try stage.waitForLaunches(1)
            try host.broker.evaluate(#"[rabbit_networking:close_all_user_connections(<<"guest">>, <<"x">>)]."#)
            try stage.bridge.wait(until: "it is back") { $0.lines("consuming").count > 1 }
            let messages = try stage.bridge.log.lines.compactMap { $0["message"]?.string }
            let void = try #require(messages.firstIndex { $0.contains("went with the connection") })
            let back = try #require(messages.lastIndex(of: "connected to the broker"))
            #expect(void < back)
            try stage.platform.heal()
            try stage.settle("connection lost while much is held").expectPromise()
        }
    }

    @Test("memory alarm: launching goes on, parking waits, nothing is acknowledged for want of a place")
    func alarm() async throws {
        try await withBrokerAlone { host in
            let stage = try Self.atWork(host)
            // Slowly, so that something is left to park when the alarm has begun.
            try stage.platform.fail(#"{"kind": "latency", "latency_ms": 300}"#)
            try host.broker.control("set_vm_memory_high_watermark", "0.00001")
            var isLow = true
            defer { if isLow { _ = try? host.broker.control("set_vm_memory_high_watermark", "0.6") } }
            try stage.bridge.wait(until: "the alarm is told") { log in
                log.lines("alarm raised").contains { $0["alarm"]?.string == "broker_blocked" }
            }
            #expect(try stage.bridge.metric(#"trigger_bridge_alarm{alarm="broker_blocked"}"#) == 1)
            try host.broker.control("set_vm_memory_high_watermark", "0.6")
            isLow = false
            try stage.platform.heal()
            let reckoning = try stage.settle("memory alarm")
            reckoning.expectPromise()
            #expect(reckoning.parked.count == Set(reckoning.parked.map(\.event)).count, "no second copies")
        }
    }

    @Test("the queue is deleted under the bridge, and made again")
    func deleted() async throws {
        try await withVirtualHost { host in
            let stage = try Self.atWork(host)
            try wait(for: "the queue is empty") { try stage.audit.ready()["orders"] == 0 }
            try wait(for: "nothing in flight") {
                try stage.bridge.metric("trigger_bridge_deliveries_in_flight") == 0
            }
            try host.deleteQueue("orders")
            try stage.bridge.wait(until: "it notices") { $0.says("no connection to the broker") }
            // The bridge declares what is its own; the shop goes on when the queue is there.
            try stage.bridge.wait(until: "it consumes again") { $0.lines("consuming").count > 1 }
            try stage.publish(ShopEvent.some(ProofLength.messages, from: ProofLength.messages))
            try stage.settle("queue deleted and made again").expectPromise()
        }
    }
}
