import AMQP
import Logging
import Telemetry
import TestSupport
import Testing

@testable import Settings

@Suite("Loading settings", .timeLimit(.minutes(1)))
struct SettingsLoaderTests {
    @Test("Without any source all have their defaults")
    func defaults() {
        let (settings, findings) = Reading.environment([:])
        #expect(findings.isEmpty)
        #expect(settings.broker.prefetch == 200)
        #expect(settings.broker.heartbeat == .seconds(15))
        #expect(settings.broker.acknowledgementTimeout == .seconds(1800))
        #expect(settings.altcraft.inFlight == 64)
        #expect(settings.altcraft.timeout == .seconds(30))
        #expect(settings.altcraft.tokenIn == .body)
        #expect(settings.altcraft.trailingSlash == .documented)
        #expect(settings.altcraft.rate == nil)
        #expect(settings.mappings.unmatched == .skip)
        #expect(settings.limits.eventBytes == 16 << 20)
        #expect(settings.limits.depth == 256)
        #expect(settings.retries.ladder == [5, 30, 120, 600, 3600].map { .seconds($0) })
        #expect(settings.process.stopDeadline == .seconds(25))
        #expect(settings.process.ledgerPath == "trigger-bridge-state/ledger.sqlite")
        #expect(settings.process.console == .listen(ConsoleAddress(host: "127.0.0.1", port: 9464)))
        #expect(settings.process.logFormat == .auto)
        #expect(!settings.process.showsPersonalData)
    }

    @Test("Flags win over the environment, which wins over the file")
    func precedence() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "b.json", "{\"broker\": {\"prefetch\": 1, \"queue\": \"file\", \"heartbeat\": \"5s\"}}")
        let sources = SettingSources(
            flags: ["broker.prefetch": ["3"]],
            environment: ["TRIGGER_BRIDGE_BROKER_PREFETCH": "2", "TRIGGER_BRIDGE_BROKER_QUEUE": "environment"],
            file: file)
        let broker = try SettingsLoader.load(sources).settings.broker
        #expect(broker.prefetch == 3)
        #expect(broker.queue == "environment")
        #expect(broker.heartbeat == .seconds(5))
    }

    @Test("A variable names the file, and a flag wins over it; an empty variable is not set")
    func fileVariable() throws {
        let folder = try TemporaryFolder()
        let one = try folder.write("one.json", "{\"broker\": {\"queue\": \"one\"}}")
        let two = try folder.write("two.json", "{\"broker\": {\"queue\": \"two\"}}")
        var sources = SettingSources(environment: ["TRIGGER_BRIDGE_CONFIG": one, "TRIGGER_BRIDGE_BROKER_QUEUE": ""])
        #expect(try SettingsLoader.load(sources).settings.broker.queue == "one")
        sources.file = two
        #expect(try SettingsLoader.load(sources).settings.broker.queue == "two")
    }

    @Test("Areas and dotted names in the file are the same setting")
    func dotted() throws {
        let (settings, findings) = try Reading.file(
            "{\"$schema\": \"x\", \"broker.queue\": \"a\", \"broker\": {\"prefetch\": 7}}")
        #expect(findings.isEmpty)
        #expect(settings.broker.queue == "a")
        #expect(settings.broker.prefetch == 7)
    }

    @Test("Everything is read into its type")
    func values() throws {
        let (settings, findings) = try Reading.file(
            """
            {
              "broker": {"url": "amqps://u:p@a,b:5673/v", "declare": true, "auth": "plain", "heartbeat": 20},
              "altcraft": {"url": "HTTP://[::1]:8080/", "token_in": "header", "encoding": "xml", "rate": 0.5,
                           "trailing_slash": false, "timeout": "PT1M", "links": {"back-in-stock": "https://t.io/trg/1"}},
              "mappings": {"unmatched": "park"},
              "recipients": {"allow": ["anna@example.com", "@example.org"]},
              "limits": {"event_bytes": "1MiB", "answer_bytes": 5000},
              "retry": {"ladder": ["1s", "PT1M"]},
              "ledger": {"enabled": false}, "state": {"path": "/var/x"},
              "console": {"address": "off"}, "log": {"level": "debug", "format": "json"}
            }
            """)
        #expect(findings.isEmpty, "\(findings)")
        #expect(settings.broker.address?.hosts.count == 2)
        #expect(settings.broker.declaresTopology)
        #expect(settings.broker.heartbeat == .seconds(20))
        #expect(settings.altcraft.url?.description == "http://[::1]:8080")
        #expect(settings.altcraft.url?.isLoopback == true)
        #expect(settings.altcraft.rate == 0.5)
        #expect(settings.altcraft.trailingSlash == .never)
        #expect(settings.altcraft.timeout == .seconds(60))
        #expect(settings.altcraft.links["BACK-in_stock"]?.reveal() == "https://t.io/trg/1")
        #expect(settings.altcraft.links["other"] == nil)
        #expect(settings.mappings.allowedRecipients == ["anna@example.com", "@example.org"])
        #expect(settings.limits.eventBytes == 1 << 20)
        #expect(settings.limits.answerBytes == 5000)
        #expect(settings.retries.ladder == [.seconds(1), .seconds(60)])
        #expect(settings.process.ledgerPath == nil)
        #expect(settings.process.console == .off)
        #expect(settings.process.logLevel.level == .debug)
    }

    @Test(
        "The state folder is the setting, else the first that systemd names, else one beside the process",
        arguments: [
            (nil, nil, "trigger-bridge-state"), ("/var/lib/a:/var/lib/b", nil, "/var/lib/a"),
            ("/var/lib/a", "/srv", "/srv"), ("", nil, "trigger-bridge-state"),
        ] as [(String?, String?, String)])
    func state(directory: String?, setting: String?, wanted: String) {
        var environment: [String: String] = [:]
        environment["STATE_DIRECTORY"] = directory
        environment["TRIGGER_BRIDGE_STATE_PATH"] = setting
        let (settings, _) = Reading.environment(environment)
        #expect(settings.process.statePath == wanted)
        #expect(settings.process.ledgerPath == wanted + "/ledger.sqlite")
    }

    @Test("What a command needs and nobody set is missing, with the three ways to set it")
    func missing() throws {
        #expect(throws: SettingsError.self) { try SettingsLoader.load(SettingSources(), needing: [.broker]) }
        let (_, findings) = SettingsLoader.read(SettingSources(), needing: Set(SettingNeed.allCases))
        #expect(
            findings.map(\.key) == [
                "broker.url", "broker.queue", "altcraft.url", "mappings.path", "altcraft.token_file",
            ])
        #expect(findings.allSatisfy { $0.code == .missing })
        #expect(
            findings.first?.description
                == "error: broker.url: is not set; set broker.url in the file, TRIGGER_BRIDGE_BROKER_URL in the "
                + "environment, or --broker-url")
        _ = try SettingsLoader.load(
            SettingSources(environment: Reading.complete), needing: Set(SettingNeed.allCases))
    }

    @Test(
        "What does not go together is told",
        arguments: [
            (["altcraft.token": "a", "altcraft.token_file": "b"], "altcraft.token_file", SettingFinding.Code.conflict),
            (["circuit.probe_min": "1m"], "circuit.probe_min", .conflict),
            (["altcraft.connect_timeout": "1m"], "altcraft.connect_timeout", .conflict),
            (["broker.key_file": "k"], "broker.key_file", .conflict),
            (["broker.certificate_file": "k"], "broker.certificate_file", .conflict),
            (["broker.auth": "external"], "broker.auth", .conflict),
            (["altcraft.url": "http://api.example.com"], "altcraft.url", .advice),
            (["broker.url": "amqp://h", "broker.ca_file": "x"], "broker.ca_file", .advice),
        ])
    func conflicts(values: [String: String], key: String, code: SettingFinding.Code) {
        let (_, findings) = Reading.flags(values.mapValues { [$0] })
        #expect(findings.map(\.key) == [key])
        #expect(findings.map(\.code) == [code])
        #expect(findings.first?.severity == (code == .advice ? .warning : .error))
    }

    @Test("A default gives way to a shorter time that covers it")
    func defaultsGiveWay() {
        let (settings, findings) = Reading.flags(["altcraft.timeout": ["2s"], "circuit.probe_max": ["500ms"]])
        #expect(findings.isEmpty)
        #expect(settings.altcraft.connectTimeout == .seconds(2))
        #expect(settings.retries.probeMinimum == .milliseconds(500))
    }

    @Test(
        "Plain http is silent to this machine",
        arguments: ["http://localhost:8080", "http://127.0.0.1", "http://[::1]"])
    func loopback(url: String) {
        #expect(Reading.flags(["altcraft.url": [url]]).1.isEmpty)
    }
}
