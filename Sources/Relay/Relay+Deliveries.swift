import Outcome

extension Relay {
    /// Takes in a message that arrived.
    ///
    /// Also accepted while consumption is paused or the relay stops: what was on its way arrives, and is held or given
    /// back. A delivery of another channel than the one reported last is dropped: the broker has it.
    ///
    /// - Returns: Its name in later actions, or `nil` if it was dropped.
    @discardableResult
    package mutating func deliver(_ arrival: consuming Arrival, at now: Moment) -> DeliveryID? {
        guard stopping != .finished, arrival.receipt.generation == consumer.generation else {
            note(.stale(.delivery))
            return nil
        }
        let id = deliveries.insert(
            Delivery(receipt: arrival.receipt, arrivedAt: now.monotonic, launches: arrival.plan.launches.count)
        )
        deliveries[id].planned = arrival.plan.ended
        deliveries[id].rest = arrival.plan.rest
        deliveries[id].window = arrival.plan.window
        deliveries[id].isRedelivered = arrival.isRedelivered
        keepArrival(id)
        for planned in arrival.plan.launches {
            admit(planned, of: id, isRedelivered: arrival.isRedelivered, now: now)
        }
        if arrival.plan.launches.isEmpty { goOn(id, now: now) }
        advance(now)
        return id
    }

    /// Whether what was asked for by `plan` is still wanted.
    package func awaitsPlan(_ id: DeliveryID) -> Bool {
        deliveries.contains(id) && deliveries[id].isPlanning
    }

    /// Takes in what was evaluated of a delivery's rest.
    package mutating func planned(_ id: DeliveryID, _ plan: consuming Plan, at now: Moment) {
        guard awaitsPlan(id) else { return note(.stale(.delivery)) }
        deliveries[id].isPlanning = false
        deliveries[id].rest = plan.rest
        deliveries[id].planned += plan.ended
        deliveries[id].total += plan.launches.count
        deliveries[id].remaining += plan.launches.count
        for planned in plan.launches {
            admit(planned, of: id, isRedelivered: deliveries[id].isRedelivered, now: now)
        }
        if plan.launches.isEmpty { goOn(id, now: now) }
        advance(now)
    }

    /// Goes on with a delivery some of whose launches have ended: asks for more, or settles it when that was all.
    mutating func goOn(_ id: DeliveryID, now: Moment) {
        let delivery = deliveries[id]
        guard delivery.rest.isEmpty else {
            guard !delivery.isPlanning, stopping == .no, delivery.remaining <= delivery.window else { return }
            deliveries[id].isPlanning = true
            return emit(.plan(id))
        }
        if delivery.remaining == 0, delivery.state == .launching { settle(id, now: now) }
    }

    /// Sends what has not been evaluated of a delivery round the ladder with all that is left of it.
    mutating func oweRest(_ id: DeliveryID) {
        guard !deliveries[id].rest.isEmpty else { return }
        deliveries[id].owedRest = deliveries[id].rest
        deliveries[id].rest = []
        deliveries[id].isPlanning = false
    }

    /// Lines the delivery up for its deadline; drops settled ones from the line when they are most of it.
    private mutating func keepArrival(_ id: DeliveryID) {
        arrivals.append(id)
        guard arrivals.count > 64, arrivals.count > 2 * deliveries.count else { return }
        arrivals.keep { deliveries.contains($0) }
    }

    /// Puts a planned launch into its lane, unless it ends here.
    private mutating func admit(
        _ planned: PlannedLaunch,
        of delivery: DeliveryID,
        isRedelivered: Bool,
        now: Moment
    ) {
        var launch = TrackedLaunch(planned, delivery: delivery)
        let isSafe = settings.hasLedger && planned.policy.whenUnsure == .park
        launch.isUnsure = launch.isUnsure || (isRedelivered && !isSafe)
        launch.isRedelivered = isRedelivered
        launch.attempts = max(launch.attempts, spent[planned.key] ?? 0)
        let id = launches.insert(launch)
        guard planned.isAllowed else {
            return finish(id, .skipped(.notAllowed), now: now)
        }
        if let crowding = crowding(planned, delivery) {
            note(.crowded(id, crowding))
            return postpone(id, step: 0, reason: nil, now: now)
        }
        countBulk(planned, delivery)
        adoptRate(planned)
        enterLane(id)
    }

    /// Whether the launch's lane, or bulk, already holds its share of the prefetch.
    private func crowding(_ planned: PlannedLaunch, _ delivery: DeliveryID) -> Crowding? {
        guard !ladder.isEmpty else { return nil }
        let share = max(settings.prefetch / 2, 1)
        if planned.policy.priority == .bulk, bulkDeliveries >= share, !deliveries[delivery].isBulk { return .bulk }
        guard let lane = lanes[planned.lane], lane.load >= share else { return nil }
        return launches[lane.tail].delivery == delivery ? nil : .lane
    }

    /// Counts the delivery against bulk's share, once.
    private mutating func countBulk(_ planned: PlannedLaunch, _ delivery: DeliveryID) {
        guard planned.policy.priority == .bulk, !deliveries[delivery].isBulk else { return }
        deliveries[delivery].isBulk = true
        bulkDeliveries += 1
    }
}
