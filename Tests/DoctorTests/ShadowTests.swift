import AMQP
import BrokerSupport
import HTTPSupport
import TestSupport
import Testing

/// `run --shadow` as a program, with a real broker.
@Suite("The shadow", .timeLimit(.minutes(3)))
struct ShadowTests {
    private static func declareSource(_ host: VirtualHost) throws {
        try host.declareExchange("shop")
        var session = try BrokerSession.open(try host.settings())
        let report = try session.apply(
            Topology([.declareQueue("orders"), .bind(queue: "orders", exchange: "shop", routingKey: "order.*")]))
        #expect(report.failures.isEmpty)
        session.close()
    }

    private static func shadow(
        _ place: TemporaryFolder, _ host: VirtualHost, _ platform: ScriptedServer, _ more: [String] = []
    ) throws -> Program {
        try Program("trigger-bridge", ["run", "--shadow"] + place.flags(host.url(), platform: platform.port, more))
    }

    @Test("It says what would be launched, calls nobody, and leaves the source queue as it is")
    func looksOn() async throws {
        try await withVirtualHost { host in
            try Self.declareSource(host)
            let place = try TemporaryFolder.withMappings()
            try place.writeMapping()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let shop = try PublisherDriver.connected(host)
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", Array("{}".utf8)) == .confirmed)

            let shadow = try Self.shadow(place, host, platform, ["--recipients-allow", "@example.com"])
            try shadow.wait(for: #""message":"mappings live""#, #""mappings":1"#)
            try shadow.wait(for: "orders.shadow", "consuming")
            let events = [
                ("order.paid", #"{"email": "anna@example.com", "number": 7}"#),
                ("order.paid", #"{"email": "bert@elsewhere.org", "number": 8}"#), ("order.paid", "{"),
                ("order.other", #"{"email": "carl@example.com", "number": 9}"#),
            ]
            for (key, body) in events {
                #expect(try shop.outcome(to: AMQPText(key), exchange: "shop", Array(body.utf8)) == .confirmed)
            }
            let launch = try shadow.wait(for: #""message":"would launch""#)
            for part in [#""launch":"campaign 4101""#, #""mapping":"paid""#, "a***@example.com", #""shadow":true"#] {
                #expect(launch.contains(part), "\(launch)")
            }
            #expect(!launch.contains("anna") && !launch.contains(#""content""#))
            try shadow.wait(for: #""message":"would skip""#, #""reason":"not_allowed""#)
            try shadow.wait(for: #""message":"would park""#, #""reason":"not_json""#)
            #expect(shadow.stop() == 0)

            // What was not bound did not come; nothing was called; the source queue has all five, none delivered.
            #expect(!shadow.said.contains("carl") && shadow.lines("would launch").count == 1)
            #expect(platform.log.accepted == 0)
            var session = try BrokerSession.open(try host.settings())
            let report = try session.apply(Topology([.expectQueue("orders"), .expectQueue("orders.shadow")]))
            session.close()
            #expect(report.queues == ["orders": QueueStatus(messages: 5, consumers: 0)])
            #expect(!place.has("state"))
        }
    }

    @Test("It shows the content where it is asked to, and needs no token")
    func content() async throws {
        try await withVirtualHost { host in
            try Self.declareSource(host)
            let place = try TemporaryFolder.withMappings()
            try place.writeMapping()
            let shadow = try Program(
                "trigger-bridge",
                [
                    "run", "--shadow", "--show-content", "--broker-url", host.url(), "--broker-queue", "orders",
                    "--mappings-path", place.path("mappings"), "--console-address", "off", "--log-format", "json",
                ])
            try shadow.wait(for: "orders.shadow", "consuming")
            let shop = try PublisherDriver.connected(host)
            let body = Array(#"{"email": "anna@example.com", "number": 7}"#.utf8)
            #expect(try shop.outcome(to: "order.paid", exchange: "shop", body) == .confirmed)
            let line = try shadow.wait(for: "would launch")
            #expect(line.contains(#"\"number\":7"#), "\(line)")
            #expect(shadow.stop() == 0)
        }
    }

    @Test("It says which mappings name nothing to bind, and sees what somebody binds for them")
    func unbound() async throws {
        try await withVirtualHost { host in
            try host.declareExchange("shop")
            let place = try TemporaryFolder.withMappings()
            try place.writeMapping("any", when: #"{"body": {"number": [{"exists": true}]}}"#)
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let shadow = try Self.shadow(place, host, platform)
            let warning = try shadow.wait(for: "no exchange or no routing key: any")
            #expect(warning.contains("destination=orders.shadow"))
            try shadow.wait(for: "orders.shadow", "consuming")
            var session = try BrokerSession.open(try host.settings())
            _ = try session.apply(Topology([.bind(queue: "orders.shadow", exchange: "shop", routingKey: "#")]))
            session.close()
            let shop = try PublisherDriver.connected(host)
            let body = Array(#"{"email": "anna@example.com", "number": 7}"#.utf8)
            #expect(try shop.outcome(to: "x", exchange: "shop", body) == .confirmed)
            try shadow.wait(for: "would launch")
            #expect(shadow.stop() == 0)
        }
    }

    @Test("A second shadow, and an exchange that is missing, are refused with the reason")
    func refused() async throws {
        try await withVirtualHost { host in
            try Self.declareSource(host)
            let place = try TemporaryFolder.withMappings()
            try place.writeMapping()
            let platform = try ScriptedServer(always: .answer())
            defer { platform.stop() }
            let first = try Self.shadow(place, host, platform)
            try first.wait(for: "orders.shadow", "consuming")
            let second = try Program.run(["run", "--shadow"] + place.flags(host.url(), platform: platform.port))
            #expect(second.exit == 4)
            #expect(second.errors.contains("another shadow consumes orders.shadow"))
            #expect(first.stop() == 0)

            try place.writeMapping("lost", when: #"{"exchange": ["depot"], "routing_key": ["x"]}"#)
            let third = try Program.run(["run", "--shadow"] + place.flags(host.url(), platform: platform.port))
            #expect(third.exit == 4)
            #expect(third.errors.contains(#"there is no exchange \"depot\""#))
        }
    }
}
