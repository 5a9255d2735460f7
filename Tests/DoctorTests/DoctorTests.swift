import AMQP
import BrokerSupport
import HTTPSupport
import JSON
import TestSupport
import Testing

/// `doctor` as a program, with a real broker.
@Suite("The doctor", .timeLimit(.minutes(3)))
struct DoctorTests {
    /// A platform that describes every campaign as active.
    private static let active = Exchange.answer(
        200,
        #"{"error":0,"error_text":"","data":{"id":4101,"name":"Paid","is_active":true,"trigger_type":"api_call"}}"#)

    private static let declarations: [Topology.Step] = [
        .declareQueue("orders"), .declareParkingQueue("orders.parked"),
        .declareDelayQueue("orders.delay.5s", delayMilliseconds: 5_000, returningTo: "orders"),
    ]

    /// Makes what a bridge needs, but for what a case leaves out.
    private static func lay(_ host: VirtualHost, without left: Set<String> = []) throws -> TemporaryFolder {
        try host.declareExchange("shop")
        var session = try BrokerSession.open(try host.settings())
        let steps = declarations.filter { !left.contains($0.queue ?? "") }
        #expect(try session.apply(Topology(steps)).failures.isEmpty)
        session.close()
        let place = try TemporaryFolder.withMappings()
        try place.writeMapping()
        return place
    }

    /// The severities of a check, by subject.
    private static func severities(_ outcome: Program.Outcome, _ check: String) throws -> [String] {
        let findings = try #require(try outcome.json["findings"]?.elements)
        return findings.filter { $0["check"]?.string == check }.compactMap { $0["severity"]?.string }
    }

    private static func verdict(_ outcome: Program.Outcome) throws -> String? { try outcome.json["verdict"]?.string }

    @Test("All right: nothing is launched, nothing is changed, no secret is shown")
    func healthy() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: Self.active)
            defer { platform.stop() }
            let before = try host.broker.control("list_queues", "-q", "-p", host.name, "name", "messages", "arguments")
            let flags = place.flags(host.url(), platform: platform.port)
            let outcome = try Program.run(["doctor"] + flags)
            #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.hasSuffix("verdict: the bridge would work; 0 warnings\n"))
            #expect(outcome.output.contains("RabbitMQ 3."))
            #expect(outcome.output.contains("\"Paid\" is active"))
            #expect(outcome.output.contains("rabbitmqctl eval 'application:get_env(rabbit, consumer_timeout).'"))
            for secret in ["guest:guest", "right-token"] {
                #expect(!(outcome.output + outcome.errors).contains(secret))
            }
            #expect(platform.log.requests.allSatisfy { $0.head.hasPrefix("POST /api/v1.1/campaigns/triggers/get") })
            let after = try host.broker.control("list_queues", "-q", "-p", host.name, "name", "messages", "arguments")
            #expect(before == after)

            let json = try Program.run(["doctor", "--json"] + flags)
            #expect(json.exit == 0)
            #expect(try Self.verdict(json) == "ready")
            #expect(try Self.severities(json, "parking.queue") == ["ok"])
            #expect(try Self.severities(json, "delay.queue") == ["ok"])
            #expect(try Self.severities(json, "permission.consume") == ["ok"])
            #expect(try Self.severities(json, "permission.publish") == ["ok"])
            #expect(try Self.severities(json, "platform.token") == ["ok"])
            #expect(try Self.severities(json, "campaign") == ["ok"])
            #expect(try Self.severities(json, "ledger") == ["ok"])
        }
    }

    @Test("A parking queue that is missing stops the bridge, and run would say so too")
    func missingParkingQueue() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host, without: ["orders.parked"])
            let platform = try ScriptedServer(always: Self.active)
            defer { platform.stop() }
            let flags = place.flags(host.url(), platform: platform.port)
            let outcome = try Program.run(["doctor", "--json"] + flags)
            #expect(outcome.exit == 1, "\(outcome.output)\(outcome.errors)")
            #expect(try Self.severities(outcome, "parking.queue") == ["error"])
            #expect(try Self.verdict(outcome) == "findings")
            #expect(try Program.run(["run"] + flags).exit == 4)
            // With broker.declare it is made at the start, and not before.
            let declaring = try Program.run(["doctor", "--json", "--broker-declare"] + flags)
            #expect(declaring.exit == 0, "\(declaring.output)")
            #expect(try host.count("orders.parked").ready == -1)
        }
    }

    @Test("A classic queue is a warning, and an error where another one would be declared")
    func classicQueue() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host, without: ["orders"])
            try host.declareQueue("orders", #"{<<"x-message-ttl">>, long, 60000}"#)
            let platform = try ScriptedServer(always: Self.active)
            defer { platform.stop() }
            let flags = place.flags(host.url(), platform: platform.port)
            let outcome = try Program.run(["doctor", "--json"] + flags)
            #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
            #expect(try Self.severities(outcome, "queue.kind") == ["warning"])
            #expect(try Self.severities(outcome, "queue.limits") == ["warning"])
            let declaring = try Program.run(["doctor", "--json", "--broker-declare"] + flags)
            #expect(declaring.exit == 1, "\(declaring.output)")
            #expect(try Self.severities(declaring, "queue.kind") == ["error"])
        }
    }

    @Test("A wrong password is told apart, and the platform is looked at all the same")
    func wrongPassword() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: Self.active)
            defer { platform.stop() }
            let url = host.url(password: "wrong-password")
            let outcome = try Program.run(["doctor"] + place.flags(url, platform: platform.port))
            #expect(outcome.exit == 4, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("the login was refused"))
            #expect(outcome.output.contains("check user and password in broker.url"))
            #expect(outcome.output.contains("the platform takes the token"))
            #expect(!(outcome.output + outcome.errors).contains("wrong-password"))
        }
    }

    @Test("A wrong token is told, with what to do, and not shown although the platform quotes it")
    func wrongToken() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let refusal = #"{"error":401,"error_text":"token wrong-token is not known"}"#
            let platform = try ScriptedServer(always: .answer(200, refusal))
            defer { platform.stop() }
            let flags = place.flags(host.url(), platform: platform.port, token: "wrong-token")
            let outcome = try Program.run(["doctor", "--json"] + flags)
            #expect(outcome.exit == 1, "\(outcome.output)\(outcome.errors)")
            #expect(try Self.severities(outcome, "platform.token") == ["error"])
            #expect(!(outcome.output + outcome.errors).contains("wrong-token"))
        }
    }

    @Test("A platform that is down, and one that never answers, end with 5 in bounded time")
    func platformDown() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: .hang)
            let flags = place.flags(host.url(), platform: platform.port)
            let hanging = try Program.run(["doctor", "--json"] + flags + ["--altcraft-timeout", "1s"])
            platform.stop()
            let down = try Program.run(["doctor", "--json"] + flags)
            for outcome in [hanging, down] {
                #expect(outcome.exit == 5, "\(outcome.output)\(outcome.errors)")
                #expect(try Self.severities(outcome, "platform.connection") == ["error"])
                #expect(try Self.verdict(outcome) == "platform_unreachable")
                #expect(try Self.severities(outcome, "queue.present") == ["ok"])
            }
        }
    }

    @Test("A clock that is wrong is a warning with its size")
    func clockSkew() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let body = #"{"error":0,"data":{"id":4101,"is_active":true,"trigger_type":"api_call"}}"#
            let date = "Date: Tue, 01 Jan 2030 00:00:00 GMT"
            let platform = try ScriptedServer(
                always: .answer(200, body, headers: ["Content-Type: application/json", date]))
            defer { platform.stop() }
            let outcome = try Program.run(["doctor", "--json"] + place.flags(host.url(), platform: platform.port))
            #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
            #expect(try Self.severities(outcome, "platform.clock") == ["warning"])
            #expect(outcome.output.contains("ahead of this machine's"))
        }
    }

    @Test("Another consumer beside a local ledger is a warning; with the ledger off it is none")
    func secondConsumer() async throws {
        try await withVirtualHost { host in
            let place = try Self.lay(host)
            let platform = try ScriptedServer(always: Self.active)
            defer { platform.stop() }
            let other = try ConsumerDriver(
                host.settings("other"), ConsumerSettings(queue: "orders", consumerTag: "other"),
                Topology([.expectQueue("orders")]))
            other.connection.resume()
            try other.run { $0.contains(.consuming) }
            let flags = place.flags(host.url(), platform: platform.port)
            let outcome = try Program.run(["doctor", "--json"] + flags)
            #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
            #expect(try Self.severities(outcome, "queue.consumers") == ["warning"])
            let without = try Program.run(["doctor", "--json", "--ledger-enabled=false"] + flags)
            #expect(try Self.severities(without, "queue.consumers") == ["ok"])
            #expect(try Self.severities(without, "ledger") == ["warning"])
        }
    }

    @Test("A port that takes connections and says nothing is given up, and the platform is reported all the same")
    func silentBroker() async throws {
        let place = try TemporaryFolder.withMappings()
        try place.writeMapping()
        let broker = try ScriptedServer(always: Exchange(.nothing, [.hang]))
        let platform = try ScriptedServer(always: Self.active)
        let flags = place.flags("amqp://127.0.0.1:\(broker.port)", platform: platform.port)
        let outcome = try await onOwnThread { try Program.run(["doctor", "--json"] + flags) }
        broker.stop()
        platform.stop()
        #expect(outcome.exit == 4, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("the login was not answered in time"))
        #expect(try Self.severities(outcome, "platform.token") == ["ok"])
    }

    @Test("Settings that are wrong end with 2 before anything is asked")
    func settings() throws {
        let place = try TemporaryFolder.withMappings()
        let outcome = try Program.run(["doctor", "--mappings-path", place.path("mappings")])
        #expect(outcome.exit == 2)
        #expect(outcome.errors.contains("broker.url: is not set"))
        #expect(outcome.output.isEmpty)
    }
}
