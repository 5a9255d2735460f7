import BrokerSupport
import Foundation
import Poll
import TestSupport
import Testing

/// Everything of one scenario: a virtual host, the sandbox, the bridge, a shop, and a folder for their files.
final class Stage {
    /// How the bridge of a scenario is set up.
    struct Plan {
        /// The mappings, by file name.
        var mappings = ["sale": Plan.sale()]
        /// Settings that differ from the scenario's usual ones, as flags.
        var flags: [String] = []
        /// The delay queues.
        var ladder = ["1s", "2s"]

        /// A mapping that launches a campaign for each sale; `delivery` is the text of that member.
        static func sale(_ name: String = "sale", campaign: Int = 1, delivery: String = "{}") -> String {
            """
            {
              "name": "\(name)", "when": { "body": { "kind": ["sale"] } }, "launch": { "campaign": \(campaign) },
              "recipient": [{ "matching": "email", "email": "$.email" }],
              "content": { "place": "$.place" },
              "custom_data": { "event_id": { "$meta": "/properties/message_id" } },
              "delivery": \(delivery)
            }
            """
        }
    }

    let host: VirtualHost
    let place: TemporaryFolder
    let platform: Platform
    let shop: Shop
    let bridge: Bridge
    let audit: QueueAudit
    private(set) var published: [ShopEvent] = []
    private var crashes = 0
    private let begin = MonotonicTime.now()

    /// Sets everything up; the bridge consumes when this returns.
    init(_ host: VirtualHost, _ plan: Plan = Plan()) throws {
        self.host = host
        place = try TemporaryFolder()
        for (name, text) in plan.mappings { try place.write("mappings/\(name).json", text) }
        platform = try Platform(place, recipients: ShopEvent.recipients)
        shop = try Shop(host)
        bridge = try Bridge(place, settings: Self.settings(host, platform, plan), arguments: plan.flags)
        audit = QueueAudit(host: host, queues: ["orders"] + plan.ladder.map { "orders.delay.\($0)" })
        try bridge.waitUntilConsuming()
    }

    /// The settings: everything quick, so that a scenario meets many rounds of them.
    private static func settings(_ host: VirtualHost, _ platform: Platform, _ plan: Plan) -> String {
        """
        {
          "broker": {
            "url": "\(host.url())", "queue": "orders", "declare": true, "prefetch": 100, "heartbeat": "2s"
          },
          "altcraft": {
            "url": "http://127.0.0.1:\(platform.port)", "token": "\(Platform.token)", "in_flight": 16, "timeout": "20s"
          },
          "mappings": { "path": "mappings" },
          "circuit": { "probe_min": "100ms", "probe_max": "500ms" },
          "retry": { "ladder": [\(plan.ladder.map { "\"\($0)\"" }.joined(separator: ", "))] },
          "state": { "path": "state" },
          "console": { "address": "127.0.0.1:0" },
          "log": { "level": "debug", "format": "json" }
        }
        """
    }

    /// Ends the bridge as a power cut would, and starts it again.
    func crashBridge() throws {
        crashes += 1
        try bridge.child.crash()
        try bridge.restart()
        try bridge.waitUntilConsuming()
    }

    /// Publishes events and remembers them.
    func publish(_ events: [ShopEvent]) throws {
        published += events
        try shop.publish(events)
    }

    /// Waits until the platform's present run has accepted so many launches.
    func waitForLaunches(_ count: Int) throws {
        try wait(for: "\(count) launches") { try platform.launchCount() >= count }
    }

    /// Waits until nothing waits anywhere, ends the bridge in order, and reckons up.
    func settle(_ name: String, seconds: Int = 120) throws -> Reckoning {
        try waitUntilDrained(seconds: seconds)
        #expect(try bridge.stop() == 0, "an orderly stop")
        var reckoning = try reckon()
        if crashes > 0 { reckoning.forgiveLostLines() }
        print(reckoning.line(name), "in \(MonotonicTime.now().since(begin).nanoseconds / 1_000_000) ms")
        return reckoning
    }

    /// Waits until each event has an end: by the log, or, where a crash took lines with it, by the broker.
    private func waitUntilDrained(seconds: Int) throws {
        let ids = Set(published.map(\.id))
        var quiet = 0
        var without = ids
        do {
            try wait(for: "an end for every event", seconds: seconds, every: 100) {
                without = ids.subtracting(try logs().flatMap { $0.ends.keys })
                if without.isEmpty { return holdNothing }
                quiet = try isQuiet() ? quiet + 1 : 0
                return quiet >= 15
            }
        } catch let late as Late {
            let (ready, tail) = (try? audit.ready(), try? bridge.log.tellingLines.suffix(10).joined(separator: "\n"))
            throw Late(
                description: "\(late.description); \(without.count) have none: \(without.sorted().prefix(5)); "
                    + "queues: \(ready ?? [:]); the bridge said last:\n\(tail ?? "")")
        }
    }

    /// Whether nothing is ready in any queue and nothing in flight.
    private func isQuiet() throws -> Bool {
        guard try bridge.metric("trigger_bridge_deliveries_in_flight") == 0 else { return false }
        return holdNothing
    }

    /// Whether no queue holds anything; a broker that has just been through something may not answer yet.
    private var holdNothing: Bool {
        (try? audit.ready())?.values.allSatisfy { $0 == 0 } ?? false
    }

    /// The logs of all runs so far.
    private func logs() throws -> [BridgeLog] {
        _ = try bridge.log
        return bridge.logs
    }

    /// Expects JSON lines, and neither the token nor an address in clear.
    private func expectClean(_ log: BridgeLog) throws {
        #expect(log.foreign.isEmpty, "every line is JSON")
        let text = try GrowingFile.text(log.path)
        #expect(!text.contains(Platform.token) && !text.contains("guest:guest"), "no secret is told")
        #expect(!text.contains(/person-[0-9]+@/), "addresses are masked")
    }

    /// Reckons up; the bridge has ended, so whatever it had not settled is in a queue again.
    func reckon() throws -> Reckoning {
        let logs = try logs()
        let skipped = logs.flatMap { log in
            log.ends.filter { $0.value.contains("skipped") }.map { ($0.key, log.reasons[$0.key] ?? "") }
        }
        for log in logs { try expectClean(log) }
        return Reckoning(
            published: published, launches: try platform.launches(), parked: try audit.drain("orders.parked"),
            skipped: Dictionary(skipped) { first, _ in first },
            unsure: logs.reduce(into: []) { $0.formUnion($1.unsure) },
            left: try audit.ready().filter { $0.value != 0 })
    }
}
