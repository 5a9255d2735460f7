package import Altcraft
package import Outcome

/// Something that telemetry tells: a closed list, so that each has its line and its metric.
package enum Observation: Sendable, Hashable {
    /// An event came to an end, or goes round the ladder (`waiting`).
    case eventEnded(EventEnd)
    /// A launch came to an end, or goes to the ladder.
    case launchEnded(LaunchID, LaunchFate)
    /// A request failed and will be made again.
    case attemptFailed(LaunchID, LaunchFailure)
    /// A batch of so many launches was refused: its halves are tried by themselves.
    case halved(LaunchID, count: Int, Refusal)
    /// The answer to a batch did not name so many launches, the first of which belongs to the mapping that is meant.
    case unreported(LaunchID, count: Int, isParked: Bool)
    /// A launch was accepted whose event had been delivered, or whose request had been made, before.
    case maybeRepeated(LaunchID)
    /// A launch goes while an earlier one of its lane waits on the ladder.
    case reordered(LaunchID)
    /// A launch goes to the ladder's first step as its lane, mapping or priority holds its share.
    case crowded(LaunchID, Crowding)
    /// A delivery was held for half the acknowledgement timeout: what is left of it goes round the ladder.
    case continued(DeliveryID)
    /// All that was held is given back to the broker: how many deliveries.
    case gaveBack(Int, GiveBackCause)
    /// The connection was lost with this many deliveries unsettled; the broker will deliver them again.
    case voided(Int)
    /// A circuit opened, for this reason, and the next probe is due after the wait.
    case circuitOpened(CircuitScope, Reason, wait: Duration)
    /// A circuit lets a few launches through.
    case circuitTrying(CircuitScope)
    /// A circuit closed after this time.
    case circuitClosed(CircuitScope, after: Duration)
    /// A store cannot be used: nothing that needs it goes on; the next try is due after the wait.
    case storeFailed(Store, wait: Duration)
    /// A store can be used again.
    case storeRecovered(Store)
    /// An input that concerns something that is gone: dropped.
    case stale(StaleInput)
}

/// An event's end.
package struct EventEnd: Sendable, Hashable {
    /// The delivery it ended in.
    package let delivery: DeliveryID
    /// How it ended.
    package let end: End
    /// The class of the part that decided.
    package let launchClass: LaunchClass
    /// Why, where the class has reasons.
    package let reason: Reason?
    /// From arrival to settlement.
    package let latency: Duration
    /// How many launches were accepted for this delivery.
    package let launched: Int

    /// An end from its parts; tests make up their own.
    package init(
        delivery: DeliveryID, end: End, launchClass: LaunchClass, reason: Reason?, latency: Duration, launched: Int
    ) {
        self.delivery = delivery
        self.end = end
        self.launchClass = launchClass
        self.reason = reason
        self.latency = latency
        self.launched = launched
    }
}

/// How a launch stands when the relay is done with it.
package struct LaunchFate: Sendable, Hashable {
    /// `launched`, `skipped`, `parked`, or `waiting` for one that goes to the ladder.
    package let end: End
    /// The class that decided.
    package let launchClass: LaunchClass
    /// Why, where the class has reasons.
    package let reason: Reason?

    /// A fate from its parts; tests make up their own.
    package init(end: End, launchClass: LaunchClass, reason: Reason?) {
        self.end = end
        self.launchClass = launchClass
        self.reason = reason
    }
}

/// One failed request.
package struct LaunchFailure: Sendable, Hashable {
    /// `busy` or `unknown`.
    package let launchClass: LaunchClass
    /// Why.
    package let reason: Reason
    /// Whether it spent one of the attempts; an outage spends none.
    package let isSpent: Bool
    /// Attempts spent so far.
    package let attempts: Int
}

/// What is full when a launch is sent to the ladder for fairness.
package enum Crowding: String, Sendable, Hashable, CaseIterable {
    /// One lane.
    case lane
    /// All of `bulk`.
    case bulk
    /// One mapping that its rate holds back.
    case rate
}

/// Why everything held is given back.
package enum GiveBackCause: String, Sendable, Hashable, CaseIterable {
    /// It was held for half the acknowledgement timeout, and nothing can go on.
    case held
    /// The bridge stops.
    case stopping
}

/// What a circuit is about.
package enum CircuitScope: Sendable, Hashable {
    /// Platform and account as a whole.
    case platform
    /// One campaign, scenario or link.
    case target(LaunchTarget)
}

/// Something outside the platform that launching depends on.
package enum Store: String, Sendable, Hashable, CaseIterable {
    /// The ledger.
    case ledger
    /// The publishing connection with the parking and delay queues.
    case publisher
}

/// What came too late.
package enum StaleInput: String, Sendable, Hashable, CaseIterable {
    /// A delivery of a channel that is gone.
    case delivery
    /// The answer to a request.
    case answer
    /// Something from the ledger.
    case ledger
    /// The confirm of a publish.
    case confirm
}
