import AMQP
import Altcraft
import HTTPTransport
import JSON
import Mapping
package import Poll
import Relay
package import Settings
import Telemetry

extension BridgeAssembly {
    /// Why a reactor cannot be put together.
    package enum Fault: Error, CustomStringConvertible {
        /// A setting that this command needs is not set.
        case missing(String)
        /// The token cannot be sent.
        case token

        /// One line: what and what to do.
        package var description: String {
            switch self {
            case .missing(let key): "the setting \(key) is not set"
            case .token:
                "the token holds something else than visible ASCII: look at altcraft.token or altcraft.token_file"
            }
        }
    }

    /// Puts the reactor together and starts the publisher's thread.
    ///
    /// - Throws: ``Fault``, or what the system says when it has no descriptors left.
    package func makeReactor(
        mappings: LiveMappings, ledger: (any LaunchLedger)?, commands: Mailbox<ReactorCommand>, wakeup: Wakeup,
        signals: SignalSource?, showsContent: Bool, lookForToken: @escaping @Sendable () -> Void = {},
        onHangUp: @escaping @Sendable () -> Void
    ) throws -> Reactor {
        guard let consuming = connection(for: "consumer"), let publishing = connection(for: "publisher") else {
            throw Fault.missing("broker.url")
        }
        guard let token = APIToken(tokens.current.reveal()) else { throw Fault.token }
        let publisherEvents = Mailbox<PublisherEvent>(capacity: 65_536, wakeup: wakeup)
        let publisher = try Publisher(
            connection: publishing,
            topology: TopologyPlan.publisher(queues, declares: settings.broker.declaresTopology),
            capacity: max(1_024, settings.broker.prefetch * 2), events: publisherEvents)
        let parts = ReactorParts(
            wakeup: wakeup, signals: signals, commands: commands,
            connector: connector(consuming, mappings, wakeup), topology: topology, publisher: publisher,
            publisherEvents: publisherEvents, ledger: ledger, queues: queues, http: http, encoder: encoder,
            bareLinkSuccess: settings.altcraft.linkAnswer == .status,
            refusesUnder4xx: settings.altcraft.errorStatus == .any, connectTimeout: settings.altcraft.connectTimeout,
            requestTimeout: settings.altcraft.timeout,
            currentToken: currentToken, lookForToken: lookForToken, relay: relay(hasLedger: ledger != nil),
            seed: UInt64.random(in: .min ... .max), intake: intake, mappings: mappings,
            inFlightBytes: settings.limits.inFlightBytes, stopDeadline: settings.process.stopDeadline,
            observer: observer, showsContent: showsContent, onHangUp: onHangUp)
        let reactor = try Reactor(parts, token: token)
        try publisher.start()
        return reactor
    }

    private func connector(
        _ connection: ConnectionSettings, _ mappings: LiveMappings, _ wakeup: Wakeup
    ) -> BrokerConnector {
        let consumer = ConsumerSettings(
            queue: queues.source, consumerTag: "trigger-bridge", prefetch: UInt16(clamping: settings.broker.prefetch))
        return BrokerConnector(
            connection: connection, consumer: consumer, topology: topology(mappings), generations: GenerationSource(),
            wakeup: wakeup)
    }

    private var topology: @Sendable (LiveMappings) -> Topology {
        let (queues, declares) = (queues, settings.broker.declaresTopology)
        return { TopologyPlan.consumer(queues, declares: declares, bindings: $0.bindings) }
    }

    var http: HTTPTransportSettings {
        var http = HTTPTransportSettings()
        // One more than launches may be in flight: the probe has its own place.
        http.inFlightLimit = settings.altcraft.inFlight + 1
        http.answerLimit = settings.limits.answerBytes
        http.caFile = settings.altcraft.caFile
        http.userAgent = "trigger-bridge/\(version)"
        return http
    }

    var intake: IntakeSettings { Self.intake(settings) }

    /// How some settings have messages turned into plans.
    package static func intake(_ settings: BridgeSettings) -> IntakeSettings {
        var intake = IntakeSettings()
        intake.json = JSONLimits(bytes: settings.limits.eventBytes, depth: settings.limits.depth)
        intake.unmatched = settings.mappings.unmatched == .park ? .park : .skip
        intake.unreported = settings.altcraft.unreported == .park ? .park : .accept
        let allowed = settings.mappings.allowedRecipients
        intake.allowed = allowed.isEmpty ? nil : RecipientAllowList(allowed)
        return intake
    }

    private func relay(hasLedger: Bool) -> RelaySettings {
        var relay = RelaySettings()
        relay.inFlight = settings.altcraft.inFlight
        relay.prefetch = settings.broker.prefetch
        relay.acknowledgementTimeout = settings.broker.acknowledgementTimeout
        relay.ladder = settings.retries.ladder
        relay.probe = Backoff(first: settings.retries.probeMinimum, ceiling: settings.retries.probeMaximum)
        relay.refusals = settings.retries.refusals
        relay.rate = settings.altcraft.rate.map { RateLimit(perSecond: $0, burst: max(1, $0)) }
        relay.taskTimeout = settings.altcraft.taskTimeout
        relay.hasLedger = hasLedger
        return relay
    }

    /// The token as it was last read.
    private var currentToken: @Sendable () -> APIToken? {
        let tokens = tokens
        return { APIToken(tokens.current.reveal()) }
    }
}
