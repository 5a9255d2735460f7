import Altcraft
import EventPattern
package import Mapping
package import Telemetry

/// The mappings that are live, with what the bridge needs to know of them beside evaluating: immutable, swapped whole.
package final class LiveMappings: Sendable {
    /// The mappings.
    package let compiled: MappingSet
    /// Each live mapping and its version, for the log and for metrics.
    package let versions: [MappingVersion]
    /// Some campaign that is launched: the platform is probed by asking about it.
    package let anyCampaign: Int64?

    /// Takes a set that has passed its checks.
    package init(_ compiled: MappingSet) {
        self.compiled = compiled
        versions = compiled.mappings.map { MappingVersion(mapping: $0.name, version: $0.version) }
        let campaigns = compiled.mappings.flatMap(\.possibleTargets).compactMap { target in
            if case .campaign(let id) = target { id } else { nil }
        }
        anyCampaign = campaigns.min()
    }

    /// The version of the set as a whole.
    package var version: String { compiled.version }
}

extension LiveMappings {
    /// The bindings that the mappings ask for, each once.
    var bindings: [TopologyPlan.Binding] {
        var seen: Set<TopologyPlan.Binding> = []
        return compiled.mappings.flatMap(\.bindings).filter { seen.insert($0).inserted }
    }
}

extension Mapping {
    /// The bindings that the mapping asks for: each exchange with each routing key, where it names both.
    var bindings: [TopologyPlan.Binding] {
        guard isEnabled else { return [] }
        return (condition.exchanges?.names ?? []).flatMap { exchange in
            (condition.routingKeys ?? []).map { TopologyPlan.Binding(exchange: exchange, routingKey: $0.text) }
        }
    }
}
