import AMQP
import BrokerSupport
import Foundation
import HTTPSupport
import JSON
import TestSupport
import Testing

/// A bridge with mappings of every kind of launch, against the sandbox with an account that has something for each.
final class LaunchStage {
    /// One launch, as the sandbox lists it.
    struct Launch {
        let request: Int
        let endpoint: String
        let event: String
        let recipient: String
        let node: JSONNode
    }

    static let token = "batch-token-51d0"
    /// The trigger link of campaign 2, up to its last segment.
    static let link = "465ea6fedf0a75fa9ee0b5fb8f9d5fe8"

    let place: TemporaryFolder
    let bridge: Bridge
    private let host: VirtualHost
    private let shop: Shop
    private let port: UInt16
    private let sandbox: Child

    /// Starts the sandbox and the bridge; `altcraft` are further members of that part of the settings.
    init(_ host: VirtualHost, mappings: [String: String], altcraft: String = "", sandbox flags: [String] = []) throws {
        self.host = host
        place = try TemporaryFolder()
        for (name, text) in mappings { try place.write("mappings/\(name).json", text) }
        (sandbox, port) = try Self.startSandbox(place, flags)
        shop = try Shop(host)
        bridge = try Bridge(
            place,
            settings: """
                {
                  "broker": {"url": "\(host.url())", "queue": "orders", "declare": true, "prefetch": 100},
                  "altcraft": {
                    "url": "http://127.0.0.1:\(port)", "token": "\(Self.token)",
                    "links": {"stock": "http://127.0.0.1:\(port)/trg/\(Self.link)"}\(altcraft.isEmpty ? "" : ", ")\(altcraft)
                  },
                  "mappings": {"path": "mappings"}, "retry": {"ladder": ["1s"]}, "state": {"path": "state"},
                  "console": {"address": "127.0.0.1:0"}, "log": {"level": "debug", "format": "json"}
                }
                """)
        try bridge.waitUntilConsuming()
    }

    private static func startSandbox(_ place: TemporaryFolder, _ flags: [String]) throws -> (Child, UInt16) {
        let account = try place.write("account.json", account)
        for _ in 0..<20 {
            let port = UInt16.random(in: 21_000...31_999)
            let arguments = ["--address", "127.0.0.1:\(port)", "--token", token, "--data", account] + flags
            let child = try Child("altcraft-sandbox", arguments, in: place, name: "sandbox")
            try wait(for: "the sandbox listens") {
                try GrowingFile.text(child.output).contains("listening") || !child.isRunning
            }
            if child.isRunning { return (child, port) }
        }
        throw Late(description: "no free port for the sandbox")
    }

    /// The id of a profile of the account.
    static func profile(_ number: Int) -> String { "60ae529b3f62fcde000000" + (number < 10 ? "0" : "") + "\(number)" }

    private static var account: String {
        let profiles = (0..<30).map { number in
            #"{"id": "\#(profile(number))", "email": "p\#(number)@example.com", "#
                + #""fields": {"CRM_ID": "\#(number == 28 ? 29 : number)"}}"#
        }
        return """
            {"campaigns": [{"id": 1, "name": "One", "active": true},
                           {"id": 2, "name": "Two", "active": true, "link": "\(link)"}],
             "scenarios": [{"id": 3, "name": "Three", "active": true, "reentry": true}],
             "profiles": [\(profiles.joined(separator: ",\n"))]}
            """
    }

    /// Publishes events of a kind; their identities are `kind-0`, `kind-1`, ….
    func publish(_ kind: String, _ bodies: [String]) throws {
        for (number, members) in bodies.enumerated() {
            var properties = AMQPProperties()
            properties.messageID = AMQPText("\(kind)-\(number)")
            try shop.publish(Array(#"{"kind": "\#(kind)", \#(members)}"#.utf8), properties)
        }
    }

    /// Waits until so many events of a kind have ended; how, by their number.
    func ends(_ kind: String, _ count: Int) throws -> [String: String] {
        var ends: [String: String] = [:]
        try bridge.wait(until: "the ends of \(count) events \(kind)") { log in
            ends = log.ends.filter { $0.key.hasPrefix("\(kind)-") }.mapValues { $0.last ?? "" }
            return ends.values.count { $0 != "waiting" } >= count
        }
        return ends
    }

    /// Lets faults begin; the body of `POST /sandbox/faults`.
    func fail(_ faults: String) throws {
        let answer = try HTTPClient.ask(port, "/sandbox/faults", method: "POST", body: faults)
        guard answer.status == 200 else { throw Late(description: "faults not taken: \(answer.text)") }
    }

    /// The launches that the sandbox accepted, of one endpoint or all.
    func launches(_ endpoint: String? = nil) throws -> [Launch] {
        let answer = try HTTPClient.ask(port, "/sandbox/launches?limit=100000", seconds: 60)
        let all = try JSONDocument.parse(answer.body).root["launches"]?.elements.map { $0 } ?? []
        return all.map { (node: JSONNode) in
            Launch(
                request: Int(node["request"]?.number?.int64 ?? 0), endpoint: node["endpoint"]?.string ?? "",
                event: node["custom_data"]?["event_id"]?.string ?? "", recipient: node["recipient"]?.text() ?? "",
                node: node)
        }.filter { endpoint == nil || $0.endpoint == endpoint }
    }

    /// What is parked, by event.
    func parked() throws -> [String: String] {
        let messages = try QueueAudit(host: host, queues: ["orders"]).drain("orders.parked")
        return Dictionary(messages.map { ($0.event, $0.end) }) { first, _ in first }
    }
}
