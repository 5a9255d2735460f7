import Outcome

/// Every metric of the bridge, with its help text: what `/metrics` shows is declared here and nowhere else.
///
/// The members are handles to the series themselves. Counting is one atomic addition, from any thread; nothing is
/// looked up by name once the catalogue is made. Labels come from closed lists: ends, reasons and classes, names of
/// mappings, scopes. Never an event, a recipient or an address.
package final class Catalogue: Sendable {
    /// The families, for `/metrics` and for libraries that make metrics of their own.
    package let registry: Registry

    // Events and launches
    /// Events by how they ended and why.
    package let events: EventCounters
    /// What a shadow says would become of them.
    package let shadow: ShadowCounters
    /// Time from an event's arrival to its acknowledgement.
    package let eventLatency: HistogramSeries
    /// Time from a request's start to the end of the platform's answer.
    package let apiLatency: HistogramSeries
    /// Deliveries that the broker says it made before.
    package let redelivered: CounterSeries
    /// Launches that went the delay ladder and were passed by later ones of their lane.
    package let reordered: CounterSeries
    /// Elements of accepted batches that the answer did not name.
    package let unreported: CounterSeries

    // In flight
    /// Deliveries received and not yet settled.
    package let deliveriesInFlight: GaugeSeries
    /// Requests sent and not yet answered.
    package let requestsInFlight: GaugeSeries
    /// Bytes of the deliveries in flight.
    package let bytesInFlight: GaugeSeries

    // Circuit
    /// 1 for the state that the platform's circuit is in.
    package let circuit: CircuitGauges
    /// Targets whose own circuit is open.
    package let openTargets: GaugeSeries
    /// How often the platform's circuit opened.
    package let platformOpened: CounterSeries
    /// How often a target's circuit opened.
    package let targetOpened: CounterSeries

    // Broker
    /// Whether the consuming connection stands.
    package let connected: GaugeSeries
    /// Whether messages are being taken from the queue.
    package let consuming: GaugeSeries
    /// How often the consuming connection was made again.
    package let reconnections: CounterSeries
    /// Settlements of deliveries of an older connection: never sent.
    package let staleSettlements: CounterSeries
    /// Messages ready in the source queue as last known: the lag.
    package let lag: GaugeSeries
    /// Messages in the parking queue as last known.
    package let parked: GaugeSeries
    /// Messages that wait in the delay queues, as last known.
    package let delayed: GaugeSeries
    /// Whether the publishing connection stands.
    package let publisherConnected: GaugeSeries
    /// Publishes by what they were for and how they ended.
    package let publishes: PublishCounters

    // Ledger
    /// Whether launches can be recorded.
    package let ledgerAvailable: GaugeSeries
    /// Launches recorded.
    package let ledgerRecords: CounterSeries
    /// How long one commit of a group of records took.
    package let ledgerCommitLatency: HistogramSeries
    /// Failed look-ups and commits.
    package let ledgerFailures: CounterSeries

    // Mappings and the bridge itself
    /// What is live, by mapping.
    package let mappings: MappingMetrics
    /// 1 for each alarm that stands.
    package let alarms: AlarmGauges
    /// Log lines dropped because nobody read them.
    package let droppedLogLines: CounterSeries
    /// When the process started, in seconds since 1970.
    package let startTime: GaugeSeries

    /// Makes all families in a registry.
    package init(registry: Registry = Registry()) {
        self.registry = registry
        let make = CatalogueBuilder(registry: registry)

        events = EventCounters(registry)
        shadow = ShadowCounters(registry)
        eventLatency = make.histogram("event_latency_seconds", "Time from an event's arrival to its acknowledgement.")
        apiLatency = make.histogram("api_latency_seconds", "Time of one call of the Altcraft API.")
        redelivered = make.counter("redelivered_total", "Deliveries that the broker says it made before.")
        reordered = make.counter("reordered_total", "Launches passed by later ones while they waited in a delay queue.")
        unreported = make.counter("batch_unreported_total", "Batch elements that an accepted answer did not name.")

        deliveriesInFlight = make.gauge("deliveries_in_flight", "Deliveries received and not yet settled.")
        requestsInFlight = make.gauge("requests_in_flight", "Calls of the Altcraft API not yet answered.")
        bytesInFlight = make.gauge("bytes_in_flight", "Bytes of the deliveries in flight.")

        circuit = CircuitGauges(registry)
        openTargets = make.gauge("circuit_open_targets", "Campaigns and scenarios whose own circuit is open.")
        let opened = registry.counters("trigger_bridge_circuit_opened_total", help: "How often a circuit opened.")
        platformOpened = make.counter(opened, [("scope", "platform")])
        targetOpened = make.counter(opened, [("scope", "target")])

        connected = make.gauge("broker_connected", "Whether the consuming connection stands.")
        consuming = make.gauge("consuming", "Whether messages are being taken from the queue.")
        reconnections = make.counter("reconnections_total", "How often the consuming connection was made again.")
        staleSettlements = make.counter(
            "stale_settlements_total", "Settlements of deliveries of an older connection, dropped.")
        lag = make.gauge("queue_messages_ready", "Messages ready in the source queue as last known.")
        parked = make.gauge("parked_messages", "Messages in the parking queue as last known.")
        delayed = make.gauge("delayed_messages", "Messages that wait in the delay queues, as last known.")
        publisherConnected = make.gauge("publisher_connected", "Whether the publishing connection stands.")
        publishes = PublishCounters(registry)

        ledgerAvailable = make.gauge("ledger_available", "Whether launches can be recorded.")
        ledgerRecords = make.counter("ledger_records_total", "Launches recorded.")
        ledgerCommitLatency = make.histogram("ledger_commit_seconds", "Time of one group commit of the ledger.")
        ledgerFailures = make.counter("ledger_failures_total", "Failed look-ups and commits of the ledger.")

        mappings = MappingMetrics(registry)
        alarms = AlarmGauges(registry)
        droppedLogLines = make.counter("log_lines_dropped_total", "Log lines dropped because nobody read them.")
        startTime = make.gauge("start_time_seconds", "When the process started, in seconds since 1970.")
    }
}

/// Makes single series with the bridge's prefix.
struct CatalogueBuilder {
    let registry: Registry

    func counter(_ name: String, _ help: String) -> CounterSeries {
        counter(registry.counters("trigger_bridge_" + name, help: help), [])
    }

    func counter(_ family: MetricFamily<CounterSeries>, _ labels: [(String, String)]) -> CounterSeries {
        registry.series(family, LabelSet(labels)) { CounterSeries(labels: $0) }
    }

    func gauge(_ name: String, _ help: String) -> GaugeSeries {
        gauge(registry.gauges("trigger_bridge_" + name, help: help), [])
    }

    func gauge(_ family: MetricFamily<GaugeSeries>, _ labels: [(String, String)]) -> GaugeSeries {
        registry.series(family, LabelSet(labels)) { GaugeSeries(labels: $0) }
    }

    func histogram(_ name: String, _ help: String) -> HistogramSeries {
        let family = registry.histograms("trigger_bridge_" + name, help: help)
        return registry.series(family, LabelSet()) {
            HistogramSeries(labels: $0, bounds: HistogramSeries.latencyBounds)
        }
    }
}
