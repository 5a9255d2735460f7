import Altcraft
package import Poll

/// The pure core: takes what happened and when, changes its own state, and answers with actions.
///
/// It does no I/O, reads no clock and draws no randomness but from its seed, so that every rule of the guarantees can be
/// tested in virtual time. One owner, one thread; not copyable, because a copy would settle everything a second time.
///
/// The contract of the caller: hand in each input once, in the order in which things happened; after each input (or a
/// few) take the actions and carry them out in order; call `tick` when `nextWake` has come. Inputs may be handed in late
/// or about things that are gone: those are dropped and counted.
///
/// Where to begin reading: `Action` says what it can want, and the extensions of this type say what each input does, in
/// the order in which an event meets them. `Relay+Deliveries` takes it in with its plan (`Plan`), `Relay+Lanes` and
/// `Relay+Keys` decide when each launch's turn comes, `Relay+Ledger` asks whether it was made already, `Relay+Dispatch`
/// (with `Relay+Gathering` and `Relay+Batches` for several in one call) sends it, `Relay+Answers` says what an answer
/// means, `Relay+Endings` ends the launch and `Relay+Settlement` the event. `Relay+Circuits` stops and restarts all of
/// that, `Relay+Held` gives back what is held for too long. From there, `Bridge/Reactor/Reactor.swift` is the loop that
/// drives it, `Bridge/Intake/Intake.swift` makes the plans, and `Tests/RelaySimulator` holds the rules that never break.
package struct Relay: ~Copyable {
    /// What it goes by.
    let settings: RelaySettings
    /// The delay queues.
    let ladder: Ladder
    /// Jitter.
    var generator: SeededGenerator
    /// What is to be done, in order.
    var actions: [Action] = []

    // What is held.
    var deliveries: Slots<DeliveryID, Delivery>
    var launches: Slots<LaunchID, TrackedLaunch>
    /// Calls that carry several launches.
    var batches: Slots<BatchID, BatchCall>
    var lanes: [LaneKey: Lane] = [:]
    var keys: [LaunchKey: KeyHold] = [:]
    /// Fates of recent launches, where there is no ledger.
    var memory: Recent<RecentFate>
    /// Attempts of launches that were given back after some: an event that makes the platform stumble must end.
    var spent: Recent<Int>
    var absences = Absences()
    /// Deliveries with launches of `bulk`.
    var bulkDeliveries = 0
    /// Deliveries in order of arrival; those that are settled stay until they come to the front.
    var arrivals = Ring<DeliveryID>()
    /// Deliveries that passed half the acknowledgement timeout.
    var overdue = Ring<DeliveryID>()

    // Whose turn it is.
    var ready = Turns()
    var cleared = Turns()
    var wakes = WakeQueue()
    /// Batches that wait for company.
    var gatherings: [GatherKey: Gathering] = [:]
    /// Batches that wait for a place, the parts of refused ones first.
    var due = Ring<Group>()
    /// Counts groups.
    var groups: UInt64 = 0
    var throttles: [String: Throttle] = [:]
    var totalRate: TokenBucket?
    var census = Census()

    // What may stop it.
    var consumer = Consumer.absent
    var platform = Circuit()
    var window = CallWindow()
    /// Whether a probe is out although the circuit is closed.
    var isSuspecting = false
    /// When the platform may be asked again although the circuit is closed.
    var trustedUntil: MonotonicTime
    var targets: [LaunchTarget: TargetHealth] = [:]
    /// A few of the lanes that failed since the last good answer: one alone may be its own fault, several are not.
    var failedLanes: Set<LaneKey> = []
    /// Good answers so far.
    var goods = 0
    var ledger = Availability(isUp: true)
    var ledgerPending = Ring<LaunchID>()
    var publisher = Availability(isUp: false)
    var publishPending = Ring<DeliveryID>()
    /// Publishes that wait for their confirm.
    var publishing = 0
    var stopping = Stopping.no

    /// A core that holds nothing and knows of no connection.
    ///
    /// - Parameters:
    ///   - settings: What it goes by.
    ///   - seed: Where its jitter starts.
    ///   - now: When it starts.
    package init(settings: RelaySettings, seed: UInt64, now: MonotonicTime) {
        self.settings = settings
        ladder = Ladder(steps: settings.ladder)
        generator = SeededGenerator(seed: seed)
        deliveries = Slots(empty: .empty, capacity: settings.prefetch)
        launches = Slots(empty: .empty, capacity: settings.prefetch)
        batches = Slots(empty: .empty, capacity: 0)
        memory = Recent(capacity: settings.rememberedFates)
        spent = Recent(capacity: settings.rememberedFates)
        trustedUntil = now
        totalRate = settings.rate.map { TokenBucket($0, now: now) }
    }

    /// Hands over what is to be done, and forgets what the last hand-over was about.
    ///
    /// The buffers are swapped, so that none is allocated: hand in an empty one, get the full one.
    package mutating func takeActions(into buffer: inout [Action]) {
        deliveries.recycle()
        launches.recycle()
        batches.recycle()
        swap(&actions, &buffer)
        actions.removeAll(keepingCapacity: true)
    }

    /// Adds to what is to be done.
    mutating func emit(_ action: Action) {
        actions.append(action)
    }

    /// Adds to what is to be told.
    mutating func note(_ observation: Observation) {
        actions.append(.observe(observation))
    }
}

/// Whether the relay is on its way out.
///
/// Each case names its legal exits.
enum Stopping: Hashable {
    /// At work. → `until`.
    case no
    /// Finishing what is under way, at most until the time. → `finished`.
    case until(MonotonicTime)
    /// Nothing is done any more.
    case finished
}
