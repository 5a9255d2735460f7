import Outcome
import TestSupport
import Testing

@testable import Telemetry

/// A course of observations and what health shows at its end.
struct Course: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let observations: [Observation]
    let isReady: Bool
    let reasons: [String]

    init(_ name: String, _ observations: [Observation], ready: Bool, reasons: [String]) {
        testDescription = name
        self.observations = observations
        isReady = ready
        self.reasons = reasons
    }
}

@Suite("Health", .timeLimit(.minutes(1)))
struct HealthSnapshotTests {
    private static let up: [Observation] = [.connected(broker: "rabbit"), .consuming(queue: "orders")]
    private static let lost = Observation.connectionLost(broker: "rabbit", reason: "cut", retry: .seconds(1))

    static let courses: [Course] = [
        Course("nothing yet", [], ready: false, reasons: ["not connected to the broker"]),
        Course("connected", [.connected(broker: "rabbit")], ready: false, reasons: ["not consuming"]),
        Course("up", up, ready: true, reasons: []),
        Course("lost", up + [lost], ready: false, reasons: ["no connection to rabbit: cut"]),
        Course("lost and back", up + [lost] + up, ready: true, reasons: []),
        Course("never connected", [lost], ready: false, reasons: ["no connection to rabbit: cut"]),
        Course("paused", up + [.paused(reason: "memory")], ready: false, reasons: ["memory"]),
        Course("paused and on", up + [.paused(reason: "memory"), .consuming(queue: "q")], ready: true, reasons: []),
        Course(
            "circuit open", up + [.circuitOpened(.platform, .timeout, advice: nil)], ready: false,
            reasons: ["the platform's circuit is open: timeout"]),
        Course(
            "circuit open for no reason", up + [.circuitOpened(.platform, nil, advice: "look")], ready: false,
            reasons: ["the platform's circuit is open; look"]),
        Course(
            "paused by the circuit",
            up + [.circuitOpened(.platform, .connect, advice: nil), .paused(reason: "circuit")], ready: false,
            reasons: ["the platform's circuit is open: connect"]),
        Course(
            "probing", up + [.circuitOpened(.platform, .connect, advice: nil), .circuitProbing(.platform)],
            ready: false, reasons: ["the platform's circuit is open: connect"]),
        Course(
            "circuit closed",
            up + [
                .circuitOpened(.platform, .connect, advice: nil), .circuitProbing(.platform), .circuitClosed(.platform),
            ],
            ready: true, reasons: []),
        Course(
            "target open", up + [.circuitOpened(.target("campaign 1"), .forbidden, advice: nil)], ready: true,
            reasons: []),
        Course("target probing", up + [.circuitProbing(.target("campaign 1"))], ready: true, reasons: []),
        Course(
            "alarm beside", up + [.alarmRaised(.parking, reason: "gone", advice: nil)], ready: true, reasons: []),
        Course(
            "alarm and pause",
            up + [.alarmRaised(.parking, reason: "gone", advice: "declare it"), .paused(reason: "no place to park")],
            ready: false, reasons: ["no place to park", "gone; declare it"]),
        Course(
            "two alarms, one cleared",
            [
                .alarmRaised(.parking, reason: "gone", advice: nil), .alarmRaised(.ledger, reason: "full", advice: nil),
                .alarmCleared(.parking),
            ],
            ready: false, reasons: ["not connected to the broker", "full"]),
        Course("stopping", up + [.stopping(signal: "SIGTERM")], ready: false, reasons: ["stopping"]),
        Course(
            "stopped", up + [.stopping(signal: "SIGTERM"), .stopped(givenBack: 0)], ready: false,
            reasons: ["stopping", "not connected to the broker"]),
        Course(
            "what does not matter",
            up + [
                .publisherLost(reason: "x", retry: .zero), .tokenReloaded, .staleSettlements(1),
                .warning("x", advice: nil), .reloadFailed(reason: "x"), .consoleListening(address: "x"),
                .publisherConnected,
                .started(version: "1", queue: "q", mappings: 0),
            ], ready: true, reasons: []),
    ]

    @Test("Each course ends as it should", arguments: courses)
    func course(course: Course) {
        var health = HealthSnapshot()
        for observation in course.observations { health.apply(observation) }
        #expect(health.isReady == course.isReady)
        #expect(health.reasons == course.reasons)
    }

    @Test("Not ready always has a reason, and ready has none, in any order of observations")
    func random() {
        var generator = SeededGenerator(seed: 55)
        for _ in 0..<300 {
            var health = HealthSnapshot()
            for _ in 0..<30 {
                guard let sample = ObservationSamples.all.randomElement(using: &generator) else { continue }
                health.apply(sample.1)
                #expect(health.isReady == health.reasons.isEmpty)
                #expect(Set(health.openTargets).count == health.openTargets.count)
            }
        }
    }

    @Test("Mappings that are live, refused and mended")
    func mappings() {
        var health = HealthSnapshot()
        health.apply(.mappingsLive(version: "aa", mappings: ObservationSamples.versions))
        #expect(health.mappingsLive == 2)
        #expect(health.mappingsVersion == "aa")
        health.apply(.mappingRefused(file: "x", line: 3, column: nil, reason: "odd"))
        #expect(health.mappingsRefused == ["x": "3: odd"])
        health.apply(.mappingRefused(file: "x", line: nil, column: nil, reason: "worse"))
        #expect(health.mappingsRefused == ["x": "worse"])
        health.apply(.mappingMended(file: "y"))
        #expect(health.mappingsRefused.count == 1)
        health.apply(.mappingMended(file: "x"))
        #expect(health.mappingsRefused.isEmpty)
    }

    @Test("A board shows the last change to whoever looks, from any thread")
    func board() async {
        let board = HealthBoard()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { board.update { $0.openTargets.append("campaign \(number)") } }
            }
        }
        #expect(board.snapshot.openTargets.count == 8)
    }
}
