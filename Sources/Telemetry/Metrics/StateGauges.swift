import Outcome
import Synchronization

/// The state of a circuit: the words of the log, the metrics and `/health/ready`.
package enum CircuitState: String, Sendable, Hashable, CaseIterable {
    /// Launches go out.
    case closed
    /// Nothing goes out but probes.
    case open
    /// A few launches go out, to see whether it is over.
    case halfOpen = "half_open"
}

/// One gauge for each state of the platform's circuit, 1 for the one it is in.
package struct CircuitGauges: Sendable {
    private let byState: [(CircuitState, GaugeSeries)]

    init(_ registry: Registry) {
        let family = registry.gauges(
            "trigger_bridge_circuit_state",
            help: "1 for the state that the platform's circuit is in.")
        let make = CatalogueBuilder(registry: registry)
        byState = CircuitState.allCases.map { ($0, make.gauge(family, [("state", $0.rawValue)])) }
        set(.closed)
    }

    /// Makes this the state.
    package func set(_ state: CircuitState) {
        for (named, gauge) in byState { gauge.set(named == state) }
    }
}

/// What an operator must look at: each stands until it is mended.
package enum Alarm: String, Sendable, Hashable, CaseIterable {
    /// The ledger cannot be read or written: nothing is launched.
    case ledger
    /// The parking queue or a delay queue is missing, full, or refuses.
    case parking
    /// The broker has blocked publishing (memory or disk).
    case brokerBlocked = "broker_blocked"
    /// The source queue is gone.
    case queueDeleted = "queue_deleted"
    /// The platform does not take our token (401).
    case unauthorized
    /// The platform's tariff does not allow the launch (402).
    case tariff
    /// The platform forbids a target (403).
    case forbidden
    /// A mapping file has an error; its last good version stays live.
    case mapping
}

/// One gauge for each alarm, 1 while it stands.
package struct AlarmGauges: Sendable {
    private let byAlarm: [(Alarm, GaugeSeries)]

    init(_ registry: Registry) {
        let family = registry.gauges("trigger_bridge_alarm", help: "1 while the alarm stands.")
        let make = CatalogueBuilder(registry: registry)
        byAlarm = Alarm.allCases.map { ($0, make.gauge(family, [("alarm", $0.rawValue)])) }
    }

    /// Raises or clears an alarm.
    package func set(_ alarm: Alarm, _ stands: Bool) {
        for (named, gauge) in byAlarm where named == alarm { gauge.set(stands) }
    }
}

/// What is live and what is refused, and each mapping's launches.
package struct MappingMetrics: Sendable {
    /// The mapping label of launches whose mapping has no series of its own any more.
    package static let otherMappings = "_other"
    /// Most mappings that are counted by name.
    package static let namedMappings = 2_000

    private let registry: Registry
    private let launches: MetricFamily<CounterSeries>
    private let info: MetricFamily<GaugeSeries>
    private let live: GaugeSeries
    private let refused: GaugeSeries
    private let reloads: MetricFamily<CounterSeries>
    private let named: NamedCounters
    private let other: LaunchCounters

    init(_ registry: Registry) {
        self.registry = registry
        let classes = LaunchClass.allCases.count
        launches = registry.counters(
            "trigger_bridge_launches_total",
            help: "Launches by mapping and outcome.",
            hidesUntouched: true,
            limit: (Self.namedMappings + 1) * classes)
        info = registry.gauges(
            "trigger_bridge_mapping_info",
            help: "1 for each live mapping, with its version.",
            limit: Self.namedMappings)
        reloads = registry.counters("trigger_bridge_mapping_reloads_total", help: "Reloads of the mappings.")
        let make = CatalogueBuilder(registry: registry)
        live = make.gauge("mappings_live", "Mappings that are live.")
        refused = make.gauge("mappings_refused", "Mapping files that are refused until they are mended.")
        named = NamedCounters()
        other = LaunchCounters(launches, mapping: Self.otherMappings, registry)
    }

    /// The names that have series of their own.
    private final class NamedCounters: Sendable {
        let counters = Mutex<[String: LaunchCounters]>([:])
    }

    /// The counters of one mapping, to be kept beside it.
    ///
    /// Beyond `namedMappings` all further ones share the label `_other`, so that the totals stay true.
    package func launches(of mapping: String) -> LaunchCounters {
        named.counters.withLock { counters in
            if let known = counters[mapping] { return known }
            guard counters.count < Self.namedMappings else { return other }
            let made = LaunchCounters(launches, mapping: mapping, registry)
            counters[mapping] = made
            return made
        }
    }

    /// Shows which mappings are live, each with its version, in place of those shown before.
    package func setLive(_ versions: [MappingVersion]) {
        info.removeAll()
        for live in versions {
            info.series(LabelSet([("mapping", live.mapping), ("version", live.version)]))?.set(true)
        }
        live.set(versions.count)
    }

    /// Shows how many files are refused.
    package func setRefused(_ count: Int) {
        refused.set(count)
    }

    /// Counts a reload by whether the new set went live.
    package func countReload(isLive: Bool) {
        let labels = LabelSet([("outcome", isLive ? "live" : "refused")])
        reloads.series(labels)?.increment()
    }
}
