import Outcome
import Poll

/// Which of the two publishes of a delivery is meant.
package enum Publication: Sendable, Hashable {
    /// To the parking queue.
    case parking
    /// To a delay queue.
    case delay
}

extension Relay {
    /// Settles a delivery whose launches have all ended: parked and owed parts are published and confirmed first.
    ///
    /// The one way out: parking, then the ladder, then the acknowledgement.
    mutating func settle(_ id: DeliveryID, now: Moment) {
        let delivery = deliveries[id]
        switch delivery.state {
        case .launching where delivery.isParked:
            deliveries[id].state = .parking(isOut: false)
            publish(id)
        case .launching where delivery.owesMore, .parking where delivery.owesMore:
            deliveries[id].state = .delaying(isOut: false)
            publish(id)
        case .launching, .parking, .delaying:
            acknowledge(id, now: now)
        }
    }

    /// Publishes what the delivery's state calls for; while publishing does not work, that waits.
    private mutating func publish(_ id: DeliveryID) {
        guard publisher.isUp else { return publishPending.append(id) }
        emitPublish(id)
    }

    /// The action that a delivery's state calls for.
    private mutating func emitPublish(_ id: DeliveryID) {
        publishing += 1
        switch deliveries[id].state {
        case .parking:
            deliveries[id].state = .parking(isOut: true)
            emit(.park(id))
        case .delaying:
            deliveries[id].state = .delaying(isOut: true)
            emit(.delay(id))
        case .launching:
            publishing -= 1
        }
    }

    /// Takes in that a publish is confirmed by the broker, or failed (returned, nacked, timed out).
    package mutating func published(
        _ id: DeliveryID,
        _ publication: Publication,
        isConfirmed: Bool,
        at now: Moment
    ) {
        guard deliveries.contains(id), deliveries[id].isOut(publication) else { return note(.stale(.confirm)) }
        publishing -= 1
        takeBack(id)
        if isConfirmed {
            // RabbitMQ blocks a connection upon the publish that meets its alarm, and confirms that one all the same.
            if !publisher.awaitsReport { publisherWorks() }
            settle(id, now: now)
        } else {
            publishPending.append(id)
            if let wait = publisher.failed(&generator, now: now.monotonic) {
                note(.storeFailed(.publisher, wait: wait))
            }
        }
        advance(now)
    }

    /// Acknowledges: the one line where a delivery is settled for good.
    private mutating func acknowledge(_ id: DeliveryID, now: Moment) {
        let delivery = deliveries[id]
        note(.eventEnded(end(of: id, delivery, now: now)))
        emit(.acknowledge(id, delivery.receipt))
        forgetDelivery(id)
    }

    /// Frees a delivery's place and what was kept for its notices.
    mutating func forgetDelivery(_ id: DeliveryID) {
        for launch in deliveries[id].parked + deliveries[id].owed { forget(launch) }
        if deliveries[id].isBulk { bulkDeliveries -= 1 }
        if deliveries[id].isOut(.parking) || deliveries[id].isOut(.delay) { publishing -= 1 }
        deliveries.remove(id)
    }

    /// The event's end: the first of waiting, parked, launched, skipped.
    private func end(of id: DeliveryID, _ delivery: Delivery, now: Moment) -> EventEnd {
        let fate = fate(of: delivery)
        return EventEnd(
            delivery: id,
            end: fate.end,
            launchClass: fate.launchClass,
            reason: fate.reason,
            latency: now.monotonic.since(delivery.arrivedAt),
            launched: delivery.launched
        )
    }

    /// The part that decides how the event ends.
    private func fate(of delivery: Delivery) -> LaunchFate {
        if let owed = delivery.owed.first, let fate = launches[owed].fate { return fate }
        if !delivery.owedRest.isEmpty { return .waiting(nil) }
        if let planned = delivery.planned.first(where: \.parks) { return .parked(planned.launchClass, planned.reason) }
        if let parked = delivery.parked.first, let fate = launches[parked].fate { return fate }
        if delivery.launched > 0 { return .launched }
        return .skipped(delivery.skipReason ?? delivery.planned.first?.reason ?? .unmatched)
    }

    /// A publish is not out any more.
    private mutating func takeBack(_ id: DeliveryID) {
        switch deliveries[id].state {
        case .parking: deliveries[id].state = .parking(isOut: false)
        case .delaying: deliveries[id].state = .delaying(isOut: false)
        case .launching: break
        }
    }

    /// Publishing works: what is pending goes out.
    private mutating func publisherWorks() {
        guard publisher.works() else { return }
        note(.storeRecovered(.publisher))
        while let id = publishPending.popFirst() {
            if deliveries.contains(id) { emitPublish(id) }
        }
    }

    /// Publishes one of what is pending, as a trial.
    mutating func tryPublisher() {
        publisher.try()
        while let id = publishPending.popFirst() {
            if deliveries.contains(id) { return emitPublish(id) }
        }
        publisherWorks()
    }

    /// Takes in that the publishing connection is there, with its queues checked.
    package mutating func publisherReady(at now: Moment) {
        publisherWorks()
        advance(now)
    }

    /// Takes in that the broker takes no publishes for now: `publisherReady` follows when it does, or `publisherLost`.
    ///
    /// Those under way stay so: the broker confirms them later, and a second publish would be a second copy.
    package mutating func publisherBlocked(at now: Moment) {
        if publisher.lost() { note(.storeFailed(.publisher, wait: .zero)) }
        advance(now)
    }

    /// Takes in that the publishing connection is lost: confirms that are outstanding will not come.
    package mutating func publisherLost(at now: Moment) {
        if publisher.lost() { note(.storeFailed(.publisher, wait: .zero)) }
        for id in deliveries.ids where deliveries[id].isOut(.parking) || deliveries[id].isOut(.delay) {
            publishing -= 1
            takeBack(id)
            publishPending.append(id)
        }
        advance(now)
    }
}

extension Delivery {
    /// Whether something of it has to be parked.
    fileprivate var isParked: Bool {
        !parked.isEmpty || planned.contains(where: \.parks)
    }

    /// Whether something of it goes round the ladder.
    fileprivate var owesMore: Bool { !owed.isEmpty || !owedRest.isEmpty }

    /// Whether this publish waits for its confirm.
    fileprivate func isOut(_ publication: Publication) -> Bool {
        switch publication {
        case .parking: state == .parking(isOut: true)
        case .delay: state == .delaying(isOut: true)
        }
    }
}
