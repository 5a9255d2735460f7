import Poll

extension Relay {
    /// After so long a delivery is not held any more where something can go on.
    private var holdTime: Duration { settings.acknowledgementTimeout / 2 }

    /// After so long even what is nearly done is given back: the broker would close the channel soon.
    private var lastHoldTime: Duration { settings.acknowledgementTimeout / 4 * 3 }

    /// When the oldest delivery has been held too long.
    mutating func heldDue() -> MonotonicTime? {
        let first = arrivals.oldest(in: deliveries).map { deliveries[$0].arrivedAt.advanced(by: holdTime) }
        let last = overdue.oldest(in: deliveries).map { deliveries[$0].arrivedAt.advanced(by: lastHoldTime) }
        guard let first, let last else { return first ?? last }
        return min(first, last)
    }

    /// Moves on what was held too long.
    ///
    /// Where nothing can go on, all of it is given back in order. Else the delivery is merely slow (a long lane, a low
    /// rate, thousands of elements): what is left of it goes round the ladder.
    mutating func checkHeld(_ now: Moment) {
        guard stopping == .no else { return }
        while let id = arrivals.oldest(in: deliveries), now.monotonic.since(deliveries[id].arrivedAt) >= holdTime {
            guard !isBlocked else { return giveBackAll(.held, now: now) }
            _ = arrivals.popFirst()
            overdue.append(id)
            goOnLater(id, now: now)
        }
        if let id = overdue.oldest(in: deliveries), now.monotonic.since(deliveries[id].arrivedAt) >= lastHoldTime {
            giveBackAll(.held, now: now)
        }
    }

    /// Whether something outside keeps launches, or settlements, from going on.
    private var isBlocked: Bool {
        !platform.isClosed || !publisher.isUp || (settings.hasLedger && !ledger.isUp)
    }

    /// Sends what is left of a delivery round the ladder; what is under way is waited for.
    private mutating func goOnLater(_ id: DeliveryID, now: Moment) {
        guard !ladder.isEmpty, deliveries[id].state == .launching else { return }
        note(.continued(id))
        oweRest(id)
        for launch in launches.ids where launches.contains(launch) && launches[launch].delivery == id {
            let state = launches[launch].state
            if !state.isUnderWay && state != .ended { postpone(launch, step: 0, reason: nil, now: now) }
        }
        if deliveries.contains(id) { goOn(id, now: now) }
        sweep()
    }
}

extension Ring where Element == DeliveryID {
    /// The delivery that came first among those that are not settled; drops those before it.
    fileprivate mutating func oldest(in deliveries: borrowing Slots<DeliveryID, Delivery>) -> DeliveryID? {
        while let id = first {
            if deliveries.contains(id) { return id }
            _ = popFirst()
        }
        return nil
    }
}
