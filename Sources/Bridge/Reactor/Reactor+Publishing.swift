import AMQP
import Relay
import Telemetry

/// Parking and delaying: publish with confirm on the publisher's thread, then tell the relay.
extension Reactor {
    func park(_ id: DeliveryID) {
        guard let message = held[id.slot] else { return relay.published(id, .parking, isConfirmed: false, at: now) }
        let notice = relay.parkNotice(id)
        let properties = ReturnedMessage.parked(
            message, notice: notice, queue: parts.queue, now: now.wallSeconds, room: propertyRoom)
        publish(id, .parking, to: parts.queues.parking, properties, message.delivery.body)
    }

    func delay(_ id: DeliveryID) {
        guard let message = held[id.slot] else { return relay.published(id, .delay, isConfirmed: false, at: now) }
        let notice = relay.delayNotice(id)
        let properties = ReturnedMessage.delayed(message, notice: notice, queue: parts.queue, room: propertyRoom)
        publish(id, .delay, to: parts.queues.delay(step: notice.step), properties, message.delivery.body)
    }

    private func publish(
        _ id: DeliveryID, _ purpose: RelayPublication, to queue: String, _ properties: AMQPProperties, _ body: [UInt8]
    ) {
        let name = publications.add(id, purpose)
        let publication = OutgoingPublication(
            id: name, routingKey: AMQPText(queue), properties: properties, body: body)
        guard parts.publisher.publish(publication) else {
            _ = publications.take(name)
            return relay.published(id, purpose, isConfirmed: false, at: now)
        }
    }

    /// Takes in what the publisher tells.
    func take(_ event: PublisherEvent) {
        switch event {
        case .outcome(let name, let outcome):
            guard let entry = publications.take(name) else { return }
            if case .refused(let error) = outcome, shrink(error) { return publishAgain(entry) }
            reporter.published(entry.purpose, outcome)
            relay.published(entry.delivery, entry.purpose, isConfirmed: outcome.isConfirmed, at: now)
        case .state(let state): take(state)
        }
    }

    /// Learns how little a frame of this broker holds; whether a message made by that is another one.
    ///
    /// A smaller one is not a publisher that does not work: nothing was sent, and the relay need not know of it.
    private func shrink(_ error: WireError) -> Bool {
        guard case .propertiesTooBig(_, let limit) = error, limit < propertyRoom else { return false }
        propertyRoom = limit
        parts.observer.observe(
            .warning(
                "a frame of the broker holds \(limit) bytes of headers: what is parked leaves out those that do not fit",
                advice: "raise frame_max on the broker to 131072, its default"))
        return true
    }

    private func publishAgain(_ entry: PublicationTable.Entry) {
        // The delivery may be gone with its connection, and its place be another's.
        guard relay.receipt(of: entry.delivery) != nil else { return }
        switch entry.purpose {
        case .parking: park(entry.delivery)
        case .delay: delay(entry.delivery)
        }
    }

    private func take(_ state: PublisherState) {
        switch state {
        case .connecting, .stopped: break
        case .connected:
            propertyRoom = KeptMessage.usualRoom
            parts.observer.observe(.publisherConnected)
            reporter.publishingWorks()
            relay.publisherReady(at: now)
        case .blocked(let reason):
            reporter.publishingBlocked(reason)
            relay.publisherBlocked(at: now)
        case .unblocked:
            reporter.publishingWorks()
            relay.publisherReady(at: now)
        case .down(let error, let retryAfter):
            parts.observer.observe(.publisherLost(reason: error.description, retry: retryAfter))
            if error.fault.needsOperator { reporter.publishingImpossible(error, parts.queues) }
            relay.publisherLost(at: now)
        }
    }
}
