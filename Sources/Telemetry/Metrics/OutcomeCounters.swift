package import Outcome

/// Counts of events by end and reason: one series for each pair, all made beforehand.
package struct EventCounters: Sendable {
    /// By end, then by reason; the first of each row is without a reason.
    private let rows: [[CounterSeries]]
    private static let ends = End.allCases
    private static let reasons = Reason.allCases

    init(_ registry: Registry) {
        let family = registry.counters(
            "trigger_bridge_events_total",
            help: "Events by how they ended and why.",
            hidesUntouched: true)
        let make = CatalogueBuilder(registry: registry)
        rows = Self.ends.map { end in
            ([""] + Self.reasons.map(\.rawValue)).map { reason in
                make.counter(family, [("end", end.rawValue), ("reason", reason)])
            }
        }
    }

    /// The series of an end and a reason.
    ///
    /// A scan of the closed list, which is some thirty bytes: cheaper than hashing.
    package subscript(_ end: End, _ reason: Reason?) -> CounterSeries {
        let row = rows[Self.ends.firstIndex(of: end) ?? 0]
        guard let reason, let place = Self.reasons.firstIndex(of: reason) else { return row[0] }
        return row[place + 1]
    }

    /// Counts one event.
    package func count(_ end: End, _ reason: Reason?) {
        self[end, reason].increment()
    }
}

/// Counts of one mapping's launches by class: taken when a mapping set goes live, kept beside the mapping.
package struct LaunchCounters: Sendable {
    private let byClass: [CounterSeries]
    private static let classes = LaunchClass.allCases

    init(_ family: MetricFamily<CounterSeries>, mapping: String, _ registry: Registry) {
        let make = CatalogueBuilder(registry: registry)
        byClass = Self.classes.map { outcome in
            make.counter(family, [("mapping", mapping), ("outcome", outcome.rawValue)])
        }
    }

    /// Counts one launch.
    package func count(_ outcome: LaunchClass) {
        self[outcome].increment()
    }

    /// The series of a class.
    package subscript(_ outcome: LaunchClass) -> CounterSeries {
        byClass[Self.classes.firstIndex(of: outcome) ?? 0]
    }
}

/// Counts of what a shadow says: nothing in a bridge that launches.
package struct ShadowCounters: Sendable {
    private let byVerdict: [CounterSeries]

    init(_ registry: Registry) {
        let family = registry.counters(
            "trigger_bridge_shadow_total",
            help: "Launches and parts of events of run --shadow, by what would become of them.",
            hidesUntouched: true)
        let make = CatalogueBuilder(registry: registry)
        byVerdict = ShadowVerdict.allCases.map { make.counter(family, [("would", $0.rawValue)]) }
    }

    /// Counts one launch, or one part of an event that gives none.
    package func count(_ verdict: ShadowVerdict) {
        byVerdict[ShadowVerdict.allCases.firstIndex(of: verdict) ?? 0].increment()
    }
}

/// Counts of publishes by what they were for and how they ended.
package struct PublishCounters: Sendable {
    /// What a publish is for.
    package enum Purpose: String, Sendable, CaseIterable {
        case park
        case delay
        case redrive
    }

    /// How a publish ended.
    package enum Outcome: String, Sendable, CaseIterable {
        case confirmed
        /// No queue took it.
        case returned
        /// The broker refused it.
        case nacked
        /// The connection went before the confirm came.
        case lost
    }

    private let rows: [[CounterSeries]]

    init(_ registry: Registry) {
        let family = registry.counters(
            "trigger_bridge_publishes_total",
            help: "Messages published to parking and delay queues, by how that ended.",
            hidesUntouched: true)
        let make = CatalogueBuilder(registry: registry)
        rows = Purpose.allCases.map { purpose in
            Outcome.allCases.map { outcome in
                make.counter(family, [("purpose", purpose.rawValue), ("outcome", outcome.rawValue)])
            }
        }
    }

    /// Counts one publish.
    package func count(_ purpose: Purpose, _ outcome: Outcome) {
        let row = rows[Purpose.allCases.firstIndex(of: purpose) ?? 0]
        row[Outcome.allCases.firstIndex(of: outcome) ?? 0].increment()
    }
}
