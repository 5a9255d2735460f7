package import Poll

extension ConsumerConnection {
    /// Most frames written in one call, so that a long queue of settlements does not keep the loop from reading.
    private static let writesPerTurn = 1024

    /// Writes what is due while the socket takes it: settlements, the channel's requests, heartbeats.
    ///
    /// To be called on every turn of the loop and at least every half heartbeat: it is also what notices a dead peer.
    /// Never waits: what the socket does not take leaves `wantsWrite` set.
    package func service(now: MonotonicTime) {
        guard life != .finished else { return }
        let ready = handle.readiness
        if ready.contains(.readable) { heartbeat.received(at: now) }
        do throws(BrokerFault) {
            // An end with bytes before it is found by `receive`, after them.
            if ready.hasFailed, !ready.contains(.readable) { throw .connectionLost }
            try write(now: now, ready: ready)
            try watchAnswer(now: now, ready: ready)
        } catch {
            finish(error)
        }
    }

    private func write(now: MonotonicTime, ready: Readiness) throws(BrokerFault) {
        var ready = ready
        var written = 0
        wantsWrite = false
        while hasFrame {
            guard ready.contains(.writable), written < Self.writesPerTurn else {
                wantsWrite = true
                break
            }
            guard let frame = nextFrame() else { break }
            try handle.send(frame)
            heartbeat.sent(at: now)
            written += 1
            ready = handle.readiness
        }
        switch heartbeat.verdict(at: now) {
        case .nothing: break
        case .send where ready.contains(.writable):
            try handle.send(.heartbeat)
            heartbeat.sent(at: now)
        case .send: wantsWrite = true
        case .peerIsDead: throw .heartbeatTimeout
        }
    }

    /// Ends a connection on which a request stays without an answer.
    ///
    /// Unread bytes may hold the answer: an owner that does not read for a while is not the broker's fault.
    private func watchAnswer(now: MonotonicTime, ready: Readiness) throws(BrokerFault) {
        guard channel.awaitsAnswer || life == .closeSent else { return answerDeadline = nil }
        guard let deadline = answerDeadline, !ready.contains(.readable), !handle.hasBufferedInput else {
            return answerDeadline = now.advanced(by: requestTimeout)
        }
        if now >= deadline { throw .requestTimeout }
    }

    /// Whether a frame is due, without taking it.
    private var hasFrame: Bool {
        if channel.takesSettlements, ledger.hasPending { return true }
        var channel = channel
        if life == .open { return channel.nextCommand(isSettled: true) != nil }
        return life == .closing
    }

    /// Takes the next frame: settlements first, as closing a channel voids what is not sent.
    private func nextFrame() -> OutboundFrame? {
        if channel.takesSettlements, let frame = ledger.nextFrame() {
            counters.settlementFrames += 1
            return OutboundFrame(frame)
        }
        guard life == .open else {
            guard life == .closing else { return nil }
            life = .closeSent
            return .closeConnection(code: 200, text: "closed by the client")
        }
        return channel.nextCommand(isSettled: !ledger.hasPending).map(frame(for:))
    }

    /// The tag of the next subscription: another one each time.
    ///
    /// RabbitMQ 3.10 takes a consumer that comes back under its tag, while deliveries of it are open, for the one that
    /// left, looks for messages between the two and crashes the channel (541). Tags rise in the order of bytes: where the
    /// connection is lost, the broker gives back one consumer's messages after another's, in the order of their tags.
    private func newConsumerTag() -> AMQPText {
        subscriptions += 1
        guard subscriptions > 1 else { return AMQPText(settings.consumerTag) }
        let digits = String(subscriptions)
        return AMQPText("\(settings.consumerTag)-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits)
    }

    private func frame(for command: ConsumerChannel.Command) -> OutboundFrame {
        switch command {
        case .open: .openChannel
        case .setPrefetch: .setPrefetch(settings.prefetch)
        case .consume:
            .consume(queue: AMQPText(settings.queue), consumer: newConsumerTag(), arguments: settings.arguments)
        case .close: .closeChannel(code: 200, text: "given back")
        case .confirmClose: .channelCloseReceived
        }
    }
}

extension OutboundFrame {
    /// The frame of a settlement.
    fileprivate init(_ settlement: SettlementLedger.Frame) {
        self =
            switch settlement {
            case .acknowledge(let tag, let multiple): .acknowledge(tag: tag, multiple: multiple)
            case .negativelyAcknowledge(let tag, let requeue): .negativelyAcknowledge(tag: tag, requeue: requeue)
            case .reject(let tag, let requeue): .reject(tag: tag, requeue: requeue)
            }
    }
}
