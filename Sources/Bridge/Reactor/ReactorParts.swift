package import AMQP
package import Altcraft
package import HTTPTransport
package import Poll
package import Relay
package import Telemetry

/// What a reactor is made of: the composition root puts it together, tests put together their own.
package struct ReactorParts {
    /// Wakes the reactor; shared by everything that posts to it.
    package var wakeup: Wakeup
    /// The process's signals; nil where someone else handles them.
    package var signals: SignalSource?
    /// What other threads ask for.
    package var commands: Mailbox<ReactorCommand>
    /// Connects the consumer.
    package var connector: BrokerConnector
    /// What a connection asks for with these mappings, when it has to be made again.
    package var topology: @Sendable (LiveMappings) -> Topology
    /// Publishes to parking and delay queues.
    package var publisher: Publisher
    /// What the publisher tells.
    package var publisherEvents: Mailbox<PublisherEvent>
    /// Records launches; nil with `ledger.enabled: false`.
    package var ledger: (any LaunchLedger)?
    /// Which queues there are.
    package var queues: QueueNames
    /// How requests go out.
    package var http: HTTPTransportSettings
    /// Writes requests.
    package var encoder: RequestEncoder
    /// Whether an HTTP success of a v1.0 link's tracking domain is enough (`altcraft.link_answer`).
    package var bareLinkSuccess: Bool
    /// Whether refusals may come under HTTP 4xx (`altcraft.error_status`).
    package var refusesUnder4xx: Bool
    /// Deadlines of one request.
    package var connectTimeout: Duration
    /// The most that one request may take.
    package var requestTimeout: Duration
    /// The token as it was last read; nil when it cannot change.
    ///
    /// It reads no file, as a mount may hang.
    package var currentToken: (@Sendable () -> APIToken?)?
    /// Has the token's file looked at on another thread; `tokenRenewed` follows where there is another one.
    package var lookForToken: @Sendable () -> Void
    /// What the relay goes by.
    package var relay: RelaySettings
    /// Where the relay's jitter starts.
    package var seed: UInt64
    /// How events are decoded.
    package var intake: IntakeSettings
    /// The mappings to begin with.
    package var mappings: LiveMappings
    /// Most bytes of deliveries held (`limits.in_flight_bytes`).
    package var inFlightBytes: Int
    /// How long an orderly stop may take.
    package var stopDeadline: Duration
    /// Where everything is told.
    package var observer: Observer
    /// Whether the content of launches is shown in the log, masked nowhere: for demonstrations.
    package var showsContent: Bool
    /// What SIGHUP asks for.
    package var onHangUp: @Sendable () -> Void

    /// The source queue.
    var queue: String { queues.source }
}

/// The queues of one bridge, all named after the source queue.
package struct QueueNames: Sendable, Equatable {
    /// Where events come from.
    package let source: String
    /// The delays of the ladder.
    package let ladder: [Duration]

    /// Names the queues.
    package init(source: String, ladder: [Duration]) {
        self.source = source
        self.ladder = ladder
    }

    /// Where parked messages go: `orders.parked`.
    package var parking: String { "\(source).parked" }

    /// The delay queue of one step: `orders.delay.5s`.
    package func delay(step: Int) -> String {
        "\(source).delay.\(QueueNames.word(ladder[min(max(step, 0), ladder.count - 1)]))"
    }

    /// The delay queues, step by step.
    package var delays: [String] { ladder.indices.map { delay(step: $0) } }

    /// A delay as the queues name it: the largest unit that divides it.
    static func word(_ delay: Duration) -> String {
        let milliseconds = delay.nanoseconds / 1_000_000
        for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1_000)] where milliseconds % size == 0 {
            return "\(milliseconds / size)\(unit)"
        }
        return "\(milliseconds)ms"
    }
}
