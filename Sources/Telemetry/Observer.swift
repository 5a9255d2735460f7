import Outcome

/// The one place where what happened becomes a log line, a metric and what health shows.
///
/// Callable from any thread; never waits.
package final class Observer: Sendable {
    /// Where lines go.
    package let log: LogWriter
    /// What is counted.
    package let metrics: Catalogue
    /// What health shows.
    package let health: HealthBoard

    /// Joins the three.
    package init(log: LogWriter, metrics: Catalogue = Catalogue(), health: HealthBoard = HealthBoard()) {
        self.log = log
        self.metrics = metrics
        self.health = health
    }

    /// Tells what happened, everywhere it is shown.
    package func observe(_ observation: Observation, at time: Timestamp = .now()) {
        log.write(observation.level, observation.message, at: time) { line in
            observation.addMembers(to: &line)
        }
        count(observation, at: time)
        health.update { $0.apply(observation) }
    }

    /// Writes the line of an event and counts its end, or what a shadow says of it.
    package func observe(_ line: EventLine, at time: Timestamp = .now()) {
        log.write(line, at: time)
        if let verdict = line.shadow { metrics.shadow.count(verdict) }
        guard let end = line.end else { return }
        metrics.events.count(end, line.reason)
        if let latency = line.latency, end != .waiting { metrics.eventLatency.record(latency) }
    }

    /// The body of `/metrics`, with what is counted elsewhere brought up to date.
    package func exposition() -> String {
        metrics.droppedLogLines.observe(total: log.dropped)
        return metrics.registry.exposition()
    }

    private func count(_ observation: Observation, at time: Timestamp) {
        switch observation {
        case .started:
            metrics.startTime.set(Double(time.milliseconds) / 1000)
        case .circuitOpened, .circuitStays, .circuitProbing, .circuitClosed:
            countCircuit(observation)
        case .mappingsLive, .mappingRefused, .mappingMended, .reloadFailed:
            countMappings(observation)
        case .alarmRaised(let alarm, _, _):
            metrics.alarms.set(alarm, true)
        case .alarmCleared(let alarm):
            // The folder is well again; a file in it may not be.
            metrics.alarms.set(alarm, alarm == .mapping && !health.snapshot.mappingsRefused.isEmpty)
        case .publisherConnected:
            metrics.publisherConnected.set(true)
        case .publisherLost:
            metrics.publisherConnected.set(false)
        case .staleSettlements(let count):
            metrics.staleSettlements.increment(by: Int64(count))
        case .connected, .connectionLost, .consuming, .paused, .stopped:
            countConnection(observation)
        case .tokenReloaded, .warning, .consoleListening, .stopping:
            break
        }
    }

    private func countConnection(_ observation: Observation) {
        switch observation {
        case .connected:
            metrics.connected.set(true)
            // The first connection is none that was made again.
            if health.snapshot.hasBeenConnected { metrics.reconnections.increment() }
        case .connectionLost, .stopped:
            metrics.connected.set(false)
            metrics.consuming.set(false)
        case .consuming:
            metrics.consuming.set(true)
        default:
            metrics.consuming.set(false)
        }
    }

    private func countCircuit(_ observation: Observation) {
        switch observation {
        case .circuitOpened(.platform, _, _):
            metrics.circuit.set(.open)
            metrics.platformOpened.increment()
        case .circuitStays(.platform, _, _):
            metrics.circuit.set(.open)
        case .circuitProbing(.platform):
            metrics.circuit.set(.halfOpen)
        case .circuitClosed(.platform):
            metrics.circuit.set(.closed)
        case .circuitOpened(.target, _, _):
            metrics.targetOpened.increment()
        default:
            break
        }
        var after = health.snapshot
        after.apply(observation)
        metrics.openTargets.set(after.openTargets.count)
    }

    private func countMappings(_ observation: Observation) {
        switch observation {
        case .mappingsLive(_, let mappings):
            metrics.mappings.setLive(mappings)
            metrics.mappings.countReload(isLive: true)
        case .reloadFailed:
            metrics.mappings.countReload(isLive: false)
        default:
            var after = health.snapshot
            after.apply(observation)
            metrics.mappings.setRefused(after.mappingsRefused.count)
            metrics.alarms.set(.mapping, !after.mappingsRefused.isEmpty || after.alarms[.mapping] != nil)
        }
    }
}
