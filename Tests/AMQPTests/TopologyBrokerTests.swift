import AMQP
import BrokerSupport
import Testing

/// Declarations on a real broker.
@Suite(.timeLimit(.minutes(2)))
struct TopologyBrokerTests {
    private static func apply(_ host: VirtualHost, _ steps: [Topology.Step]) throws -> TopologyReport {
        var session = try BrokerSession.open(try host.settings())
        let report = try session.apply(Topology(steps))
        let isUsable = session.isUsable
        #expect(isUsable)
        session.close()
        return report
    }

    @Test func missingThingsAreNamedAndTheRestGoesOn() async throws {
        try await withVirtualHost { host in
            let report = try Self.apply(
                host,
                [
                    .expectQueue("orders"), .expectExchange("shop"), .expectExchange(""), .declareQueue("orders"),
                    .bind(queue: "orders", exchange: "shop", routingKey: "#"),
                    .bind(queue: "none", exchange: "amq.topic", routingKey: "#"),
                    .bind(queue: "orders", exchange: "amq.topic", routingKey: "order.*"), .expectExchange("amq.topic"),
                    .expectQueue("orders"),
                ])
            #expect(
                report.failures.map(\.error.fault) == [
                    .queueMissing(name: "orders"), .exchangeMissing(name: "shop"), .exchangeMissing(name: "shop"),
                    .queueMissing(name: "none"),
                ])
            #expect(report.queues["orders"]?.messages == 0 && report.queues["orders"]?.consumers == 0)
        }
    }

    @Test func declaringTwiceIsFineAndDifferentlyIsNot() async throws {
        try await withVirtualHost { host in
            #expect(try Self.apply(host, [.declareQueue("a"), .declareQueue("a")]).failures.isEmpty)
            let report = try Self.apply(
                host, [.declareDelayQueue("a", delayMilliseconds: 1000, returningTo: "b"), .expectQueue("a")])
            guard case .preconditionFailed? = report.failures.first?.error.fault else {
                Issue.record("\(report)")
                return
            }
            #expect(report.failures.count == 1 && report.queues["a"] != nil)
        }
    }

    @Test func bindingsRouteAndCountsAreTold() async throws {
        try await withVirtualHost { host in
            _ = try Self.apply(
                host, [.declareQueue("orders"), .bind(queue: "orders", exchange: "amq.topic", routingKey: "order.*")])
            let publisher = try PublisherDriver.connected(host)
            #expect(try publisher.outcome(to: "order.paid", exchange: "amq.topic") == .confirmed)
            guard case .returned(let code, _)? = try publisher.outcome(to: "other", exchange: "amq.topic") else {
                Issue.record("routed")
                return
            }
            #expect(code == 312)
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            try consumer.run { _ in consumer.deliveries.count == 1 }
            #expect(consumer.deliveries[0].exchange == "amq.topic" && consumer.deliveries[0].routingKey == "order.paid")
            let report = try Self.apply(host, [.expectQueue("orders")])
            #expect(report.queues["orders"]?.consumers == 1)
        }
    }

    @Test func aParkingQueueDoesNotLoseWhatIsLookedAtOften() async throws {
        try await withVirtualHost { host in
            _ = try Self.apply(host, [.declareParkingQueue("orders.parked")])
            try PublisherDriver.connected(host).publishAll(to: "orders.parked", [[1]])
            let consumer = try ConsumerDriver(
                host.settings(), ConsumerSettings(queue: "orders.parked", consumerTag: "look"),
                Topology([.expectQueue("orders.parked")]))
            consumer.connection.resume()
            try consumer.run(onEvent: { event in
                if case .delivery(let delivery) = event { consumer.connection.reject(delivery.receipt, requeue: true) }
            }) { _ in consumer.deliveries.count == 30 }
            consumer.connection.close()
            try consumer.run { $0.contains(.closed(nil)) }
            try settled(host, "orders.parked", ready: 1, unacknowledged: 0)
        }
    }

    @Test func aDelayQueueGivesBackAfterItsTime() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            _ = try Self.apply(host, [.declareDelayQueue("orders.1s", delayMilliseconds: 300, returningTo: "orders")])
            try PublisherDriver.connected(host).publishAll(to: "orders.1s", [[1], [2]])
            try consumer.run { _ in consumer.deliveries.count == 2 }
            #expect(consumer.deliveries.map(\.body) == [[1], [2]])
            #expect(consumer.deliveries.allSatisfy { $0.exchange == "" && $0.routingKey == "orders" })
        }
    }
}
