import Logging
import Testing

@testable import Telemetry

@Suite("The catalogue of observations", .timeLimit(.minutes(1)))
struct ObservationTests {
    /// The member names that each sample's line must have, and its level.
    static let wanted: [(String, Logger.Level, [String])] = [
        ("started", .notice, ["version", "queue", "mappings"]),
        ("connected", .notice, ["broker"]),
        ("connectionLost", .warning, ["broker", "reason", "retry_ms"]),
        ("consuming", .notice, ["queue"]),
        ("paused", .warning, ["reason"]),
        ("circuitOpened", .warning, ["scope", "reason", "advice"]),
        ("circuitOpened target", .warning, ["scope", "reason"]),
        ("circuitProbing", .notice, ["scope"]),
        ("circuitClosed", .notice, ["scope"]),
        ("circuitClosed target", .notice, ["scope"]),
        ("publisherConnected", .notice, []),
        ("publisherLost", .warning, ["reason", "retry_ms"]),
        ("staleSettlements", .warning, ["count"]),
        ("mappingsLive", .notice, ["version", "mappings"]),
        ("mappingRefused", .error, ["file", "line", "column", "reason"]),
        ("mappingRefused whole", .error, ["file", "reason"]),
        ("mappingMended", .notice, ["file"]),
        ("mappingMended gone", .notice, ["file", "detail"]),
        ("reloadFailed", .error, ["reason"]),
        ("alarmRaised", .error, ["alarm", "reason", "advice"]),
        ("alarmCleared", .notice, ["alarm"]),
        ("tokenReloaded", .notice, []),
        ("warning", .warning, ["advice"]),
        ("consoleListening", .notice, ["address"]),
        ("stopping", .notice, ["signal"]),
        ("stopped", .notice, ["given_back"]),
    ]

    @Test("Each has its level and its members, in their order")
    func members() throws {
        #expect(Self.wanted.map(\.0) == ObservationSamples.all.map(\.name))
        for ((name, level, wanted), (_, observation)) in zip(Self.wanted, ObservationSamples.all) {
            let text = LogLineTests.lines(.text) { line in
                line.begin(LogLineTests.time, observation.level, observation.message)
                observation.addMembers(to: &line)
                line.end()
            }
            let read = try TextForm(String(text.dropLast()), message: observation.message)
            #expect(read.members.map(\.name) == wanted, "\(name)")
            #expect(read.level == level.rawValue, "\(name)")
        }
    }

    @Test("Messages are words that can be searched for: short, without values, and one for each case")
    func messages() {
        let fixed = ObservationSamples.all.filter { $0.name != "warning" }
        let perCase = Dictionary(grouping: fixed) { $0.name.split(separator: " ")[0] }
        #expect(perCase.values.allSatisfy { Set($0.map(\.1.message)).count == 1 })
        let messages = Set(fixed.map(\.1.message))
        #expect(messages.count == perCase.count)
        #expect(messages.allSatisfy { $0.wholeMatch(of: /[a-z ]+/) != nil && $0.count < 50 })
    }

    @Test(
        "The scopes of a circuit, in words",
        arguments: [
            (CircuitScope.platform, "platform"), (.target("scenario 7"), "scenario 7"),
        ])
    func scopes(scope: CircuitScope, word: String) {
        #expect(scope.description == word)
    }
}
