import AMQP
import Poll
import Relay
import Telemetry

/// The consuming connection: made on a thread of its own, lost and made again, read as bytes arrive.
extension Reactor {
    /// Deliveries taken in one round, so that answers and timers are looked at in between.
    private static let deliveriesInRound = 256
    private static let bytesInRound = 8 << 20

    /// Reads what has arrived.
    func takeBroker(_ places: Places) {
        guard let consumer else { return }
        let ready = places.consumer.map { poll.readiness(at: $0) } ?? []
        guard !ready.isEmpty || places.timedOut || consumer.hasBufferedInput else { return }
        // One that has failed is read to its end whatever is held: poll would report it again and again.
        guard takesMore || ready.hasFailed || consumer.descriptor < 0 else { return }
        let events = consumer.receive(
            limit: Self.deliveriesInRound, byteBudget: Self.bytesInRound, now: now.monotonic)
        for event in events { take(event) }
    }

    private func take(_ event: ConsumerEvent) {
        switch event {
        case .delivery(let delivery): deliver(delivery)
        case .consuming:
            if !isPaused { parts.observer.observe(.consuming(queue: parts.queue)) }
        case .released: opened()
        case .cancelled:
            let fault = BrokerError(.queueMissing(name: parts.queue), peer: consumer?.peer ?? "")
            consumer?.close()
            lost(fault)
        case .channelClosed(let error):
            consumer?.close()
            lost(error)
        case .blocked(let reason):
            parts.observer.observe(.warning("the broker blocks publishers: \(reason)", advice: nil))
        case .unblocked: break
        case .closed(let error): lost(error)
        }
    }

    /// The consumer's channel, as the relay counts them.
    var generation: UInt32 { UInt32(truncatingIfNeeded: consumer?.generation ?? 0) }

    private func deliver(_ delivery: Delivery) {
        let origin = Origin(of: delivery, now: now.wallSeconds)
        let taken = intake.take(delivery, origin: origin, now: now)
        let receipt = Receipt(
            generation: UInt32(truncatingIfNeeded: delivery.receipt.generation), tag: delivery.receipt.tag)
        let arrival = Arrival(receipt: receipt, isRedelivered: delivery.redelivered, plan: taken.plan)
        guard let id = relay.deliver(arrival, at: now) else { return }
        if delivery.redelivered { parts.observer.metrics.redelivered.increment() }
        streams[id.slot] = taken.stream
        var message = HeldMessage(
            delivery: delivery, origin: origin, eventID: taken.eventID, arrival: now.monotonic)
        message.made(taken.plan.launches, rest: taken.stream)
        heldBytes += message.bytes
        held[id.slot] = message
    }

    /// Evaluates more of the long list that has waited longest.
    func planNext() {
        guard !plansDue.isEmpty else { return }
        let id = plansDue.removeFirst()
        guard relay.awaitsPlan(id) else { return }
        guard var stream = streams.take(id.slot) else { return relay.planned(id, Plan(launches: []), at: now) }
        let plan = stream.next()
        held.modify(id.slot) { message in
            heldBytes -= message.bytes
            message.made(plan.launches, rest: plan.rest.isEmpty ? nil : stream)
            heldBytes += message.bytes
        }
        if !plan.rest.isEmpty { streams[id.slot] = stream }
        relay.planned(id, plan, at: now)
        carryOut()
    }

    /// Forgets a message whose delivery the relay has settled or lost.
    func release(_ id: DeliveryID) {
        _ = streams.take(id.slot)
        guard let message = held.take(id.slot) else { return }
        heldBytes -= message.bytes
    }

    /// The connection is gone: its deliveries are the broker's again, and a new one is made after a wait.
    private func lost(_ error: BrokerError?) {
        guard let lostConsumer = consumer else { return }
        if let relayGeneration { relay.consumerLost(generation: relayGeneration, at: now) }
        relayGeneration = nil
        reporter.lost(lostConsumer)
        consumer = nil
        guard !isFinished else { return }
        scheduleReconnection(error)
    }

    private func scheduleReconnection(_ error: BrokerError?) {
        let wait = reconnection.failed(at: now.monotonic)
        let peer = error?.peer ?? parts.queue
        let reason = error?.description ?? "the connection was closed"
        parts.observer.observe(.connectionLost(broker: peer, reason: reason, retry: wait))
    }

    /// Takes over a connection that is ready, and starts an attempt that is due.
    func takeConnection() {
        if let next = reconnection.nextAttempt, next <= now.monotonic {
            reconnection.begun()
            parts.connector.begin()
        }
        switch parts.connector.take() {
        case nil: break
        case .failed(let error): scheduleReconnection(error)
        case .connected(let connection, let report): judge(connection, report)
        }
    }

    /// Takes a connection over where everything that is needed is there.
    private func judge(_ connection: ConsumerConnection, _ report: TopologyReport) {
        switch TopologyPlan.judge(report, parts.queues, isFirst: !hasBeenConnected) {
        case .usable(let missing):
            for error in missing {
                let words = TopologyPlan.words(error, parts.queues)
                parts.observer.observe(.warning(words, advice: "launches that must wait long wait for it"))
            }
            connected(connection, report)
        case .retry(let error):
            drop(connection)
            scheduleReconnection(error)
        case .refuse(let errors):
            drop(connection)
            end = .refused(errors.map { TopologyPlan.words($0, parts.queues) })
            isFinished = true
        }
    }

    /// Takes no more than what the prefetch allows: nothing more is settled than can be, so no more comes.
    ///
    /// The subscription stays: to cancel it would break the order (see ``ConsumerConnection``).
    func pauseConsumption() {
        isPaused = true
        if !isStopping { reporter.paused() }
    }

    /// Takes again; subscribes where there is no subscription.
    func resumeConsumption() {
        guard let consumer else { return }
        if consumer.phase == .consuming { parts.observer.observe(.consuming(queue: parts.queue)) }
        consumer.resume()
        isPaused = false
    }

    private func drop(_ connection: ConsumerConnection) {
        connection.close()
        connection.service(now: now.monotonic)
    }

    private func connected(_ connection: ConsumerConnection, _ report: TopologyReport) {
        reconnection.succeeded()
        let isFirst = !hasBeenConnected
        hasBeenConnected = true
        consumer = connection
        isPaused = false
        parts.observer.observe(.connected(broker: connection.peer))
        reporter.sawQueues(report, queues: parts.queues, ours: 0, mayBeOurs: !isFirst)
        opened()
    }

    /// The channel is open, and all that was open on it before is the broker's again.
    private func opened() {
        relayGeneration = generation
        relay.consumerConnected(generation: generation, at: now)
    }
}
