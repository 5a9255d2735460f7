import AMQP
package import Altcraft
import HTTPTransport
import Poll
import Relay
import Telemetry

/// The one thread that joins broker, platform, ledger and the pure core: it waits in one `poll`, hands what happened to
/// the relay, and carries out what the relay answers.
///
/// Nothing else makes it wait: connecting, publishing, committing and log writing have threads of their own. It decides
/// nothing about events; `Relay`, `Intake` and `Altcraft` do.
package final class Reactor {
    let parts: ReactorParts
    let transport: HTTPTransport
    var relay: Relay
    var intake: Intake
    var reporter: Reporter

    // The broker.
    var consumer: ConsumerConnection?
    /// The channel that the relay knows of: the connection's own number has moved on when it tells of its end.
    var relayGeneration: UInt32?
    /// Whether nothing more can be put to use; what comes all the same is held.
    var isPaused = false
    var reconnection = Reconnection()
    var held = SlotTable<HeldMessage>()
    /// What is left of long lists, by delivery.
    var streams = SlotTable<PlanStream>()
    /// Deliveries of which the relay wants more launches: a part of one list a round, so that sockets are never kept
    /// waiting for a list whose launches end as they are made.
    var plansDue: [DeliveryID] = []
    var heldBytes = 0
    var publications = PublicationTable()
    /// What a frame of the publishing connection holds of properties and headers, as far as it is known.
    var propertyRoom = KeptMessage.usualRoom

    // The platform.
    var requestStarts = SlotTable<MonotonicTime>()
    var batchStarts = SlotTable<MonotonicTime>()
    var apiLatencies = SlotTable<(use: UInt32, latency: Duration)>()
    var headers = HeaderCache()
    var token: APIToken
    /// The token that a probe is out with.
    var probeToken: APIToken?

    // The loop.
    var poll = PollSet()
    var actions: [Action] = []
    var now: Moment
    var signalsSeen = 0
    var isStopping = false
    var isFinished = false
    var hasBeenConnected = false
    var end = ReactorEnd.stopped

    /// Makes a reactor that has not begun.
    ///
    /// - Throws: when the process has no descriptors or memory left.
    package init(_ parts: ReactorParts, token: APIToken) throws {
        self.parts = parts
        self.token = token
        now = .now()
        transport = try HTTPTransport(parts.http)
        relay = Relay(settings: parts.relay, seed: parts.seed, now: now.monotonic)
        intake = Intake(parts.intake, mappings: parts.mappings)
        reporter = Reporter(
            observer: parts.observer, queue: parts.queue, showsContent: parts.showsContent,
            hasLocalLedger: parts.ledger != nil)
        reporter.use(parts.mappings)
    }

    /// Works until it was told to stop and everything that could be finished is.
    package func run() -> ReactorEnd {
        parts.connector.begin()
        while !isFinished { turn() }
        parts.publisher.stop()
        if signalsSeen < 2 { consumer?.closeInOrder() }
        if end == .stopped {
            // After the second signal nothing was given back: what was held is the broker's again with the connection.
            parts.observer.observe(.stopped(givenBack: reporter.givenBack + relay.snapshot.deliveries))
        }
        return end
    }

    /// One round: wait, take in, decide, carry out.
    func turn() {
        let places = wait()
        now = .now()
        takeWakeups(places)
        takeBroker(places)
        takeAnswers()
        if let wake = relay.nextWake(), wake <= now.monotonic { relay.tick(at: now) }
        carryOut()
        planNext()
        transport.start()
        consumer?.service(now: now.monotonic)
        reporter.refresh(relay.snapshot, consumer: consumer, heldBytes: heldBytes, now: now)
    }

    /// Where the descriptors of one round stand in the poll set.
    struct Places {
        var wakeup = 0
        var signals: Int?
        var consumer: Int?
        var timedOut = false
    }

    private func wait() -> Places {
        poll.removeAll()
        var places = Places(wakeup: poll.add(parts.wakeup.descriptor, .readable))
        if let signals = parts.signals { places.signals = poll.add(signals.descriptor, .readable) }
        if let consumer, consumer.descriptor >= 0 {
            var interest: Readiness = takesMore ? .readable : []
            if consumer.wantsWrite { interest.insert(.writable) }
            places.consumer = poll.add(consumer.descriptor, interest)
        }
        transport.register(in: &poll)
        places.timedOut = poll.wait(milliseconds: waitMilliseconds()) == 0
        return places
    }

    /// Whether more may be received: what is held is within `limits.in_flight_bytes`.
    var takesMore: Bool { heldBytes < parts.inFlightBytes }

    private func waitMilliseconds() -> Int32 {
        if !plansDue.isEmpty { return 0 }
        if let consumer, consumer.hasBufferedInput, takesMore { return 0 }
        let start = MonotonicTime.now()
        var deadline = start.advanced(by: .seconds(1))
        let others = [
            relay.nextWake(), transport.deadline(now: start), consumer?.nextServiceTime, reconnection.nextAttempt,
        ]
        for case let other? in others { deadline = min(deadline, other) }
        let left = deadline.since(start).nanoseconds
        return left <= 0 ? 0 : Int32(clamping: (left + 999_999) / 1_000_000)
    }

    /// Takes in signals and what other threads have posted.
    private func takeWakeups(_ places: Places) {
        if let place = places.signals, !poll.readiness(at: place).isEmpty { takeSignals() }
        if !poll.readiness(at: places.wakeup).isEmpty { parts.wakeup.clear() }
        for command in parts.commands.drain() { obey(command) }
        for event in parts.publisherEvents.drain() { take(event) }
        takeLedger()
        takeConnection()
    }

    private func obey(_ command: ReactorCommand) {
        switch command {
        case .useMappings(let mappings):
            intake.use(mappings)
            reporter.use(mappings)
            parts.connector.use(parts.topology(mappings))
        case .tokenRenewed:
            takeToken()
        case .queuesSeen(let report):
            let ours = consumer?.phase == .consuming ? 1 : 0
            reporter.sawQueues(report, queues: parts.queues, ours: ours, mayBeOurs: true)
        case .stop:
            stop(signal: "request")
        }
    }

    private func takeSignals() {
        while let signal = parts.signals?.next() {
            switch signal {
            case .hangUp:
                parts.onHangUp()
            case .terminate, .interrupt:
                signalsSeen += 1
                guard signalsSeen == 1 else {
                    // The second one: stop at once. What is unsettled goes back to the queue by itself.
                    isFinished = true
                    return
                }
                stop(signal: signal == .terminate ? "SIGTERM" : "SIGINT")
            }
        }
    }

    private func stop(signal: String) {
        isStopping = true
        parts.observer.observe(.stopping(signal: signal))
        relay.stop(deadline: now.monotonic.advanced(by: parts.stopDeadline), at: now)
    }
}

/// How the reactor ended.
package enum ReactorEnd: Sendable, Equatable {
    /// As it was told to.
    case stopped
    /// It could not begin: what is missing on the broker, a line each.
    case refused([String])
}
