import Altcraft
import Logging
import Outcome
import Poll
import Relay
import Telemetry

/// What the relay observes, told: one exhaustive switch.
extension Reactor {
    func report(_ observation: RelayObservation) {
        switch observation {
        case .eventEnded(let end): report(end)
        case .launchEnded(let id, let fate): report(id, fate)
        case .attemptFailed(let id, let failure): report(id, failure)
        case .halved(let id, let count, let refusal):
            let detail = "error \(refusal.code): \(refusal.text)"
            note(
                id,
                LaunchNote(
                    level: .info, message: "a batch of \(count) was refused: its halves go by themselves",
                    reason: .refused, detail: detail))
        case .unreported(let id, let count, let isParked):
            parts.observer.metrics.unreported.increment(by: Int64(count))
            let fate = isParked ? "the mapping parks them" : "the mapping takes them for launched"
            note(
                id,
                LaunchNote(
                    level: .warning, message: "the answer to a batch leaves out \(count) launches: \(fate)",
                    reason: .unreported))
        case .maybeRepeated(let id):
            note(
                id,
                LaunchNote(
                    level: .warning, message: "launched; an earlier delivery of it may have been launched too",
                    reason: .maybeRepeated))
        case .reordered(let id):
            parts.observer.metrics.reordered.increment()
            note(
                id, LaunchNote(level: .debug, message: "launched while an earlier one of its lane waits on the ladder"))
        case .crowded(let id, let crowding):
            note(id, LaunchNote(level: .debug, message: "goes to the ladder: \(crowding.rawValue) holds its share"))
        case .continued(let id):
            let event = held[id.slot]?.eventID ?? ""
            parts.observer.observe(
                .warning("event \(event) was held for long: the rest of it goes round the ladder", advice: nil))
        case .gaveBack(let count, let cause): reporter.gaveBack(count, cause)
        case .voided(let count): reporter.voided(count)
        case .circuitOpened(let scope, let reason, let wait): reporter.circuitOpened(scope, reason, wait: wait)
        case .circuitTrying(let scope): reporter.circuitTrying(scope)
        case .circuitClosed(let scope, _): reporter.circuitClosed(scope)
        case .storeFailed(let store, let wait): reporter.storeFailed(store, detail: storeDetail(store), wait: wait)
        case .storeRecovered(let store): reporter.storeRecovered(store)
        case .stale: break
        }
    }

    private func storeDetail(_ store: Store) -> String {
        store == .ledger ? parts.ledger?.lastFailure ?? "" : ""
    }

    private func report(_ end: EventEnd) {
        let parked = end.end == .parked ? relay.parkNotice(end.delivery).parts.first : nil
        reporter.eventEnded(end, held[end.delivery.slot], parked: parked)
    }

    private func report(_ id: LaunchID, _ fate: LaunchFate) {
        guard let planned = relay.plannedLaunch(id) else { return }
        reporter.launchEnded(planned.mapping, fate.launchClass)
        guard let delivery = relay.delivery(of: id) else { return }
        // Of a list with a hundred thousand recipients only what went wrong is told one by one.
        let isQuiet =
            planned.element != nil && fate.launchClass == .accepted && !parts.observer.log.isEnabled(.debug)
        held.modify(delivery.slot) { message in
            message.fates += 1
            guard message.fates <= 2 || !isQuiet else { return }
            let record = record(of: id, planned, fate)
            if message.fates == 2, let first = message.lastFate { reporter.launchEnded(first, message) }
            message.lastFate = record
            if message.fates > 1 { reporter.launchEnded(record, message) }
        }
    }

    private func record(of id: LaunchID, _ planned: RelayLaunch, _ fate: LaunchFate) -> LaunchFateRecord {
        let failure = relay.failure(id)
        return LaunchFateRecord(
            mapping: planned.mapping, version: planned.version, isElement: planned.element != nil,
            launch: planned.request.target.description,
            recipient: planned.maskedRecipient, launchClass: fate.launchClass, attempts: failure?.attempts ?? 0,
            detail: failure?.detail ?? "",
            content: parts.showsContent ? String(decoding: planned.request.body, as: UTF8.self) : nil,
            apiLatency: apiLatencies[id.slot].flatMap { $0.use == id.use ? $0.latency : nil })
    }

    private func report(_ id: LaunchID, _ failure: LaunchFailure) {
        note(
            id,
            LaunchNote(
                level: failure.isSpent ? .warning : .debug, message: "attempt failed", reason: failure.reason,
                outcome: failure.launchClass, attempt: failure.attempts, detail: relay.failure(id)?.detail ?? ""))
    }

    private func note(_ id: LaunchID, _ note: LaunchNote) {
        let message = relay.delivery(of: id).flatMap { held[$0.slot] }
        reporter.launchLine(note, relay.plannedLaunch(id), message)
    }
}
