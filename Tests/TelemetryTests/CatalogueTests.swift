import Outcome
import TestSupport
import Testing

@testable import Telemetry

@Suite("The catalogue of metrics", .timeLimit(.minutes(1)))
struct CatalogueTests {
    @Test("A bridge that has done a little shows this")
    func golden() throws {
        let catalogue = Catalogue()
        catalogue.events.count(.launched, nil)
        catalogue.events.count(.skipped, .duplicate)
        catalogue.events.count(.parked, .refused)
        catalogue.mappings.launches(of: "welcome").count(.accepted)
        catalogue.mappings.setLive(ObservationSamples.versions)
        catalogue.mappings.setRefused(1)
        catalogue.mappings.countReload(isLive: true)
        catalogue.publishes.count(.park, .confirmed)
        catalogue.eventLatency.record(.milliseconds(12))
        catalogue.circuit.set(.open)
        catalogue.alarms.set(.ledger, true)
        catalogue.lag.set(42)
        let difference = try Golden.difference(catalogue.registry.exposition(), from: "catalogue.prom.txt")
        #expect(difference == nil)
    }

    @Test("Every family has a help text and the bridge's prefix, and nothing was refused")
    func helps() throws {
        let catalogue = Catalogue()
        for end in End.allCases { catalogue.events.count(end, nil) }
        let read = try Exposition(catalogue.registry.exposition())
        for name in read.kinds.keys {
            #expect(name.hasPrefix("trigger_bridge_"))
            #expect(read.help[name]?.hasSuffix(".") == true, "\(name)")
        }
        #expect(catalogue.registry.refused == 0)
    }

    @Test("Every end and reason has a series of its own")
    func events() throws {
        let catalogue = Catalogue()
        var wanted: [[String: String]: Double] = [:]
        var amount: Int64 = 0
        for end in End.allCases {
            for reason in [nil] + Reason.allCases.map(Optional.some) {
                amount += 1
                catalogue.events[end, reason].increment(by: amount)
                wanted[["end": end.rawValue, "reason": reason?.rawValue ?? ""]] = Double(amount)
            }
        }
        let read = try Exposition(catalogue.registry.exposition())
        for (labels, value) in wanted {
            #expect(read.value("trigger_bridge_events_total", labels) == value)
        }
    }

    @Test("Launches are counted by mapping and class; too many mappings share a label, so totals stay true")
    func launches() throws {
        let catalogue = Catalogue()
        let mappings = MappingMetrics.namedMappings + 50
        for number in 0..<mappings {
            catalogue.mappings.launches(of: "mapping-\(number)").count(.accepted)
        }
        for outcome in LaunchClass.allCases { catalogue.mappings.launches(of: "mapping-7").count(outcome) }
        let read = try Exposition(catalogue.registry.exposition())
        let name = "trigger_bridge_launches_total"
        #expect(read.value(name, ["mapping": "_other", "outcome": "accepted"]) == 50)
        #expect(read.value(name, ["mapping": "mapping-7", "outcome": "accepted"]) == 2)
        #expect(read.value(name, ["mapping": "mapping-7", "outcome": "refused"]) == 1)
        let total = read.samples.filter { $0.name == name }.reduce(0) { $0 + $1.value }
        #expect(total == Double(mappings + LaunchClass.allCases.count))
    }

    @Test("A reload replaces the versions that are shown")
    func versions() throws {
        let catalogue = Catalogue()
        for version in ["one", "two"] {
            catalogue.mappings.setLive([MappingVersion(mapping: "welcome", version: version)])
        }
        let shown = try Exposition(catalogue.registry.exposition()).samples
            .filter { $0.name == "trigger_bridge_mapping_info" }
        #expect(shown.map(\.labels) == [["mapping": "welcome", "version": "two"]])
    }

    @Test("Exactly one circuit state is 1", arguments: CircuitState.allCases)
    func circuit(state: CircuitState) throws {
        let catalogue = Catalogue()
        catalogue.circuit.set(state)
        let shown = try Exposition(catalogue.registry.exposition()).samples
            .filter { $0.name == "trigger_bridge_circuit_state" }
        #expect(shown.count == CircuitState.allCases.count)
        #expect(shown.filter { $0.value == 1 }.map { $0.labels["state"] } == [state.rawValue])
    }
}
