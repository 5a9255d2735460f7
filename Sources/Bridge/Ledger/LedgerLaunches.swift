import Altcraft
package import Ledger
package import Relay

/// The reactor's ledger over the file: puts launches into the ledger's terms, and its replies into the relay's.
///
/// Used by the reactor's thread alone.
package final class LedgerLaunches: LaunchLedger {
    private let ledger: Ledger
    /// Identities by the relay's places: each is asked for at least twice, and takes two hashes.
    private var identities = SlotTable<(use: UInt32, identity: LaunchIdentity)>()
    /// The event that was hashed last: the launches of a list come one after the other.
    private var lastEvent: (id: String, hash: Int64)?

    /// A ledger that is open, and signals the reactor's wakeup.
    package init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    package func lookUp(_ launch: LaunchID, _ planned: RelayLaunch, at now: Moment) -> LedgerAnswer? {
        let question = LedgerQuestion(
            identity: identity(launch, planned), windowSeconds: planned.ledger.windowSeconds, now: now.wallSeconds)
        return ledger.lookUp(question, ticket: launch.ticket).map(LedgerAnswer.init)
    }

    package func recordIntent(_ launch: LaunchID, _ planned: RelayLaunch, at now: Moment) {
        ledger.recordIntent(entry(launch, planned, now), ticket: launch.ticket)
    }

    package func withdrawIntent(_ launch: LaunchID, _ planned: RelayLaunch) {
        ledger.withdrawIntent(identity(launch, planned), ticket: launch.ticket)
    }

    package func record(_ launch: LaunchID, _ planned: RelayLaunch, isMaybeRepeated: Bool, at now: Moment) {
        ledger.record(
            entry(launch, planned, now), isMaybeRepeated: isMaybeRepeated,
            // Only these write intents. One that an earlier version of the mapping left is outweighed by the record.
            hasIntent: planned.policy.whenUnsure == .park, ticket: launch.ticket)
    }

    package func takeAnswers() -> [LedgerEvent] {
        ledger.takeReplies().map { reply in
            switch reply {
            case .lookedUp(let ticket, let finding): .lookedUp(LaunchID(ticket: ticket), LedgerAnswer(finding))
            case .wrote(let ticket, let isCommitted): .wrote(LaunchID(ticket: ticket), isCommitted: isCommitted)
            }
        }
    }

    package var lastFailure: String { ledger.lastFailure }

    private func identity(_ launch: LaunchID, _ planned: RelayLaunch) -> LaunchIdentity {
        if let known = identities[launch.slot], known.use == launch.use { return known.identity }
        let identity = ledger.hasher.identity(
            mapping: planned.key.mapping, value: planned.key.value, element: planned.key.element,
            eventHash: hash(ofEvent: planned.ledger.event))
        identities[launch.slot] = (launch.use, identity)
        return identity
    }

    private func hash(ofEvent id: String) -> Int64 {
        if let lastEvent, lastEvent.id.hasBytes(of: id) { return lastEvent.hash }
        let hash = ledger.hasher.event(id)
        lastEvent = (id, hash)
        return hash
    }

    private func entry(_ launch: LaunchID, _ planned: RelayLaunch, _ now: Moment) -> LedgerEntry {
        LedgerEntry(
            identity: identity(launch, planned), event: planned.ledger.event, recipients: planned.ledger.recipients,
            mapping: planned.mapping, target: planned.request.target.description, element: planned.element,
            windowSeconds: planned.ledger.windowSeconds, launchedAt: now.wallSeconds)
    }
}

extension LaunchID {
    /// The launch as the ledger names it.
    fileprivate var ticket: UInt64 { UInt64(slot) << 32 | UInt64(use) }

    fileprivate init(ticket: UInt64) {
        self.init(slot: UInt32(truncatingIfNeeded: ticket >> 32), use: UInt32(truncatingIfNeeded: ticket))
    }
}

extension LedgerAnswer {
    /// The ledger's finding in the relay's terms.
    fileprivate init(_ finding: LedgerFinding) {
        switch finding {
        case .absent: self = .absent
        case .launched: self = .launched
        case .intended: self = .intended
        case .failed: self = .failed
        }
    }
}
