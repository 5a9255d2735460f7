import AMQP
import Poll
import Relay
import Telemetry

/// `run --shadow`: takes events from a queue of its own, evaluates them, and says what would be launched.
///
/// There is nothing in it that could call the platform, publish, or write a ledger. One thread, as the reactor's.
package final class ShadowReactor {
    private let parts: ShadowParts
    private let intake: Intake
    private let lines: ShadowLines
    private var consumer: ConsumerConnection?
    private var reconnection = Reconnection()
    private var poll = PollSet()
    private var now = Moment.now()
    private var hasBeenConnected = false
    private var isFinished = false
    private var end = ReactorEnd.stopped

    /// Deliveries taken in one round.
    private static let deliveriesInRound = 256
    private static let bytesInRound = 8 << 20

    /// Makes a shadow that has not begun.
    init(_ parts: ShadowParts) {
        self.parts = parts
        intake = Intake(parts.intake, mappings: parts.mappings)
        lines = ShadowLines(showsContent: parts.showsContent, version: parts.mappings.version)
    }

    /// Works until it is told to stop.
    package func run() -> ReactorEnd {
        let mappings = parts.mappings
        parts.observer.observe(.mappingsLive(version: mappings.version, mappings: mappings.versions))
        parts.connector.begin()
        while !isFinished { turn() }
        consumer?.closeInOrder()
        if end == .stopped { parts.observer.observe(.stopped(givenBack: 0)) }
        return end
    }

    private func turn() {
        wait()
        now = .now()
        takeSignals()
        takeConnection()
        takeBroker()
        consumer?.service(now: now.monotonic)
    }

    private func wait() {
        poll.removeAll()
        poll.add(parts.wakeup.descriptor, .readable)
        if let signals = parts.signals { poll.add(signals.descriptor, .readable) }
        if let consumer, consumer.descriptor >= 0 {
            poll.add(consumer.descriptor, consumer.wantsWrite ? [.readable, .writable] : .readable)
        }
        let start = MonotonicTime.now()
        var deadline = start.advanced(by: .seconds(1))
        for case let other? in [consumer?.nextServiceTime, reconnection.nextAttempt] { deadline = min(deadline, other) }
        let left = consumer?.hasBufferedInput == true ? 0 : deadline.since(start).nanoseconds
        _ = poll.wait(milliseconds: left <= 0 ? 0 : Int32(clamping: (left + 999_999) / 1_000_000))
    }

    private func takeSignals() {
        parts.wakeup.clear()
        if parts.commands.drain().contains(where: \.isStop) { stop("request") }
        while let signal = parts.signals?.next() {
            switch signal {
            case .hangUp:
                parts.observer.observe(
                    .warning("a shadow reads its mappings at the start only", advice: "start it again"))
            case .terminate: stop("SIGTERM")
            case .interrupt: stop("SIGINT")
            }
        }
    }

    private func stop(_ signal: String) {
        parts.observer.observe(.stopping(signal: signal))
        isFinished = true
    }

    private func takeBroker() {
        guard let consumer else { return }
        let events = consumer.receive(
            limit: Self.deliveriesInRound, byteBudget: Self.bytesInRound, now: now.monotonic)
        for event in events { take(event, consumer) }
    }

    private func take(_ event: ConsumerEvent, _ consumer: ConsumerConnection) {
        switch event {
        case .delivery(let delivery): show(delivery, consumer)
        case .consuming: parts.observer.observe(.consuming(queue: parts.shadow.queue))
        case .cancelled:
            consumer.close()
            lost(BrokerError(.queueMissing(name: parts.shadow.queue), peer: consumer.peer))
        case .channelClosed(let error):
            consumer.close()
            lost(error)
        case .closed(let error): lost(error)
        case .released, .blocked, .unblocked: break
        }
    }

    /// Nothing waits in a shadow: what was said is acknowledged.
    private func show(_ delivery: Delivery, _ consumer: ConsumerConnection) {
        let taken = intake.take(delivery, origin: Origin(of: delivery, now: now.wallSeconds), now: now)
        for line in lines.lines(taken, delivery, now: now) { parts.observer.observe(line) }
        consumer.acknowledge(delivery.receipt)
    }

    private func lost(_ error: BrokerError?) {
        consumer = nil
        retry(error?.peer ?? parts.shadow.queue, error?.description ?? "the connection was closed")
    }

    private func retry(_ peer: String, _ reason: String) {
        guard !isFinished else { return }
        let wait = reconnection.failed(at: now.monotonic)
        parts.observer.observe(.connectionLost(broker: peer, reason: reason, retry: wait))
    }

    private func takeConnection() {
        if let next = reconnection.nextAttempt, next <= now.monotonic {
            reconnection.begun()
            parts.connector.begin()
        }
        switch parts.connector.take() {
        case nil: break
        case .failed(let error): lost(error)
        case .connected(let connection, let report): judge(connection, report)
        }
    }

    private func judge(_ connection: ConsumerConnection, _ report: TopologyReport) {
        switch parts.shadow.judge(report) {
        case .usable:
            reconnection.succeeded()
            hasBeenConnected = true
            consumer = connection
            parts.observer.observe(.connected(broker: connection.peer))
            connection.resume()
        case .refuse(let reasons):
            connection.close()
            connection.service(now: now.monotonic)
            // Once it has worked, what is missing may come back: an exchange that is made anew, a consumer left behind.
            guard !hasBeenConnected else { return retry(connection.peer, reasons.joined(separator: "; ")) }
            end = .refused(reasons)
            isFinished = true
        }
    }
}

/// What a shadow is made of.
struct ShadowParts {
    let wakeup: Wakeup
    let signals: SignalSource?
    let commands: Mailbox<ReactorCommand>
    let connector: BrokerConnector
    let shadow: ShadowTopology
    let intake: IntakeSettings
    let mappings: LiveMappings
    let observer: Observer
    let showsContent: Bool
}

extension ReactorCommand {
    fileprivate var isStop: Bool {
        if case .stop = self { true } else { false }
    }
}
