import Poll

/// One publishing connection, from its login to its end, on the publisher's thread.
///
/// It reads before it starts each message and writes only into a writable socket, frame by frame: a broker that stops
/// reading (a memory alarm) stops the writing, never the loop.
final class PublisherConnection {
    private let owner: PublisherLoop
    private let peer: String
    private var handle: ConnectionHandle
    private var heartbeat: Heartbeat
    private var confirms = ConfirmLedger()
    private var assembly = ContentAssembly()
    /// The returned message whose content is being read.
    private var returning: (code: UInt16, text: AMQPText, queue: AMQPText?)?
    /// The queue of the topology that a message came back from: nothing more is begun before it was asked for again.
    private var missingQueue: String?
    /// Publications that were refused since the last confirm.
    private var refusedInARow = 0
    /// Whether a publication was confirmed.
    private(set) var hasConfirmed = false
    private var queue: [Publication] = []
    private var nextInQueue = 0
    private var outgoing: OutgoingMessage?
    /// `connection.blocked` and `channel.flow` are two stops; each is lifted by its own word alone.
    private var isBlocked = false
    private var isFlowStopped = false
    private let frameLimit: Int
    private let heartbeatSeconds: Int
    /// When a confirm came last, or the first publication that waits for one was sent.
    private var lastProgress = MonotonicTime.now()

    /// So many refusals in a row end the connection: to one that met a limit, RabbitMQ goes on refusing after the limit was
    /// lifted (seen with 3.10.8), and takes the same from a new one.
    private static let mostRefusals = 3

    /// Most frames written between two looks at the socket for reading.
    private static let writesPerTurn = 64

    init(_ session: consuming BrokerSession, _ owner: PublisherLoop) {
        self.owner = owner
        peer = session.peer
        heartbeatSeconds = session.heartbeatSeconds
        heartbeat = Heartbeat(interval: .seconds(heartbeatSeconds), now: .now())
        handle = session.takeHandle()
        frameLimit = handle.frameLimit
    }

    /// Publishes until the connection breaks or the publisher stops; nil when it stopped.
    ///
    /// Whatever had no outcome then has one.
    func serve() -> BrokerError? {
        do throws(BrokerFault) {
            while !isFinished {
                takeCommands()
                try read()
                try write()
                try handle.beat(&heartbeat, at: .now())
                try watchConfirms()
                try watchQueues()
                try watchRefusals()
                owner.repost()
                wait()
            }
            if handle.readiness.contains(.writable), outgoing == nil {
                try handle.send(.closeConnection(code: 200, text: "publisher stopped"))
            }
        } catch {
            let error = BrokerError(error, peer: peer)
            giveUp(error)
            return error
        }
        giveUp(BrokerError(.connectionLost, peer: peer))
        return nil
    }

    /// Whether the publisher stops and nothing is left to wait for.
    private var isFinished: Bool {
        guard owner.publisher.isStopping, owner.publisher.commands.count == 0 else { return false }
        return mustWait || (confirms.count == 0 && outgoing == nil && nextInQueue == queue.count)
    }

    private func giveUp(_ error: BrokerError) {
        for settled in confirms.failAll(error) { owner.post(.outcome(id: settled.id, settled.outcome)) }
        for publication in queue[nextInQueue...] { owner.post(.outcome(id: publication.id, .unsent(error))) }
        queue = []
        nextInQueue = 0
    }

    /// Takes what was posted, once everything taken before is on its way: so what is held stays bounded.
    private func takeCommands() {
        owner.publisher.wakeup.clear()
        guard mayTake else { return }
        queue = owner.publisher.commands.drain()
        nextInQueue = 0
    }

    private var mayTake: Bool { nextInQueue == queue.count && !owner.isCongested }

    private var hasWork: Bool {
        outgoing != nil || (nextInQueue < queue.count && mayStart)
    }

    /// Whether a further message may be started.
    private var mustWait: Bool { isBlocked || isFlowStopped }
    private var mayStart: Bool {
        !mustWait && missingQueue == nil && refusedInARow < Self.mostRefusals
            && confirms.count < owner.publisher.commands.capacity
    }

    private func write() throws(BrokerFault) {
        var ready = handle.readiness
        var written = 0
        while hasWork, ready.contains(.writable), written < Self.writesPerTurn {
            if outgoing == nil {
                // Read before each publish: the broker may have said that it takes nothing more.
                if ready.contains(.readable) { return }
                startNext()
            }
            guard let frame = outgoing?.nextFrame() else { continue }
            try handle.send(frame)
            heartbeat.sent(at: .now())
            written += 1
            if outgoing?.isSent == true { outgoing = nil }
            ready = handle.readiness
        }
    }

    private func startNext() {
        let publication = queue[nextInQueue]
        nextInQueue += 1
        do throws(WireError) {
            outgoing = try OutgoingMessage(publication, sequence: confirms.nextSequence, frameLimit: frameLimit)
            confirms.sent(id: publication.id)
        } catch {
            owner.post(.outcome(id: publication.id, .refused(error)))
        }
    }

    /// Ends a connection on which nothing is confirmed any more; a blocked broker may take its time.
    private func watchConfirms() throws(BrokerFault) {
        let now = MonotonicTime.now()
        guard confirms.count > 0, !mustWait else { return lastProgress = now }
        guard now.since(lastProgress) < owner.publisher.connection.confirmTimeout else { throw .confirmTimeout }
    }

    /// Ends a connection that has found a queue missing, once all of it has its outcome: the next one asks for the topology,
    /// which makes the queue where it is ours to make.
    private func watchQueues() throws(BrokerFault) {
        guard let missingQueue, confirms.count == 0, outgoing == nil else { return }
        if handle.readiness.contains(.writable) {
            try handle.send(.closeConnection(code: 200, text: "a queue is missing"))
        }
        throw .queueMissing(name: missingQueue)
    }

    /// Ends a connection on which everything is refused, once all of it has its outcome.
    private func watchRefusals() throws(BrokerFault) {
        guard refusedInARow >= Self.mostRefusals, confirms.count == 0, outgoing == nil else { return }
        if handle.readiness.contains(.writable) {
            try handle.send(.closeConnection(code: 200, text: "nothing is taken here any more"))
        }
        throw .publishesRefused
    }

    private func wait() {
        // A mailbox signals only when it was empty: what was left in it must not be waited for.
        guard !handle.hasBufferedInput, !mayTake || owner.publisher.commands.count == 0 else { return }
        var set = PollSet()
        set.add(owner.publisher.wakeup.descriptor, .readable)
        set.add(handle.descriptor, hasWork ? [.readable, .writable] : .readable)
        // A due heartbeat that the socket does not take must not make this a hot loop.
        var next = heartbeat.nextChange
        if confirms.count > 0 {
            next = min(next, lastProgress.advanced(by: owner.publisher.connection.confirmTimeout))
        }
        let left = max(next.since(.now()).nanoseconds / 1_000_000, 0) + 10
        let longest = owner.isCongested ? PublisherLoop.repostMilliseconds : Int32(clamping: left)
        _ = set.wait(milliseconds: longest)
    }

    private func read() throws(BrokerFault) {
        let ready = handle.readiness
        if !ready.isDisjoint(with: [.readable, .failed]) { heartbeat.received(at: .now()) }
        while let frame = try handle.nextFrame() {
            switch frame.content {
            case .confirmed(let tag, let multiple): try settle(tag, multiple: multiple, accepted: true)
            case .refused(let tag, let multiple): try settle(tag, multiple: multiple, accepted: false)
            case .returned(let code, let text, let exchange, let routingKey):
                guard returning == nil else { throw .protocolViolation("a return inside another") }
                // The default exchange reaches a queue by its name.
                returning = (code, text, exchange.isEmpty ? routingKey : nil)
            case .header(let size, let properties):
                try complete(try assembly.header(bodySize: size, properties: properties))
            case .body(let fragment): try complete(try assembly.body(fragment))
            default: try takeOther(frame.content)
            }
        }
    }

    private func settle(_ tag: UInt64, multiple: Bool, accepted: Bool) throws(BrokerFault) {
        guard let settled = confirms.settle(tag, multiple: multiple, accepted: accepted) else {
            throw .protocolViolation("a confirm of \(tag), which was not published")
        }
        lastProgress = .now()
        for one in settled {
            switch one.outcome {
            case .confirmed: (refusedInARow, hasConfirmed) = (0, true)
            case .nacked: refusedInARow += 1
            default: break
            }
            owner.post(.outcome(id: one.id, one.outcome))
        }
    }

    /// Finds the publication that came back by the number in its headers.
    private func complete(_ content: ContentAssembly.Content?) throws(BrokerFault) {
        guard let content else { return }
        guard let (code, text, queue) = returning, let headers = content.properties.headers,
            case .int64(let sequence)? = headers[Publisher.sequenceHeader],
            confirms.returned(UInt64(bitPattern: sequence), code: code, text: text)
        else { throw .protocolViolation("a returned message that was not published") }
        returning = nil
        guard let name = queue?.description, owner.publisher.topology.steps.contains(where: { $0.queue == name }) else {
            return
        }
        missingQueue = name
    }

    private func takeOther(_ content: InboundFrame.Content) throws(BrokerFault) {
        switch content {
        case .blocked(let reason):
            isBlocked = true
            handle.limitUnacknowledgedTime(seconds: 0)
            owner.post(.state(.blocked(reason: reason)))
        case .unblocked:
            isBlocked = false
            handle.limitUnacknowledgedTime(seconds: 2 * heartbeatSeconds)
            owner.post(.state(.unblocked))
        case .flow(let active):
            isFlowStopped = !active
            if handle.readiness.contains(.writable) { try handle.send(.flowReceived(active: active)) }
        case .channelClosed(let code, let text), .connectionClosed(let code, let text):
            // The connection goes as a whole: everything on the channel is lost with it anyway.
            throw BrokerFault(replyCode: code, text: text)
        default: throw .protocolViolation("a frame that a publisher does not get")
        }
    }
}
