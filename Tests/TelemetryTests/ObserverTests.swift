import JSON
import Logging
import Outcome
import TestSupport
import Testing

@testable import Telemetry

@Suite("Observations", .timeLimit(.minutes(1)))
struct ObserverTests {
    /// An observer with its output.
    struct Fixture {
        let output = MemoryOutput()
        let observer: Observer

        init() throws {
            observer = Observer(log: try LogWriter(format: .json, level: .trace, output: output))
        }

        func metrics() throws -> Exposition {
            try Exposition(observer.exposition())
        }

        func lines() -> [String] {
            observer.log.close(deadline: .seconds(20))
            return output.lines
        }
    }

    @Test("Every observation is one line")
    func lines() throws {
        let fixture = try Fixture()
        for (_, observation) in ObservationSamples.all {
            fixture.observer.observe(observation, at: LogLineTests.time)
        }
        let lines = fixture.lines()
        #expect(lines.count == ObservationSamples.all.count)
        for (line, (name, observation)) in zip(lines, ObservationSamples.all) {
            #expect(try JSONDocument.parse(line).root["message"]?.string == observation.message, "\(name)")
        }
    }

    @Test("What a shadow says is counted by what would become of it, and is the end of nothing")
    func shadow() throws {
        let fixture = try Fixture()
        for verdict in [ShadowVerdict.launch, .park, .launch] {
            var line = EventLine(.info, verdict.message, eventID: "e1")
            line.shadow = verdict
            fixture.observer.observe(line)
        }
        let read = try fixture.metrics()
        #expect(read.value("trigger_bridge_shadow_total", ["would": "launch"]) == 2)
        #expect(read.value("trigger_bridge_shadow_total", ["would": "park"]) == 1)
        #expect(!fixture.observer.exposition().contains("trigger_bridge_events_total{"))
        #expect(fixture.lines().count { $0.contains(#""message":"would launch""#) } == 2)
    }

    @Test("The life of a connection, in metrics and health")
    func connection() throws {
        let fixture = try Fixture()
        let observer = fixture.observer
        #expect(observer.health.snapshot.reasons == ["not connected to the broker"])
        observer.observe(.connected(broker: "rabbit"))
        #expect(observer.health.snapshot.reasons == ["not consuming"])
        observer.observe(.consuming(queue: "orders"))
        #expect(observer.health.snapshot.isReady)
        #expect(observer.health.snapshot.reasons.isEmpty)
        observer.observe(.connectionLost(broker: "rabbit", reason: "cut", retry: .seconds(1)))
        #expect(observer.health.snapshot.reasons == ["no connection to rabbit: cut"])
        #expect(try fixture.metrics().value("trigger_bridge_broker_connected") == 0)
        observer.observe(.connected(broker: "rabbit"))
        observer.observe(.paused(reason: "the ledger is full"))
        #expect(observer.health.snapshot.reasons == ["the ledger is full"])
        observer.observe(.consuming(queue: "orders"))
        let read = try fixture.metrics()
        #expect(read.value("trigger_bridge_reconnections_total") == 1)
        #expect(read.value("trigger_bridge_consuming") == 1)
        observer.observe(.stopping(signal: "SIGTERM"))
        #expect(!observer.health.snapshot.isReady)
        #expect(observer.health.snapshot.reasons == ["stopping"])
    }

    @Test("The platform's circuit stops readiness; a target's is a fact beside it")
    func circuit() throws {
        let fixture = try Fixture()
        let observer = fixture.observer
        observer.observe(.connected(broker: "rabbit"))
        observer.observe(.consuming(queue: "orders"))
        observer.observe(.circuitOpened(.target("campaign 1"), .forbidden, advice: nil))
        observer.observe(.circuitOpened(.target("campaign 1"), .forbidden, advice: nil))
        #expect(observer.health.snapshot.isReady)
        #expect(observer.health.snapshot.openTargets == ["campaign 1"])
        #expect(try fixture.metrics().value("trigger_bridge_circuit_open_targets") == 1)
        observer.observe(.circuitOpened(.platform, .unauthorized, advice: "renew the token"))
        #expect(!observer.health.snapshot.isReady)
        #expect(
            observer.health.snapshot.reasons == ["the platform's circuit is open: unauthorized; renew the token"])
        observer.observe(.circuitProbing(.platform))
        #expect(observer.health.snapshot.circuit == .halfOpen)
        observer.observe(.circuitClosed(.platform))
        observer.observe(.circuitClosed(.target("campaign 1")))
        #expect(observer.health.snapshot.isReady)
        let read = try fixture.metrics()
        #expect(read.value("trigger_bridge_circuit_opened_total", ["scope": "platform"]) == 1)
        #expect(read.value("trigger_bridge_circuit_opened_total", ["scope": "target"]) == 2)
        #expect(read.value("trigger_bridge_circuit_open_targets") == 0)
    }

    @Test("A refused mapping is shown with its place until it is mended, and the bridge stays ready")
    func mappings() throws {
        let fixture = try Fixture()
        let observer = fixture.observer
        observer.observe(.connected(broker: "rabbit"))
        observer.observe(.consuming(queue: "orders"))
        observer.observe(.mappingRefused(file: "a.json", line: 4, column: 7, reason: "unknown key"))
        observer.observe(.mappingRefused(file: "b.json", line: nil, column: nil, reason: "unreadable"))
        #expect(observer.health.snapshot.mappingsRefused == ["a.json": "4:7: unknown key", "b.json": "unreadable"])
        #expect(observer.health.snapshot.isReady)
        #expect(try fixture.metrics().value("trigger_bridge_mappings_refused") == 2)
        #expect(try fixture.metrics().value("trigger_bridge_alarm", ["alarm": "mapping"]) == 1)
        observer.observe(.mappingMended(file: "a.json"))
        observer.observe(.mappingMended(file: "b.json"))
        #expect(try fixture.metrics().value("trigger_bridge_alarm", ["alarm": "mapping"]) == 0)
    }

    @Test("Alarms stand until cleared", arguments: Alarm.allCases)
    func alarms(alarm: Alarm) throws {
        let fixture = try Fixture()
        fixture.observer.observe(.alarmRaised(alarm, reason: "bad", advice: "mend it"))
        #expect(fixture.observer.health.snapshot.alarms == [alarm: "bad; mend it"])
        #expect(fixture.observer.health.snapshot.reasons.contains("bad; mend it"))
        #expect(try fixture.metrics().value("trigger_bridge_alarm", ["alarm": alarm.rawValue]) == 1)
        fixture.observer.observe(.alarmCleared(alarm))
        #expect(fixture.observer.health.snapshot.alarms.isEmpty)
        #expect(try fixture.metrics().value("trigger_bridge_alarm", ["alarm": alarm.rawValue]) == 0)
    }

    @Test("An event's end is a line, a count and a latency; a launch's line and a waiting event are no latency")
    func events() throws {
        let fixture = try Fixture()
        fixture.observer.observe(LogLineTests.plainEvent)
        fixture.observer.observe(LogLineTests.fullEvent)
        var waiting = LogLineTests.plainEvent
        waiting.end = .waiting
        waiting.reason = .http503
        fixture.observer.observe(waiting)
        fixture.observer.observe(EventLine(.debug, "launch accepted", eventID: "order-1"))
        let read = try fixture.metrics()
        let name = "trigger_bridge_events_total"
        #expect(read.value(name, ["end": "launched", "reason": ""]) == 1)
        #expect(read.value(name, ["end": "parked", "reason": "refused"]) == 1)
        #expect(read.value(name, ["end": "waiting", "reason": "http_503"]) == 1)
        #expect(read.value("trigger_bridge_event_latency_seconds_count") == 2)
        #expect(fixture.lines().count == 4)
    }

    @Test("Random observations: health and metrics agree, and nothing traps")
    func random() throws {
        var generator = SeededGenerator(seed: 77)
        let fixture = try Fixture()
        for _ in 0..<500 {
            let sample = ObservationSamples.all[
                Int.random(in: 0..<ObservationSamples.all.count, using: &generator)]
            fixture.observer.observe(sample.1)
            let health = fixture.observer.health.snapshot
            let read = try fixture.metrics()
            #expect(read.value("trigger_bridge_consuming") ?? 0 == (health.isConsuming ? 1 : 0))
            #expect(read.value("trigger_bridge_circuit_state", ["state": health.circuit.rawValue]) == 1)
            #expect(read.value("trigger_bridge_circuit_open_targets") ?? 0 == Double(health.openTargets.count))
            #expect(health.isReady == health.reasons.isEmpty)
        }
    }
}
