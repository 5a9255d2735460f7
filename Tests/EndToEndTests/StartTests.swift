import AMQP
import BrokerSupport
import HTTPSupport
import JSON
import TestSupport
import Testing

/// How `run` begins: what it refuses and with which exit code, what it waits for, and what it tells meanwhile.
@Suite("End to end: starting", .serialized, .timeLimit(.minutes(5)))
struct StartTests {
    private static func settings(_ url: String, more: String = "") -> String {
        """
        {
          "broker": { "url": "\(url)", "queue": "orders" },
          "altcraft": { "url": "http://127.0.0.1:9", "token": "\(Platform.token)" },
          "mappings": { "path": "mappings" }, "state": { "path": "state" },
          "console": { "address": "127.0.0.1:0" }, "log": { "format": "json" }\(more)
        }
        """
    }

    private static func bridge(_ place: TemporaryFolder, _ settings: String, mapping: String? = nil) throws -> Bridge {
        try place.write("mappings/sale.json", mapping ?? Stage.Plan.sale())
        return try Bridge(place, settings: settings)
    }

    @Test("a queue that is missing is waited for; a parking queue that is missing ends the start with exit code 4")
    func queues() async throws {
        try await withVirtualHost { host in
            let place = try TemporaryFolder()
            let bridge = try Self.bridge(place, Self.settings(host.url()))
            try bridge.wait(until: "the queue is missed") { log in
                log.lines("no connection to the broker").contains { $0["reason"]?.string?.contains("orders") == true }
            }
            #expect(try bridge.ask("/health/ready").status == 503)
            #expect(try bridge.ask("/health/live").status == 200)
            _ = try Shop(host)
            #expect(try bridge.child.end() == 4)
            try Self.expectLines(try GrowingFile.text(bridge.child.errors), "orders.parked")
        }
    }

    /// Publishes what can only be parked, and waits for that.
    private static func park(_ id: String, _ host: VirtualHost, _ bridge: Bridge) throws {
        var properties = AMQPProperties()
        properties.messageID = AMQPText(id)
        try Shop(host).publish(Array("no JSON".utf8), properties)
        try bridge.wait(until: "\(id) is parked") { $0.ends[id] == ["parked"] }
    }

    /// Makes the parking queue as an operator would.
    private static func makeParkingQueue(_ host: VirtualHost) throws {
        var session = try BrokerSession.open(try host.settings("operator"))
        #expect(try session.apply(Topology([.declareParkingQueue("orders.parked")])).failures.isEmpty)
        session.close()
    }

    @Test("queues that are made later, or deleted and made again, need no restart")
    func queuesComeAndGo() async throws {
        try await withVirtualHost { host in
            let place = try TemporaryFolder()
            let bridge = try Self.bridge(place, Self.settings(host.url()))
            func missesParking(_ log: BridgeLog) -> Int {
                log.lines("publisher not connected").count { $0["reason"]?.string?.contains("orders.parked") == true }
            }
            try bridge.wait(until: "both queues are missed") { log in
                missesParking(log) > 0 && log.says("no connection to the broker")
            }
            #expect(try bridge.metric(#"trigger_bridge_alarm{alarm="parking"}"#) == 1)
            try Self.makeParkingQueue(host)
            // The source queue comes with the shop.
            _ = try Shop(host)
            try bridge.waitUntilConsuming()
            try Self.park("first", host, bridge)
            #expect(try bridge.metric(#"trigger_bridge_alarm{alarm="parking"}"#) == 0)

            // Deleted, and made again, while its connection stands.
            try host.deleteQueue("orders.parked")
            var properties = AMQPProperties()
            properties.messageID = "second"
            try Shop(host).publish(Array("no JSON".utf8), properties)
            try bridge.wait(until: "it cannot be parked") { log in
                log.lines("alarm raised").contains { $0["reason"]?.string?.contains("cannot be parked") == true }
            }
            #expect(try bridge.log.ends["second"] == nil, "not acknowledged for want of a place")
            try Self.makeParkingQueue(host)
            try bridge.wait(until: "it is parked") { $0.ends["second"] == ["parked"] }

            // Deleted while the bridge has to connect again.
            try host.deleteQueue("orders.parked")
            let (missed, consumed) = (missesParking(try bridge.log), try bridge.log.lines("consuming").count)
            try host.broker.control("close_all_connections", "-p", host.name, "test")
            try bridge.wait(until: "the parking queue is missed") { missesParking($0) > missed }
            try Self.makeParkingQueue(host)
            try bridge.wait(until: "it consumes again") { $0.lines("consuming").count > consumed }
            try Self.park("third", host, bridge)
            #expect(try bridge.stop() == 0)
            #expect(try QueueAudit(host: host, queues: ["orders"]).drain("orders.parked").map(\.event) == ["third"])
        }
    }

    @Test("a wrong password is told, and tried again; it is told without the password")
    func password() async throws {
        try await withVirtualHost { host in
            let place = try TemporaryFolder()
            let bridge = try Self.bridge(place, Self.settings(host.url(user: "guest", password: "hush-hush-1")))
            try bridge.wait(until: "two attempts") { $0.lines("no connection to the broker").count > 1 }
            let line = try #require(try bridge.log.lines("no connection to the broker").first)
            #expect(line["reason"]?.string?.contains("password") == true)
            #expect(line["retry_ms"] != nil)
            #expect(try bridge.stop() == 0)
            #expect(try !GrowingFile.text(bridge.child.errors).contains("hush-hush-1"))
        }
    }

    /// Whoever collects the log gets lines of JSON and no others, whatever keeps the bridge from starting.
    private static func expectLines(_ said: String, _ part: String) throws {
        let lines = try said.split(separator: "\n").map { try JSONDocument.parse(Array($0.utf8)).root }
        let errors = lines.filter { $0["level"]?.string == "error" && $0["time"] != nil }
        #expect(errors.contains { $0["message"]?.string?.contains(part) == true }, "\(said)")
    }

    @Test("a bad mapping: exit code 1, with file, line and hint")
    func mapping() async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            let text = Stage.Plan.sale().replacing(#""launch""#, with: #""lauch""#)
            let bridge = try Self.bridge(place, Self.settings("amqp://127.0.0.1:1"), mapping: text)
            #expect(try bridge.child.end() == 1)
            let said = try GrowingFile.text(bridge.child.errors)
            #expect(said.contains("mappings/sale.json:2:"))
            #expect(said.contains("lauch") && said.contains("launch"))
            try Self.expectLines(said, "mappings/sale.json cannot go live")
        }
    }

    @Test(
        "settings that are wrong: exit code 2, and the name",
        arguments: [
            (#", "broker_url": "x""#, "broker_url"),
            (#", "limits": { "event_byte": 1 }"#, "limits.event_bytes"),
            (#", "stop": { "deadline": "soon" }"#, "stop.deadline"),
        ])
    func settings(_ more: String, _ told: String) async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            let bridge = try Self.bridge(place, Self.settings("amqp://127.0.0.1:1", more: more))
            #expect(try bridge.child.end() == 2)
            let said = try GrowingFile.text(bridge.child.errors)
            #expect(said.contains(told), "\(said)")
            #expect(!said.contains(Platform.token))
            try Self.expectLines(said, told)
        }
    }

    @Test("a console address that is taken is told once, and had as soon as it is free")
    func console() async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            var holder: FullListener? = try FullListener()
            let port = try #require(holder?.port)
            let settings = Self.settings("amqp://127.0.0.1:1")
                .replacing("127.0.0.1:0", with: "127.0.0.1:\(port)")
            let bridge = try Self.bridge(place, settings)
            try bridge.wait(until: "it is told") { log in
                log.lines.contains { $0["advice"]?.string?.contains("console.address") == true }
            }
            holder = nil
            #expect(holder == nil)
            #expect(try bridge.ask("/health/live").status == 200)
            #expect(try bridge.log.lines.count { $0["advice"]?.string?.contains("console.address") == true } == 1)
        }
    }

    @Test("a ledger that cannot be written keeps the bridge from starting, and not from recording what it has launched")
    func unwritableLedger() async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            let bridge = try Self.bridge(place, Self.settings("amqp://127.0.0.1:1"))
            try bridge.wait(until: "it has begun") { $0.says("no connection to the broker") }
            #expect(try bridge.stop() == 0)
            let line = "ulimit -f 0; exec trigger-bridge run --config '\(place.path("bridge.json"))'"
            let again = try Child(shell: line, in: place, name: "again")
            #expect(try again.end(seconds: 20) == 2)
            let said = try GrowingFile.text(again.errors)
            #expect(said.contains("ledger.sqlite"), "\(said)")
        }
    }

    @Test("a ledger that is none, or of another version, is refused and left alone")
    func ledger() async throws {
        try await onOwnThread {
            let place = try TemporaryFolder()
            try place.write("state/ledger.sqlite", "no ledger at all")
            let bridge = try Self.bridge(place, Self.settings("amqp://127.0.0.1:1"))
            #expect(try bridge.child.end() == 2)
            try Self.expectLines(try GrowingFile.text(bridge.child.errors), "ledger.sqlite")
            #expect(try GrowingFile.text(place.path("state/ledger.sqlite")) == "no ledger at all")
        }
    }
}
