import AMQP
import Altcraft
import Outcome
import Poll
import Relay
import Telemetry

/// Turns what the relay and the connections tell into log lines, metrics and health: the bridge's own words.
struct Reporter {
    let observer: Observer
    let queue: String
    /// Whether the content of launches is in the log: for demonstrations.
    let showsContent: Bool
    private let hasLocalLedger: Bool
    private var company = Company()
    private var counters: [String: LaunchCounters] = [:]
    /// Circuits that are not closed, and why.
    var openCircuits: [RelayCircuit: Reason] = [:]
    private(set) var version = ""
    /// How many deliveries went back to the queue as the bridge stopped.
    var givenBack = 0
    private var staleSeen: UInt64 = 0
    private var nextRefresh = MonotonicTime(nanoseconds: 0)

    init(observer: Observer, queue: String, showsContent: Bool, hasLocalLedger: Bool) {
        self.observer = observer
        self.queue = queue
        self.showsContent = showsContent
        self.hasLocalLedger = hasLocalLedger
    }

    /// Goes over to another set of mappings.
    mutating func use(_ mappings: LiveMappings) {
        version = mappings.version
        counters = [:]
        observer.observe(.mappingsLive(version: mappings.version, mappings: mappings.versions))
    }

    /// Counts a launch's end.
    mutating func launchEnded(_ mapping: String, _ launchClass: LaunchClass) {
        if let known = counters[mapping] { return known.count(launchClass) }
        let made = observer.metrics.mappings.launches(of: mapping)
        counters[mapping] = made
        made.count(launchClass)
    }

    /// Brings gauges up to date, once in a while: they are looked at every few seconds at most.
    mutating func refresh(
        _ snapshot: @autoclosure () -> RelaySnapshot, consumer: ConsumerConnection?, heldBytes: Int, now: Moment
    ) {
        guard now.monotonic >= nextRefresh else { return }
        nextRefresh = now.monotonic.advanced(by: .milliseconds(200))
        let metrics = observer.metrics
        let snapshot = snapshot()
        metrics.deliveriesInFlight.set(snapshot.deliveries)
        metrics.requestsInFlight.set(snapshot.inFlight)
        metrics.bytesInFlight.set(heldBytes)
        metrics.openTargets.set(snapshot.targets.count)
        if let consumer { countStale(consumer) }
    }

    /// Settlements that came too late for their connection are told once they are counted.
    private mutating func countStale(_ consumer: ConsumerConnection) {
        let stale = consumer.counters.staleSettlements
        if stale > staleSeen { observer.observe(.staleSettlements(Int(stale - staleSeen))) }
        staleSeen = stale
    }

    /// The connection is gone, and its counts with it.
    mutating func lost(_ consumer: ConsumerConnection) {
        countStale(consumer)
        staleSeen = 0
    }

    /// What was seen of the queues: when a connection was made, and once in a while after that.
    ///
    /// `ours` of the source's consumers are this bridge; `mayBeOurs`: another one may be, left behind by a connection.
    mutating func sawQueues(_ report: TopologyReport, queues: QueueNames, ours: Int, mayBeOurs: Bool) {
        if let parked = report.queues[queues.parking] { observer.metrics.parked.set(Int(parked.messages)) }
        let delayed = queues.delays.compactMap { report.queues[$0]?.messages }
        if !delayed.isEmpty { observer.metrics.delayed.set(delayed.reduce(0) { $0 + Int($1) }) }
        guard let source = report.queues[queues.source] else { return }
        observer.metrics.lag.set(Int(source.messages))
        let others = max(0, Int(source.consumers) - ours)
        guard hasLocalLedger, let told = company.saw(others: others, mayBeOurs: mayBeOurs) else { return }
        observer.observe(Company.warning(told, queue: queues.source))
    }
}
