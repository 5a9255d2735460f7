import Logging
import Outcome
import Testing

@testable import Telemetry

/// One observation after some that came before, and the samples of `/metrics` that it changes, written out.
struct MetricChange: Sendable, CustomTestStringConvertible {
    let name: String
    let before: [Observation]
    let observation: Observation
    /// What is shown after it and was not before; nothing else may change.
    let changes: [String]

    var testDescription: String { name }

    init(_ name: String, after before: [Observation] = [], _ observation: Observation, _ changes: String...) {
        self.name = name
        self.before = before
        self.observation = observation
        self.changes = changes
    }
}

/// Which metrics each observation moves, and that it moves no other.
@Suite("What moves which metric", .timeLimit(.minutes(1)))
struct ObservationMetricTests {
    private static let versions = [MappingVersion(mapping: "welcome", version: "aa")]
    private static let refusedFile = Observation.mappingRefused(file: "a.json", line: 1, column: 2, reason: "odd")
    private static let opened = Observation.circuitOpened(.platform, .http503, advice: nil)
    private static let target = CircuitScope.target("campaign 7")
    private static let targetOpened = Observation.circuitOpened(target, .forbidden, advice: nil)

    static let connections = [
        MetricChange(
            "started", .started(version: "1", queue: "q", mappings: 2),
            "trigger_bridge_start_time_seconds 1772368496.007"),
        MetricChange("connected", .connected(broker: "h"), "trigger_bridge_broker_connected 1"),
        MetricChange(
            "connected again",
            after: [.connected(broker: "h"), .connectionLost(broker: "h", reason: "", retry: .zero)],
            .connected(broker: "h"), "trigger_bridge_broker_connected 1", "trigger_bridge_reconnections_total 1"),
        MetricChange(
            "never connected, lost again", .connectionLost(broker: "h", reason: "refused", retry: .seconds(1))),
        MetricChange(
            "lost", after: [.connected(broker: "h"), .consuming(queue: "q")],
            .connectionLost(broker: "h", reason: "cut", retry: .zero), "trigger_bridge_broker_connected 0",
            "trigger_bridge_consuming 0"),
        MetricChange(
            "consuming", after: [.connected(broker: "h")], .consuming(queue: "q"), "trigger_bridge_consuming 1"),
        MetricChange(
            "paused", after: [.connected(broker: "h"), .consuming(queue: "q")], .paused(reason: "full"),
            "trigger_bridge_consuming 0"),
        MetricChange("stopping", after: [.connected(broker: "h")], .stopping(signal: "SIGTERM")),
        MetricChange(
            "stopped", after: [.connected(broker: "h"), .consuming(queue: "q")], .stopped(givenBack: 5),
            "trigger_bridge_broker_connected 0", "trigger_bridge_consuming 0"),
        MetricChange("publisher connected", .publisherConnected, "trigger_bridge_publisher_connected 1"),
        MetricChange(
            "publisher lost", after: [.publisherConnected], .publisherLost(reason: "cut", retry: .zero),
            "trigger_bridge_publisher_connected 0"),
        MetricChange(
            "stale settlements", after: [.staleSettlements(2)], .staleSettlements(12),
            "trigger_bridge_stale_settlements_total 14"),
        MetricChange("token", .tokenReloaded),
        MetricChange("warning", .warning("odd", advice: nil)),
        MetricChange("console", .consoleListening(address: "127.0.0.1:1")),
    ]

    static let circuits = [
        MetricChange(
            "platform opened", opened, "trigger_bridge_circuit_opened_total{scope=\"platform\"} 1",
            "trigger_bridge_circuit_state{state=\"closed\"} 0", "trigger_bridge_circuit_state{state=\"open\"} 1"),
        MetricChange(
            "platform probing", after: [opened], .circuitProbing(.platform),
            "trigger_bridge_circuit_state{state=\"half_open\"} 1", "trigger_bridge_circuit_state{state=\"open\"} 0"),
        MetricChange(
            "a probe failed", after: [opened, .circuitProbing(.platform)],
            .circuitStays(.platform, .http503, retry: .seconds(2)),
            "trigger_bridge_circuit_state{state=\"half_open\"} 0", "trigger_bridge_circuit_state{state=\"open\"} 1"),
        MetricChange(
            "a probe failed, and nothing was tried", after: [opened],
            .circuitStays(.platform, .http503, retry: .seconds(2))),
        MetricChange(
            "platform closed", after: [opened, .circuitProbing(.platform)], .circuitClosed(.platform),
            "trigger_bridge_circuit_state{state=\"closed\"} 1",
            "trigger_bridge_circuit_state{state=\"half_open\"} 0"),
        MetricChange(
            "target opened", targetOpened, "trigger_bridge_circuit_open_targets 1",
            "trigger_bridge_circuit_opened_total{scope=\"target\"} 1"),
        MetricChange(
            "the same target again", after: [targetOpened], targetOpened,
            "trigger_bridge_circuit_opened_total{scope=\"target\"} 2"),
        MetricChange(
            "another target", after: [targetOpened],
            .circuitOpened(.target("scenario 1"), .refused, advice: nil),
            "trigger_bridge_circuit_open_targets 2", "trigger_bridge_circuit_opened_total{scope=\"target\"} 2"),
        MetricChange("a target is tried", after: [targetOpened], .circuitProbing(target)),
        MetricChange(
            "a target stays open", after: [targetOpened], .circuitStays(target, .forbidden, retry: .zero)),
        MetricChange(
            "target closed", after: [targetOpened], .circuitClosed(target), "trigger_bridge_circuit_open_targets 0"),
        MetricChange(
            "a target that was not open closed", after: [targetOpened], .circuitClosed(.target("scenario 1"))),
    ]

    static let mappings = [
        MetricChange(
            "live", .mappingsLive(version: "v", mappings: versions),
            "trigger_bridge_mapping_info{mapping=\"welcome\",version=\"aa\"} 1",
            "trigger_bridge_mapping_reloads_total{outcome=\"live\"} 1", "trigger_bridge_mappings_live 1"),
        MetricChange(
            "a new version takes the place of the old one",
            after: [.mappingsLive(version: "v", mappings: versions)],
            .mappingsLive(version: "w", mappings: [MappingVersion(mapping: "welcome", version: "bb")]),
            "trigger_bridge_mapping_info{mapping=\"welcome\",version=\"bb\"} 1",
            "trigger_bridge_mapping_reloads_total{outcome=\"live\"} 2"),
        MetricChange(
            "reload failed", .reloadFailed(reason: "gone"),
            "trigger_bridge_mapping_reloads_total{outcome=\"refused\"} 1"),
        MetricChange(
            "refused", refusedFile, "trigger_bridge_alarm{alarm=\"mapping\"} 1", "trigger_bridge_mappings_refused 1"),
        MetricChange("refused again", after: [refusedFile], refusedFile),
        MetricChange(
            "mended", after: [refusedFile], .mappingMended(file: "a.json"),
            "trigger_bridge_alarm{alarm=\"mapping\"} 0", "trigger_bridge_mappings_refused 0"),
        MetricChange("another file mended", after: [refusedFile], .mappingMended(file: "b.json")),
        MetricChange(
            "mended while the folder is gone",
            after: [.alarmRaised(.mapping, reason: "the folder is gone", advice: nil), refusedFile],
            .mappingMended(file: "a.json"), "trigger_bridge_mappings_refused 0"),
        MetricChange(
            "the folder is back while a file is refused",
            after: [.alarmRaised(.mapping, reason: "the folder is gone", advice: nil), refusedFile],
            .alarmCleared(.mapping)),
    ]

    static let alarms = Alarm.allCases.flatMap { alarm in
        let raised = Observation.alarmRaised(alarm, reason: "bad", advice: nil)
        let sample = "trigger_bridge_alarm{alarm=\"\(alarm.rawValue)\"}"
        return [
            MetricChange("\(alarm) raised", raised, "\(sample) 1"),
            MetricChange("\(alarm) raised twice", after: [raised], raised),
            MetricChange("\(alarm) cleared", after: [raised], .alarmCleared(alarm), "\(sample) 0"),
        ]
    }

    private func samples(_ observer: Observer) -> [String] {
        observer.exposition().split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test("Each changes its own samples and no other", arguments: connections + circuits + mappings + alarms)
    func change(item: MetricChange) throws {
        let observer = Observer(log: try LogWriter(format: .json, level: .error, output: MemoryOutput()))
        for observation in item.before { observer.observe(observation, at: LogLineTests.time) }
        let before = Set(samples(observer))
        observer.observe(item.observation, at: LogLineTests.time)
        #expect(samples(observer).filter { !before.contains($0) } == item.changes)
        observer.log.close(deadline: .seconds(10))
    }

    @Test(
        "A probe that fails is one line, with its wait",
        arguments: [
            (CircuitScope.platform, "platform"), (.target("scenario 9"), "scenario 9"),
        ])
    func stays(scope: CircuitScope, word: String) {
        let observation = Observation.circuitStays(scope, .http502, retry: .milliseconds(2_500))
        let line = LogLineTests.lines(.json) { line in
            line.begin(LogLineTests.time, observation.level, observation.message)
            observation.addMembers(to: &line)
            line.end()
        }
        #expect(
            line == "{\"time\":\"2026-03-01T12:34:56.007Z\",\"level\":\"notice\",\"message\":\"circuit stays open\","
                + "\"scope\":\"\(word)\",\"reason\":\"http_502\",\"retry_ms\":2500.000}\n")
    }

    @Test("An event's end is counted under its words, and only its end", arguments: End.allCases)
    func ends(end: End) throws {
        let observer = Observer(log: try LogWriter(format: .json, level: .error, output: MemoryOutput()))
        var before = Set(samples(observer))
        for reason in Reason.allCases {
            var line = EventLine(.info, "told", eventID: "7")
            line.end = end
            line.reason = reason
            observer.observe(line)
            let name = "trigger_bridge_events_total{end=\"\(end.rawValue)\",reason=\"\(reason.rawValue)\"} 1"
            let now = samples(observer)
            #expect(now.filter { !before.contains($0) } == [name])
            before = Set(now)
            line.end = nil
            observer.observe(line)
            #expect(Set(samples(observer)) == before, "a line that is no end counts nothing")
        }
        observer.log.close(deadline: .seconds(10))
    }
}
