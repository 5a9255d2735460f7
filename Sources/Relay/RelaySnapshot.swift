package import Altcraft
package import Outcome

/// How the relay stands: for health, metrics and the console.
///
/// A copy; taking it changes nothing.
package struct RelaySnapshot: Sendable, Hashable {
    /// Deliveries that are not settled.
    package let deliveries: Int
    /// Entries in the line of arrivals, those of settled deliveries included until they are swept.
    package let linedUp: Int
    /// Launches that have not ended, those without a delivery included.
    package let launches: Int
    /// Launches with a place in flight.
    package let inFlight: Int
    /// Lanes in use.
    package let lanes: Int
    /// Keys that are reserved.
    package let keys: Int
    /// Publishes without their confirm.
    package let publishing: Int
    /// Whether the channel consumes.
    package let isConsuming: Bool
    /// Why the platform's circuit is not closed.
    package let platform: Reason?
    /// Targets whose circuits are not closed, and why.
    package let targets: [LaunchTarget: Reason]
    /// Whether the ledger works (also without one).
    package let isLedgerUp: Bool
    /// Whether publishing works.
    package let isPublisherUp: Bool
}

extension Relay {
    /// How it stands.
    package var snapshot: RelaySnapshot {
        RelaySnapshot(
            deliveries: deliveries.count,
            linedUp: arrivals.count + overdue.count,
            launches: launches.count,
            inFlight: census.inFlight,
            lanes: lanes.count,
            keys: keys.count,
            publishing: publishing,
            isConsuming: consumer.generation.map { consumer == .flowing(generation: $0) } ?? false,
            platform: platform.isClosed ? nil : platform.reason,
            targets: targets.isEmpty
                ? [:] : targets.filter { !$0.value.circuit.isClosed }.mapValues(\.circuit.reason),
            isLedgerUp: !settings.hasLedger || ledger.isUp,
            isPublisherUp: publisher.isUp
        )
    }
}
