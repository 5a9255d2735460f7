package import Poll

/// Reads a queue and waits for what comes: for commands that look at many messages and settle some of them.
///
/// Everything that was read and not acknowledged stays in the queue: it is the broker's again when the reader closes,
/// or is gone in whatever way. The reactor does not use it, as the reactor never waits.
///
/// Reading goes on however much is open: when all that the subscriptions may hold is held, another one is made, twice
/// as wide. `basic.get` would need no such thing, and takes a consensus of the queue's replicas for each message.
/// For a `DeepStackThread`, as librabbitmq decodes nested tables by recursion.
package struct QueueReader: ~Copyable {
    /// The queue.
    package let queue: String
    /// What was in it when reading began.
    package let status: QueueStatus
    /// How many messages are read and not settled.
    package private(set) var openCount = 0

    var session: BrokerSession
    private var heartbeat: Heartbeat
    private var assembly = ContentAssembly()
    private var incoming: Incoming?
    private var received: [Delivery] = []
    private var nextReceived = 0
    private var subscriptions: [AMQPText] = []
    /// How many messages the subscriptions may hold at once.
    private var capacity = 0
    private let firstWindow: Int

    /// What `basic.deliver` said of the message whose content is awaited.
    private struct Incoming {
        let tag: UInt64
        let redelivered: Bool
        let exchange: AMQPText
        let routingKey: AMQPText
    }

    /// How long `close` waits for what it gives back to be there for others.
    private static let longestReturn = Duration.seconds(2)

    /// Connects and looks at the queue; nothing is read yet.
    ///
    /// - Throws: why there is no connection, or no such queue.
    package init(_ settings: ConnectionSettings, queue: String, window: Int = 2_000) throws(BrokerError) {
        var session = try BrokerSession.open(settings)
        status = try session.status(of: queue)
        session.deliveryFrames = []
        heartbeat = Heartbeat(interval: .seconds(session.heartbeatSeconds), now: .now())
        self.queue = queue
        self.session = session
        firstWindow = max(window, 1)
    }

    /// The next message; nil when none came within the time.
    package mutating func next(within time: Duration) throws(BrokerError) -> Delivery? {
        let deadline = MonotonicTime.now().advanced(by: time)
        while true {
            if let delivery = takeReceived() { return delivery }
            if openCount >= capacity { try subscribe() }
            let frames = session.deliveryFrames ?? []
            session.deliveryFrames = []
            for frame in frames { try take(frame) }
            guard frames.isEmpty else { continue }
            guard let frame = try frame(until: deadline) else { return nil }
            try take(frame)
        }
    }

    /// How many messages are in the queue and held by nobody.
    package mutating func ready() throws(BrokerError) -> Int {
        Int(try session.status(of: queue).messages)
    }

    /// Takes a message out of the queue for good.
    ///
    /// It is certain once `close` has returned: the channel's end is answered after everything before it.
    package mutating func acknowledge(_ delivery: DeliveryReceipt) throws(BrokerError) {
        try settle(.acknowledge(tag: delivery.tag, multiple: false))
    }

    /// Gives a message back before the reader closes.
    package mutating func giveBack(_ delivery: DeliveryReceipt) throws(BrokerError) {
        try settle(.negativelyAcknowledge(tag: delivery.tag, requeue: true))
    }

    /// Ends the subscriptions: what is open stays open, and nothing more comes than what is on its way.
    package mutating func stop() throws(BrokerError) {
        for consumer in subscriptions {
            guard try session.request(.cancel(consumer: consumer)) == .cancelled else {
                throw BrokerError(session.outOfTurn, peer: session.peer)
            }
        }
        subscriptions = []
        // A message that came on the way is the broker's again with the channel.
        session.deliveryFrames = []
        capacity = .max
    }

    /// Waits while the connection is kept alive; a time that has come looks after the heartbeats once.
    package mutating func rest(until time: MonotonicTime) throws(BrokerError) {
        while let frame = try frame(until: time) { try take(frame) }
    }

    /// Ends reading, and waits (two seconds at most) until what was open is in the queue again.
    ///
    /// A quorum queue takes messages back a moment after the channel is closed; whoever looks next must see them.
    package consuming func close() throws(BrokerError) {
        if !subscriptions.isEmpty { try stop() }
        let open = openCount
        try session.closeChannel()
        let deadline = MonotonicTime.now().advanced(by: Self.longestReturn)
        while open > 0, try session.status(of: queue).messages < open, MonotonicTime.now() < deadline {
            _ = session.handle.readiness(waitingMilliseconds: 5, for: .readable)
        }
        session.close()
    }

    private mutating func takeReceived() -> Delivery? {
        guard nextReceived < received.count else { return nil }
        defer { nextReceived += 1 }
        return received[nextReceived]
    }

    /// Subscribes once more, with as much room as there was before.
    private mutating func subscribe() throws(BrokerError) {
        let window = UInt16(clamping: max(firstWindow, capacity))
        let consumer = AMQPText("reader-\(subscriptions.count + 1)")
        guard try session.request(.setPrefetch(window)) == .prefetchSet,
            try session.request(
                .consume(queue: AMQPText(queue), consumer: consumer, arguments: AMQPTable()),
                missing: .queueMissing(name: queue)) == .consuming
        else { throw BrokerError(session.outOfTurn, peer: session.peer) }
        subscriptions.append(consumer)
        capacity += Int(window)
    }

    private mutating func settle(_ frame: OutboundFrame) throws(BrokerError) {
        try session.post(frame)
        heartbeat.sent(at: .now())
        openCount -= 1
    }

    /// The next frame about deliveries; nil when none came until the time.
    private mutating func frame(until deadline: MonotonicTime) throws(BrokerError) -> InboundFrame.Content? {
        try session.receive(until: deadline, keepingAlive: &heartbeat, queue: queue)
    }

    private mutating func take(_ frame: InboundFrame.Content) throws(BrokerError) {
        do throws(BrokerFault) {
            switch frame {
            case .deliver(let tag, let redelivered, let exchange, let routingKey):
                guard incoming == nil else { throw .protocolViolation("a delivery inside another") }
                incoming = Incoming(tag: tag, redelivered: redelivered, exchange: exchange, routingKey: routingKey)
            case .header(let size, let properties):
                complete(try assembly.header(bodySize: size, properties: properties))
            case .body(let bytes): complete(try assembly.body(bytes))
            default: throw session.outOfTurn
            }
        } catch {
            session.isUsable = false
            throw BrokerError(error, peer: session.peer)
        }
    }

    private mutating func complete(_ content: ContentAssembly.Content?) {
        guard let content, let message = incoming else { return }
        incoming = nil
        if nextReceived == received.count {
            received.removeAll(keepingCapacity: true)
            nextReceived = 0
        }
        openCount += 1
        received.append(
            Delivery(
                receipt: DeliveryReceipt(generation: 0, tag: message.tag), exchange: message.exchange,
                routingKey: message.routingKey, redelivered: message.redelivered, properties: content.properties,
                body: content.body))
    }
}
