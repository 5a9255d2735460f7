package import Poll

/// A consuming connection: one broker connection, one channel, one subscription, owned by one thread.
///
/// Nothing here waits. The owner's loop is, on each turn:
///
/// 1. `receive` if the descriptor is readable or `hasBufferedInput` (poll does not know what was read already), or
///    when the poll ended by its time;
/// 2. settle what is decided;
/// 3. `service`, always: it writes settlements, requests and heartbeats, but only into a writable socket;
/// 4. wait for the descriptor, for reading, and for writing if `wantsWrite`, no longer than until `nextServiceTime`.
///
/// An owner that holds too much does not call `receive` and does not wait for reading, unless the descriptor has failed;
/// `service` keeps the heartbeat going. The socket then fills and the broker waits. There is no way to cancel the
/// subscription meanwhile: it would break the order, as a quorum queue takes back what is on its way to a consumer that
/// leaves, and serves it after what the next one has been given. An owner that settles nothing gets no more than the
/// prefetch.
///
/// Runs on a `DeepStackThread`, as librabbitmq decodes nested tables by recursion.
package final class ConsumerConnection {
    /// What the broker says of itself.
    package let server: ServerIdentity
    /// Host and port, for messages.
    package let peer: String
    /// What was counted since the connection was made.
    package internal(set) var counters = ConsumerCounters()
    /// Of the channel that deliveries come on now; settlements of any other are void.
    package internal(set) var generation: UInt64

    let settings: ConsumerSettings
    let generations: GenerationSource
    var handle: ConnectionHandle
    var heartbeat: Heartbeat
    var channel = ConsumerChannel()
    var ledger = SettlementLedger()
    var assembly = ContentAssembly()
    /// The delivery whose header and body are awaited.
    var incoming: IncomingDelivery?
    var life = Life.open
    /// When the answer to the request under way must be there: a broker whose channel hangs still sends heartbeats.
    var answerDeadline: MonotonicTime?
    let requestTimeout: Duration
    var events: [ConsumerEvent] = []
    /// How often the queue was subscribed to on this connection.
    var subscriptions = 0

    /// Whether the connection stands.
    enum Life: Equatable {
        /// Exits: closing, finished.
        case open
        /// We want to close: settlements first, then connection.close. Exits: closeSent, finished.
        case closing
        /// connection.close sent. Exits: finished.
        case closeSent
        /// Nothing more is read or written.
        case finished
    }

    /// What `basic.deliver` says; nil receipt when the message is to be discarded.
    struct IncomingDelivery {
        let receipt: DeliveryReceipt?
        let redelivered: Bool
        let exchange: AMQPText
        let routingKey: AMQPText
    }

    /// Takes a session over.
    ///
    /// Its channel must be closed.
    init(
        _ session: consuming BrokerSession, _ settings: ConsumerSettings, generations: GenerationSource,
        now: MonotonicTime
    ) {
        server = session.server
        peer = session.peer
        heartbeat = Heartbeat(interval: .seconds(session.heartbeatSeconds), now: now)
        requestTimeout = session.requestTimeout
        handle = session.takeHandle()
        self.settings = settings
        self.generations = generations
        generation = generations.next()
    }

    /// The socket to wait on; below zero once the connection is finished.
    package var descriptor: Int32 { life == .finished ? -1 : handle.descriptor }

    /// Whether `receive` has something to do that `poll` does not know of.
    package var hasBufferedInput: Bool {
        !events.isEmpty || (life != .finished && handle.hasBufferedInput)
    }

    /// Whether something waits for the socket to become writable.
    package internal(set) var wantsWrite = false

    /// When `service` must be called at the latest.
    package var nextServiceTime: MonotonicTime {
        min(heartbeat.nextChange, answerDeadline ?? heartbeat.nextChange)
    }

    /// Deliveries that are neither settled nor given back.
    package var openDeliveries: Int { ledger.openCount }

    /// Where the channel is; for the log and for tests.
    package var phase: ConsumerChannel.Phase { channel.phase }

    /// Asks for deliveries: opens the channel if need be, sets the prefetch, subscribes.
    ///
    /// `.consuming` follows.
    package func resume() {
        channel.resume()
    }

    /// Gives everything open back to the queue, in order, by closing the channel.
    ///
    /// `.released` follows.
    ///
    /// What was settled before is sent first. From now on receipts given out are void.
    package func giveBack() {
        if channel.release() { generation = generations.next() }
    }

    /// Closes the connection: what is settled is sent first, the rest goes back to the queue.
    ///
    /// `.closed(nil)` follows.
    package func close() {
        if life == .open { life = .closing }
    }
}

extension BrokerSession {
    /// The connection, for an owner that reads frames as they come.
    consuming func takeHandle() -> ConnectionHandle {
        handle
    }
}
