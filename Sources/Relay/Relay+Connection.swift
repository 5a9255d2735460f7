extension Relay {
    /// Takes in that a channel is open and not consuming; generations must grow.
    package mutating func consumerConnected(generation: UInt32, at now: Moment) {
        if consumer != .absent { voidAll(now) }
        consumer = .paused(generation: generation)
        advance(now)
    }

    /// Takes in that the channel of this generation is gone: its deliveries will come again.
    ///
    /// Requests in flight go on and are recorded; the redelivered event waits for their fate.
    package mutating func consumerLost(generation: UInt32, at now: Moment) {
        guard consumer.generation == generation else { return }
        voidAll(now)
        advance(now)
    }

    /// Gives all that is held back to the broker, in the order received.
    mutating func giveBackAll(_ cause: GiveBackCause, now: Moment) {
        guard let generation = consumer.generation else { return }
        note(.gaveBack(deliveries.count, cause))
        emit(.giveBackAll(generation: generation))
        voidAll(now, isNoted: false)
    }

    /// Forgets all deliveries; launches under way go on without them.
    private mutating func voidAll(_ now: Moment, isNoted: Bool = true) {
        if isNoted { note(.voided(deliveries.count)) }
        consumer = .absent
        for id in deliveries.ids {
            emit(.void(id))
            forgetDelivery(id)
        }
        // The ends of lanes last: a launch that leaves from the front would make the next one ready for nothing.
        for id in launches.ids where launches[id].delivery != nil { abandon(id) }
        arrivals = Ring()
        overdue = Ring()
        publishPending = Ring()
        publisher.forgetTry(now: now.monotonic)
        sweep()
    }

    /// Drops from the queues what is gone.
    mutating func sweep() {
        ready.keep { launches.contains($0) && launches[$0].state == .ready }
        cleared.keep { launches.contains($0) && launches[$0].state == .cleared }
        wakes.keep { launches.contains($0) }
        ledgerPending.keep { launches.contains($0) }
        sweepBatches()
        for mapping in throttles.keys {
            throttles[mapping]?.queue.keep { launches.contains($0) && launches[$0].state == .throttled }
        }
    }

    /// Consumes, or pauses, as the state of everything that launching needs calls for.
    mutating func steerConsumption() {
        switch consumer {
        case .flowing(let generation) where !wantsMore:
            consumer = .paused(generation: generation)
            emit(.pauseConsumption)
        case .paused(let generation) where wantsMore:
            consumer = .flowing(generation: generation)
            emit(.resumeConsumption)
        default: break
        }
    }

    /// Whether more events can be put to use.
    private var wantsMore: Bool {
        guard stopping == .no, publisher.isUp, !settings.hasLedger || ledger.isUp else { return false }
        // Also while it is tried: if all that is held makes the platform stumble, only others can show that it is well.
        return !platform.isOpen
    }
}
