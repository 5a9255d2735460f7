package import Poll

extension ConsumerConnection {
    /// Reads what has arrived and returns what came of it, oldest first.
    ///
    /// Stops after `limit` deliveries or `byteBudget` bytes of bodies, whichever comes first (a body is never split, so
    /// the last may exceed the budget); `hasBufferedInput` then stays true. Never waits.
    package func receive(limit: Int, byteBudget: Int, now: MonotonicTime) -> [ConsumerEvent] {
        guard life != .finished else { return takeEvents() }
        let ready = handle.readiness
        if !ready.isDisjoint(with: [.readable, .failed]) { heartbeat.received(at: now) }
        if handle.hasBufferedInput || !ready.isDisjoint(with: [.readable, .failed]) {
            do throws(BrokerFault) {
                try readFrames(limit: limit, byteBudget: byteBudget)
            } catch {
                finish(error)
            }
        }
        return takeEvents()
    }

    private func takeEvents() -> [ConsumerEvent] {
        var taken: [ConsumerEvent] = []
        swap(&taken, &events)
        return taken
    }

    private func readFrames(limit: Int, byteBudget: Int) throws(BrokerFault) {
        var deliveries = 0
        var bytes = 0
        while deliveries < limit, bytes < byteBudget, life != .finished, let frame = try handle.nextFrame() {
            guard frame.channel <= ConnectionHandle.channel else {
                throw .protocolViolation("a frame on channel \(frame.channel), which is not open")
            }
            switch frame.content {
            case .deliver(let tag, let redelivered, let exchange, let routingKey):
                try begin(tag, redelivered: redelivered, exchange, routingKey)
            case .header(let size, let properties):
                if let content = try assembly.header(bodySize: size, properties: properties) {
                    deliveries += try complete(content)
                }
            case .body(let fragment):
                bytes += fragment.count
                if let content = try assembly.body(fragment) { deliveries += try complete(content) }
            default: try takeOther(frame.content)
            }
        }
    }

    private func begin(
        _ tag: UInt64, redelivered: Bool, _ exchange: AMQPText, _ routingKey: AMQPText
    ) throws(BrokerFault) {
        guard incoming == nil else { throw .protocolViolation("a delivery inside another") }
        var receipt: DeliveryReceipt?
        if channel.keepsDeliveries {
            guard ledger.delivered(tag) else { throw .protocolViolation("delivery tag \(tag) out of order") }
            receipt = DeliveryReceipt(generation: generation, tag: tag)
        }
        incoming = IncomingDelivery(
            receipt: receipt, redelivered: redelivered, exchange: exchange, routingKey: routingKey)
    }

    /// Hands the delivery over that is whole now; counts 1 if it was kept.
    private func complete(_ content: ContentAssembly.Content) throws(BrokerFault) -> Int {
        guard let head = incoming else { throw .protocolViolation("a message that was not announced") }
        incoming = nil
        guard let receipt = head.receipt, receipt.generation == generation else {
            counters.discardedDeliveries += 1
            return 0
        }
        counters.deliveries += 1
        events.append(
            .delivery(
                Delivery(
                    receipt: receipt, exchange: head.exchange, routingKey: head.routingKey,
                    redelivered: head.redelivered, properties: content.properties, body: content.body)))
        return 1
    }

    private func takeOther(_ content: InboundFrame.Content) throws(BrokerFault) {
        switch content {
        case .reply(.connectionClosed) where life == .closeSent: finish(nil)
        case .reply(let reply): try take(reply)
        case .cancelled: try change(channel.received(.cancelledByBroker))
        case .channelClosed(let code, let text):
            try change(channel.received(.closedByBroker), reason: BrokerFault(replyCode: code, text: text))
        case .connectionClosed(let code, let text):
            // The broker closes either way; the answer is only good manners.
            if handle.readiness.contains(.writable) { try? handle.send(.connectionCloseReceived) }
            throw BrokerFault(replyCode: code, text: text)
        case .blocked(let reason): events.append(.blocked(reason: reason))
        case .unblocked: events.append(.unblocked)
        default: throw .protocolViolation("a frame that a consumer does not get")
        }
    }

    private func take(_ reply: InboundFrame.Reply) throws(BrokerFault) {
        let input: ConsumerChannel.Input? =
            switch reply {
            case .channelOpened: .opened
            case .prefetchSet: .prefetchSet
            case .consuming: .consuming
            case .channelClosed: .closed
            case .cancelled, .connectionClosed, .confirmsOn, .queue, .exchangeDeclared, .bound: nil
            }
        guard let input else { throw .protocolViolation("an answer that was not asked for") }
        try change(channel.received(input))
    }

    private func change(
        _ change: ConsumerChannel.Change, reason: BrokerFault = .connectionLost
    ) throws(BrokerFault) {
        switch change {
        case .none: break
        case .consuming: events.append(.consuming)
        case .cancelled: events.append(.cancelled)
        case .released:
            forgetDeliveries()
            events.append(.released)
        case .lost:
            generation = generations.next()
            forgetDeliveries()
            events.append(.channelClosed(BrokerError(reason, peer: peer)))
        case .nonsense: throw .protocolViolation("an answer that was not asked for")
        }
    }

    /// Ends the connection: from now on nothing is read, written or settled.
    func finish(_ fault: BrokerFault?) {
        guard life != .finished else { return }
        life = .finished
        wantsWrite = false
        generation = generations.next()
        forgetDeliveries()
        events.append(.closed(fault.map { BrokerError($0, peer: peer) }))
    }
}
