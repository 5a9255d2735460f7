import BrokerSupport
import Testing

@testable import AMQP

/// What a session sees of a real broker, and that it changes nothing.
@Suite(.timeLimit(.minutes(2)))
struct InspectionBrokerTests {
    private static func declare(_ host: VirtualHost, _ name: String, durable: Bool = true, _ arguments: String) throws {
        try host.broker.evaluate(
            """
            {_, _} = rabbit_amqqueue:declare(
                {resource, <<"\(host.name)">>, queue, <<"\(name)">>}, \(durable), false, [\(arguments)], none, <<"test">>).
            """)
    }

    private static func names(_ host: VirtualHost) throws -> String {
        try host.broker.control(
            "list_queues", "-q", "-p", host.name, "name", "type", "arguments", "messages", "consumers")
    }

    @Test func queuesAreSeenAsTheyAre() async throws {
        try await withVirtualHost { host in
            try Self.declare(host, "plain", "")
            try Self.declare(host, "passing", durable: false, "")
            try Self.declare(
                host, "rich",
                """
                {<<"x-queue-type">>, longstr, <<"quorum">>}, {<<"x-delivery-limit">>, long, 7},
                {<<"x-dead-letter-exchange">>, longstr, <<"it's">>}, {<<"x-overflow">>, longstr, <<"reject-publish">>}
                """)
            let before = try Self.names(host)
            var session = try BrokerSession.open(try host.settings())
            let plain = try session.inspect(queue: "plain", QueueArgument.allCases)
            #expect(plain.presence == .present(QueueStatus(messages: 0, consumers: 0)))
            #expect(plain.declaring == .granted)
            #expect(plain.facts.isDurable)
            #expect(plain.facts[.type] == .absent)
            #expect(plain.facts[.timeToLive] == .absent)
            let passing = try session.inspect(queue: "passing", [.type])
            #expect(!passing.facts.isDurable)
            #expect(passing.facts[.type] == .absent)
            let rich = try session.inspect(queue: "rich", QueueArgument.allCases)
            #expect(rich.facts[.type] == .value("quorum"))
            #expect(rich.facts[.deliveryLimit] == .value("7"))
            #expect(rich.facts[.deadLetterExchange] == .value("it's"))
            #expect(rich.facts[.deadLetterStrategy] == .absent)
            #expect(rich.facts[.overflow] == .value("reject-publish"))
            let none = try session.inspect(queue: "none", QueueArgument.allCases)
            #expect(none.presence == .missing)
            #expect(none.declaring == .granted)
            #expect(try session.hasExchange("amq.topic") == true)
            #expect(try session.hasExchange("none") == false)
            #expect(try session.mayPublish() == .granted)
            #expect(try session.mayConsume("rich") == .granted)
            #expect(try session.mayConsume("plain") == .granted)
            session.close()
            #expect(try Self.names(host) == before)
        }
    }

    @Test func whatTheBridgeDeclaresIsFoundToBeSo() async throws {
        try await withVirtualHost { host in
            let steps: [Topology.Step] = [
                .declareQueue("orders"), .declareParkingQueue("orders.parked"),
                .declareDelayQueue("orders.delay.5s", delayMilliseconds: 5000, returningTo: "orders"),
                .declarePassingQueue("orders.shadow"),
            ]
            var session = try BrokerSession.open(try host.settings())
            #expect(try session.apply(Topology(steps)).failures.isEmpty)
            for step in steps {
                let wanted = try #require(step.declaredArguments(session.server.version))
                let found = try session.inspect(queue: step.queue ?? "", QueueArgument.allCases)
                for argument in QueueArgument.allCases where argument != .consumerTimeout {
                    let reading = wanted[argument].map { QueueFacts.Reading.value($0) } ?? .absent
                    #expect(found.facts[argument] == reading, "\(step) \(argument)")
                }
            }
            session.close()
        }
    }

    @Test func aBrokerWithoutMemoryIsNamedAndNotWaitedForLong() async throws {
        try await withBrokerAlone { host in
            try host.broker.control("set_vm_memory_high_watermark", "0")
            defer { _ = try? host.broker.control("set_vm_memory_high_watermark", "0.4") }
            var settings = try host.settings()
            settings.requestTimeout = .seconds(1)
            var session = try BrokerSession.open(settings)
            do throws(BrokerError) {
                _ = try session.mayPublish()
                Issue.record("it publishes")
            } catch {
                #expect(error.fault == .requestTimeout)
            }
            let blocking = session.blocking
            #expect(blocking?.description.contains("memory") == true)
        }
    }

    @Test func permissionsAreSeenWithoutUsingThem() async throws {
        try await withVirtualHost { host in
            try Self.declare(host, "orders", "")
            let user = "\(host.name)-reader"
            try host.broker.control("add_user", user, "secret")
            try host.broker.control("set_permissions", "-p", host.name, user, "^x$", "^x$", "^x$")
            let settings = ConnectionSettings(
                address: try BrokerAddress(parsing: host.url(user: user, password: "secret")),
                connectionName: "test")
            var session = try BrokerSession.open(settings)
            for permission in [try session.mayConsume("orders"), try session.mayPublish()] {
                guard case .refused(let words) = permission else {
                    Issue.record("\(permission)")
                    continue
                }
                #expect(words.contains("ACCESS_REFUSED"))
                #expect(!words.contains("secret"))
            }
            guard case .refused = try session.inspect(queue: "orders", [.type]).declaring else {
                Issue.record("may declare")
                return
            }
            guard case .refused = try session.inspect(queue: "none", [.type]).declaring else {
                Issue.record("may declare")
                return
            }
            let isUsable = session.isUsable
            #expect(isUsable)
            session.close()
        }
    }
}
