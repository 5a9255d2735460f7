import AMQP
import Altcraft
import BrokerSupport
import HTTPSupport
import HTTPTransport
import Mapping
import Poll
import Relay
import Synchronization
import Telemetry

@testable import Bridge

/// A reactor with scripted counterparts: fake brokers to consume from and to publish to, a scripted platform, no ledger.
///
/// The reactor has a thread of its own; whoever drives the bench blocks, so it belongs on a thread of a test's own.
final class ReactorBench {
    let probe: ReloadProbe
    let commands: Mailbox<ReactorCommand>
    private let result = End()
    /// Each listens as long as it lives.
    private let brokers: [FakeBroker]

    private final class End: Sendable {
        let value = Mutex<Result<ReactorEnd, any Error>?>(nil)
    }

    /// A publishing connection that confirms everything.
    private static func confirming() throws -> FakeBroker {
        try FakeBroker { connection in
            guard connection.login(), connection.turnConfirmsOn() else { return }
            var sequence: UInt64 = 0
            while let frame = connection.readFrame() {
                // basic.publish; a confirm that comes before the body is taken all the same.
                guard frame.type == 1, frame.payload.starts(with: [0, 60, 0, 40]) else { continue }
                sequence += 1
                connection.send(.init(60, 80), connection.bytes(sequence) + [0])
            }
        }
    }

    /// Starts a reactor that consumes from this peer, and publishes to one that confirms everything.
    ///
    /// Every event with an `email` launches campaign 7.
    init(
        _ consuming: FakeBroker, _ platform: ScriptedServer, publishing: FakeBroker? = nil,
        change: @escaping @Sendable (inout ReactorParts) -> Void = { _ in }
    ) throws {
        probe = try ReloadProbe()
        let publishing = try publishing ?? Self.confirming()
        brokers = [consuming, publishing]
        let wakeup = try Wakeup()
        let commands = Mailbox<ReactorCommand>(capacity: 16, wakeup: wakeup)
        let events = Mailbox<PublisherEvent>(capacity: 1_024, wakeup: wakeup)
        let publisher = try Publisher(connection: publishing.settings(), topology: Topology(), events: events)
        let connector = BrokerConnector(
            connection: try consuming.settings(heartbeatSeconds: 120),
            consumer: ConsumerSettings(queue: "orders", consumerTag: "test"),
            topology: Topology(), generations: GenerationSource(), wakeup: wakeup)
        self.commands = commands
        let (probe, end, port) = (probe, result, platform.port)
        try DeepStackThread.start(name: "reactor") {
            let outcome = Result {
                var parts = ReactorParts(
                    wakeup: wakeup, signals: nil, commands: commands, connector: connector,
                    topology: { _ in Topology() },
                    publisher: publisher, publisherEvents: events, ledger: nil,
                    queues: QueueNames(source: "orders", ladder: [.seconds(5)]), http: HTTPTransportSettings(),
                    encoder: RequestEncoder(baseURL: "http://127.0.0.1:\(port)"), bareLinkSuccess: false,
                    refusesUnder4xx: true, connectTimeout: .seconds(5), requestTimeout: .seconds(30),
                    currentToken: nil, lookForToken: {}, relay: Self.relay, seed: 1, intake: IntakeSettings(),
                    mappings: Self.mappings(campaign: 7), inFlightBytes: 64 << 20, stopDeadline: .milliseconds(100),
                    observer: probe.observer, showsContent: false, onHangUp: {})
                change(&parts)
                guard let token = APIToken("secret") else { throw Late() }
                let reactor = try Reactor(parts, token: token)
                try publisher.start()
                return reactor.run()
            }
            end.value.withLock { $0 = outcome }
        }
    }

    struct Late: Error {}

    private static var relay: RelaySettings {
        var settings = RelaySettings()
        settings.hasLedger = false
        settings.probe = Backoff(first: .milliseconds(20), ceiling: .milliseconds(100))
        return settings
    }

    /// Every event with an `email` launches this campaign.
    static func mappings(campaign: Int) -> LiveMappings {
        let text = """
            {"name": "paid", "when": {"body": {"email": [{"exists": true}]}}, "launch": {"campaign": \(campaign)},
             "recipient": [{"matching": "email", "email": "$.email"}], "content": {"n": "$.n"}}
            """
        return LiveMappings(MappingSet.compile(files: [SourceFile(name: "paid.json", text: text)]).0)
    }

    /// An event; its number is its identity.
    static func event(_ number: Int) -> [UInt8] {
        Array(#"{"email":"anna@example.com","n":\#(number)}"#.utf8)
    }

    /// Waits until the log has so many lines with this message.
    func says(_ message: String, times: Int = 1) -> Bool {
        probe.waitUntil { $0.lines(message).count >= times }
    }

    /// Ends it, and waits for that.
    func stop() -> ReactorEnd? {
        _ = commands.post(.stop)
        return end()
    }

    /// Waits until it has ended, and says how.
    func end() -> ReactorEnd? {
        _ = probe.waitUntil { _ in result.value.withLock { $0 != nil } }
        return try? result.value.withLock { try $0?.get() }
    }
}

/// Lets one thread wait until another says go.
final class Signal: Sendable {
    private let wakeup: Wakeup

    init() throws {
        wakeup = try Wakeup()
    }

    func give() { wakeup.signal() }

    /// Waits; half a minute at most.
    func wait() {
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        _ = set.wait(milliseconds: 30_000)
    }
}
