import AMQP
import Altcraft
import HTTPTransport
import JSON
import Logging
import Mapping
import Poll
import Relay
import Settings
import Telemetry
import Testing

@testable import Bridge

/// Settings become parts in one place; here each is followed to the part that it is for.
@Suite("The composition", .timeLimit(.minutes(1)))
struct CompositionTests {
    private static func settings(_ flags: [String: String] = [:]) throws -> BridgeSettings {
        let needed = [
            "broker.url": "amqp://me:secret@rabbit:5673/shop", "broker.queue": "orders",
            "altcraft.url": "https://example.altcraft.com/", "altcraft.token": "token", "mappings.path": "none",
        ]
        let all = needed.merging(flags) { $1 }.mapValues { [$0] }
        return try SettingsLoader.load(SettingSources(flags: all)).settings
    }

    /// What a reactor of these settings is made of; its publisher is stopped at once.
    private static func parts(_ flags: [String: String] = [:]) throws -> ReactorParts {
        let settings = try settings(flags.merging(["broker.url": "amqp://127.0.0.1:1"]) { $1 })
        let log = try LogWriter(format: .json, level: .critical)
        defer { log.close() }
        let tokens = try TokenSource(.fixed(Secret("token")))
        let assembly = BridgeAssembly(
            settings: settings, observer: Observer(log: log), tokens: tokens, version: "9.9")
        let wakeup = try Wakeup()
        let reactor = try assembly.makeReactor(
            mappings: ReactorBench.mappings(campaign: 7), ledger: nil,
            commands: Mailbox(capacity: 1, wakeup: wakeup), wakeup: wakeup, signals: nil, showsContent: false,
            onHangUp: {})
        reactor.parts.publisher.stop()
        return reactor.parts
    }

    @Test("What nobody sets is as documented")
    func defaults() throws {
        let parts = try Self.parts()
        #expect(parts.relay.prefetch == 200 && parts.relay.inFlight == 64 && parts.relay.rate == nil)
        #expect(parts.relay.acknowledgementTimeout == .seconds(1800) && parts.relay.refusals == 20)
        #expect(parts.relay.probe == Backoff(first: .seconds(1), ceiling: .seconds(30)))
        #expect(parts.relay.ladder == RelaySettings().ladder)
        #expect(parts.inFlightBytes == 64 << 20 && parts.stopDeadline == .seconds(25))
        #expect(parts.requestTimeout == .seconds(30) && parts.connectTimeout == .seconds(5))
        #expect(parts.intake.json.bytes == 16 << 20 && parts.intake.json.depth == 256)
        #expect(parts.intake.unmatched == .skip && parts.intake.unreported == .accept && parts.intake.allowed == nil)
        #expect(parts.encoder.options == RequestOptions())
        #expect(!parts.relay.hasLedger, "there was none to hand over")
        #expect(parts.http.userAgent == "trigger-bridge/9.9")
        #expect(parts.currentToken?() == APIToken("token"))
    }

    @Test("What is set reaches the relay, the transport and the intake")
    func reactor() throws {
        let parts = try Self.parts([
            "broker.prefetch": "50", "altcraft.in_flight": "8", "altcraft.rate": "2.5", "altcraft.timeout": "7s",
            "altcraft.connect_timeout": "2s", "broker.acknowledgement_timeout": "90s", "circuit.probe_min": "50ms",
            "circuit.probe_max": "4s", "circuit.refusals": "3", "retry.ladder": "1s,1m", "stop.deadline": "3s",
            "limits.event_bytes": "1000", "limits.depth": "9", "limits.in_flight_bytes": "4096",
            "limits.answer_bytes": "512", "mappings.unmatched": "park", "altcraft.unreported": "park",
            "altcraft.link_answer": "envelope", "altcraft.task_timeout": "11s", "recipients.allow": "@staging.example",
        ])
        #expect(parts.relay.prefetch == 50 && parts.relay.inFlight == 8 && parts.relay.refusals == 3)
        #expect(parts.relay.rate?.perSecond == 2.5 && parts.relay.taskTimeout == .seconds(11))
        #expect(parts.relay.acknowledgementTimeout == .seconds(90))
        #expect(parts.relay.probe == Backoff(first: .milliseconds(50), ceiling: .seconds(4)))
        #expect(parts.relay.ladder == [.seconds(1), .seconds(60)])
        #expect(parts.queues.delay(step: 1) == "orders.delay.1m")
        #expect(parts.http.inFlightLimit == 9, "the probe has a place of its own")
        #expect(parts.http.answerLimit == 512)
        #expect(parts.requestTimeout == .seconds(7) && parts.connectTimeout == .seconds(2))
        #expect(parts.intake.json.bytes == 1000 && parts.intake.json.depth == 9)
        #expect(parts.intake.unmatched == .park && parts.intake.unreported == .park)
        #expect(parts.intake.allowed != nil)
        #expect(parts.inFlightBytes == 4096 && parts.stopDeadline == .seconds(3))
        #expect(!parts.bareLinkSuccess)
    }

    @Test("Each of a platform's options is passed on")
    func requestOptions() throws {
        let settings = try Self.settings([
            "altcraft.token_in": "header", "altcraft.encoding": "xml", "altcraft.trailing_slash": "false",
            "altcraft.single_modes": "all", "altcraft.custom_data_in": "root", "altcraft.import_search": "inside",
            "altcraft.db_id": "12", "altcraft.send_format": "true",
        ])
        var expected = RequestOptions()
        expected.tokenPlace = .header
        expected.encoding = .xml
        expected.trailingSlash = .never
        expected.singleModes = .all
        expected.customDataPlace = .root
        expected.importSearch = .inside
        expected.databaseID = 12
        expected.sendsFormat = true
        #expect(BridgeAssembly.requestOptions(settings.altcraft) == expected)
    }

    @Test("A connection has its purpose in its name, the heartbeat, and the certificates; without a URL there is none")
    func connection() throws {
        let settings = try Self.settings([
            "broker.url": "amqps://rabbit:5673/shop", "broker.heartbeat": "20s", "broker.ca_file": "/ca.pem",
            "broker.certificate_file": "/c.pem", "broker.key_file": "/k.pem", "broker.auth": "external",
        ])
        let connection = try #require(BridgeAssembly.connection(settings.broker, name: "trigger-bridge 9.9 gauge"))
        #expect(connection.connectionName == "trigger-bridge 9.9 gauge" && connection.heartbeatSeconds == 20)
        #expect(connection.authentication == .certificate && connection.address.encrypted)
        #expect(connection.tls.authoritiesFile == "/ca.pem")
        #expect(connection.tls.identity?.certificateFile == "/c.pem" && connection.tls.identity?.keyFile == "/k.pem")
        #expect(connection.tls.verifiesPeer && connection.tls.verifiesHostName)
        let plain = try #require(BridgeAssembly.connection(try Self.settings().broker, name: "n"))
        #expect(plain.authentication == .password && plain.tls.identity == nil)
    }

    @Test("A token that no request could carry ends it before anything is begun, and is not shown")
    func badToken() throws {
        let log = try LogWriter(format: .json, level: .critical)
        defer { log.close() }
        let text = String(repeating: "x", count: 5_000)
        let assembly = BridgeAssembly(
            settings: try Self.settings(), observer: Observer(log: log),
            tokens: try TokenSource(.fixed(Secret(text))), version: "9.9")
        let wakeup = try Wakeup()
        let fault = #expect(throws: BridgeAssembly.Fault.self) {
            try assembly.makeReactor(
                mappings: ReactorBench.mappings(campaign: 7), ledger: nil,
                commands: Mailbox(capacity: 1, wakeup: wakeup), wakeup: wakeup, signals: nil, showsContent: false,
                onHangUp: {})
        }
        #expect(fault?.description.contains("altcraft.token_file") == true)
        #expect(fault?.description.contains("xxx") == false)
    }
}
