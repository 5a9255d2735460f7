import AMQP
import Altcraft
import BrokerSupport
import HTTPSupport
import Mapping
import Outcome
import Poll
import Relay
import Telemetry
import Testing

@testable import Bridge

/// What the reactor makes of a platform that does not offer the probe, of a launch that it cannot write, of a list that is
/// longer than what is evaluated at once, and of a broker that blocks.
@Suite("The reactor and its counterparts", .timeLimit(.minutes(2)))
struct ReactorPlatformTests {
    private static func mappings(_ text: String) throws -> LiveMappings {
        let (set, diagnostics) = MappingSet.compile(files: [SourceFile(name: "m.json", text: text)])
        try #require(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)")
        return LiveMappings(set)
    }

    private static let link = """
        {"name": "link", "when": {"body": {"email": [{"exists": true}]}}, "launch": {"link": "welcome"},
         "recipient": [{"matching": "email", "email": "$.email"}]}
        """

    @Test(
        "A probe that cannot tell lets one launch try; one that is well lets it go, one that is sick does not",
        arguments: [
            (404, "not found", true), (405, "", true), (501, "", true), (403, #"{"error":403}"#, true),
            (200, #"{"error":0,"data":{"id":7}}"#, true), (200, #"{"error":301,"error_text":"no"}"#, true),
            (503, "", false), (200, "<html>", false), (401, #"{"error":401}"#, false), (500, "", false),
        ])
    func probes(status: Int, body: String, isTried: Bool) async throws {
        try await onOwnThread {
            let script = ReactorScript()
            // The launch, its probe, and whatever comes then.
            let platform = try ScriptedServer { _, request in
                switch request {
                case 0: .answer(401, #"{"error":401,"error_text":"token"}"#)
                case 1: .answer(status, body)
                default: .answer(200, #"{"error":0,"data":{"id":7}}"#)
                }
            }
            defer { platform.stop() }
            let mappings = try ReactorScript.mappings(delivery: "{}")
            let bench = try ReactorBench(script.source(["a@example.com"]), platform) { parts in
                parts.mappings = mappings
                parts.relay.inFlight = 1
            }
            #expect(bench.says("launched"))
            #expect(bench.stop() == .stopped)
            let paths = platform.log.requests.map { $0.head.contains("/triggers/start") ? "launch" : "probe" }
            // The one that is sick is asked again before anything is launched.
            #expect(paths.prefix(3) == ["launch", "probe", isTried ? "launch" : "probe"], "\(paths)")
            #expect(paths.last == "launch" || paths.dropLast().last == "launch")
        }
    }

    @Test("Without a campaign to ask about, a launch is the probe")
    func withoutCampaign() async throws {
        try await onOwnThread {
            let script = ReactorScript()
            let platform = try ScriptedServer { _, request in
                request == 0 ? .answer(401, #"{"error":401}"#) : .answer(200, #"{"error":0}"#)
            }
            defer { platform.stop() }
            let mappings = try Self.mappings(Self.link)
            let base = "http://127.0.0.1:\(platform.port)"
            let bench = try ReactorBench(script.source(["a@example.com"]), platform) { parts in
                parts.mappings = mappings
                parts.encoder = RequestEncoder(baseURL: base, links: ["welcome": base + "/trg/abc"])
                parts.relay.inFlight = 1
            }
            #expect(bench.says("launched"))
            #expect(bench.stop() == .stopped)
            let requests = platform.log.requests
            #expect(requests.count == 2)
            #expect(requests.allSatisfy { $0.head.hasPrefix("GET /trg/abc/") })
            #expect(script.steps == ["acknowledged 1"])
        }
    }

    @Test("A launch by a link that no setting names is parked with its words, and nothing is sent")
    func unwritable() async throws {
        try await onOwnThread {
            let script = ReactorScript()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let mappings = try Self.mappings(Self.link)
            let bench = try ReactorBench(script.source(["a@example.com"]), platform) { $0.mappings = mappings }
            #expect(bench.says("parked"))
            #expect(bench.stop() == .stopped)
            let line = bench.probe.lines("parked").first ?? ""
            #expect(line.contains(#""outcome":"refused","reason":"refused""#), "\(line)")
            #expect(line.contains("error 0: ") && line.contains("welcome"), "\(line)")
            #expect(platform.log.requests.isEmpty)
            #expect(bench.probe.health.circuit == .closed)
        }
    }

    @Test("A list that is longer than what is evaluated at once is launched to its end, and acknowledged once")
    func stream() async throws {
        let people = 1_100
        let list = """
            {"name": "list", "when": {"body": {"people": [{"exists": true}]}}, "for_each": {"path": "$.people[*]"},
             "launch": {"campaign": 7}, "recipient": [{"matching": "email", "email": "@"}]}
            """
        try await onOwnThread {
            let script = ReactorScript()
            let platform = try ScriptedServer(always: .answer(200, #"{"error":0}"#))
            defer { platform.stop() }
            let mappings = try Self.mappings(list)
            let names = (0..<people).map { "\"p\($0)@example.com\"" }.joined(separator: ",")
            let source = try FakeBroker { connection in
                guard connection.login() else { return }
                connection.subscribe()
                connection.deliver(1, body: Array("{\"people\":[\(names)]}".utf8))
                while let frame = connection.readFrame() {
                    if frame.payload.starts(with: [0, 60, 0, 80]) { script.add("acknowledged \(frame.payload[11])") }
                    guard frame.payload.starts(with: [0, 10, 0, 50]) else { continue }
                    connection.send(.init(10, 51), [], channel: 0)
                }
            }
            let bench = try ReactorBench(source, platform) { $0.mappings = mappings }
            #expect(bench.probe.waitUntil(within: .seconds(60)) { !$0.lines("launched").isEmpty })
            #expect(bench.stop() == .stopped)
            let bodies = Set(platform.log.requests.map { String(decoding: $0.body, as: UTF8.self) })
            #expect(platform.log.requests.count == people && bodies.count == people, "each once")
            #expect(bench.probe.lines("launched").first?.contains("\"launches\":\(people)") == true)
            #expect(script.steps == ["acknowledged 1"])
        }
    }

    @Test("A broker that blocks the consuming connection is told in its own words; what was received is launched")
    func blocked() async throws {
        try await onOwnThread {
            let platform = try ScriptedServer(always: .answer(200, #"{"error":0}"#))
            defer { platform.stop() }
            let source = try FakeBroker { connection in
                guard connection.login() else { return }
                connection.subscribe()
                connection.send(.init(10, 60), [8] + Array("low\non d".utf8), channel: 0)
                connection.deliver(1, body: ReactorBench.event(1))
                connection.awaitClose()
            }
            let bench = try ReactorBench(source, platform)
            #expect(bench.says("launched"))
            #expect(bench.stop() == .stopped)
            let lines = bench.probe.lines("the broker blocks publishers: ")
            #expect(lines.count == 1)
            #expect(lines.first?.contains(#"the broker blocks publishers: low\\x0Aon d"#) == true, "\(lines)")
        }
    }
}
