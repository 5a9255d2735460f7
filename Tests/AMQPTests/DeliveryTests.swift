import AMQP
import BrokerSupport
import TestSupport
import Testing

/// What is delivered and what is settled, with a real broker; each test has a virtual host of its own.
@Suite(.timeLimit(.minutes(2)))
struct DeliveryTests {
    /// Publishes to a fresh queue, and takes the one delivery.
    private static func roundTrip(
        _ host: VirtualHost, _ properties: AMQPProperties = .init(), body: [UInt8] = [],
        _ check: (ConsumerDriver, Delivery) throws -> Void = { _, _ in }
    ) throws -> Delivery {
        let consumer = try ConsumerDriver.consuming(host, queue: "orders")
        let publisher = try PublisherDriver.connected(host)
        let outcome = try publisher.outcome(to: "orders", body, properties)
        #expect(outcome == .confirmed)
        try consumer.run { _ in !consumer.deliveries.isEmpty }
        let delivery = try #require(consumer.deliveries.first)
        try check(consumer, delivery)
        return delivery
    }

    @Test func deliversWhatWasPublished() async throws {
        try await withVirtualHost { host in
            var properties = AMQPProperties()
            properties.contentType = "application/json"
            properties.contentEncoding = "gzip"
            properties.priority = 3
            properties.correlationID = "c"
            properties.replyTo = "r"
            properties.expiration = "600000"
            properties.messageID = "m-1"
            properties.timestamp = 1_700_000_000
            properties.type = "order.paid"
            properties.userID = "guest"
            properties.appID = "shop"
            properties.clusterID = "old"
            properties.headers = ["x": .text("y")]
            let delivery = try Self.roundTrip(host, properties, body: Array("{}".utf8)) { consumer, delivery in
                consumer.connection.acknowledge(delivery.receipt)
                try consumer.flush()
                try settled(host, "orders", ready: 0, unacknowledged: 0)
            }
            properties.deliveryMode = 2
            #expect(delivery.body == Array("{}".utf8))
            #expect(delivery.exchange == "" && delivery.routingKey == "orders" && !delivery.redelivered)
            #expect(delivery.properties.headers?["x"] == .text("y"))
            var received = delivery.properties
            received.headers = properties.headers
            #expect(received == properties)
        }
    }

    @Test(arguments: [0, 1, 16_376, 131_064, 131_065, 5 << 20])
    func anySizeOfBodyArrives(size: Int) async throws {
        try await withVirtualHost { host in
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let isSame = try Self.roundTrip(host, body: body).body == body
            #expect(isSame)
        }
    }

    @Test func headersOfEveryTypeArrive() async throws {
        try await withVirtualHost { host in
            let samples = WireTests.samples.map(\.0).filter { if case .uint64 = $0 { false } else { true } }
            var properties = AMQPProperties()
            properties.headers = AMQPTable(
                samples.enumerated().map { .init(AMQPText("h\($0)"), $1) }
                    + [.init("nested", .table(["list": .array(samples)]))])
            let delivery = try Self.roundTrip(host, properties)
            for entry in properties.headers?.entries ?? [] {
                #expect(delivery.properties.headers?.entries.contains(entry) == true, "\(entry)")
            }
        }
    }

    /// Bytes that are not UTF-8 wherever a publisher may put them.
    @Test func foreignBytesArriveAsTheyWere() async throws {
        try await withVirtualHost { host in
            let odd = AMQPText(bytes: [0xFF, 0xC3, 0x28, 0, 0x0A])
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            try host.broker.evaluate(
                """
                R = fun(K, N) -> {resource, <<"\(host.name)">>, K, N} end,
                rabbit_exchange:declare(R(exchange, <<255,1>>), topic, true, false, false, [], <<"test">>),
                rabbit_binding:add({binding, R(exchange, <<255,1>>), <<"#">>, R(queue, <<"orders">>), []}, <<"test">>).
                """
            )
            let publisher = try PublisherDriver.connected(host)
            var properties = AMQPProperties()
            properties.contentType = odd
            properties.contentEncoding = odd
            properties.correlationID = odd
            properties.replyTo = odd
            properties.messageID = odd
            properties.type = odd
            properties.appID = odd
            properties.clusterID = odd
            properties.headers = AMQPTable([.init(odd, .text(odd)), .init("list", .array([.text(odd)]))])
            let exchange = AMQPText(bytes: [0xFF, 1])
            #expect(try publisher.outcome(to: odd, exchange: exchange, odd.bytes, properties) == .confirmed)
            try consumer.run { _ in !consumer.deliveries.isEmpty }
            let delivery = try #require(consumer.deliveries.first)
            #expect(delivery.routingKey == odd && delivery.exchange == exchange && delivery.body == odd.bytes)
            #expect(delivery.properties.headers?.entries.first == .init(odd, .text(odd)))
            #expect(delivery.properties.messageID == odd && delivery.properties.type == odd)
        }
    }

    @Test func randomPropertiesArrive() async throws {
        try await withVirtualHost { host in
            var generator = SeededGenerator(seed: 21)
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            let all = (0..<200).map { _ in AMQPProperties.random(broker: true, using: &generator) }
            for properties in all { try publisher.publish(to: "orders", [], properties) }
            try consumer.run { _ in consumer.deliveries.count == all.count }
            for (sent, delivery) in zip(all, consumer.deliveries) {
                var expected = sent
                expected.deliveryMode = 2
                var headers = sent.headers ?? AMQPTable()
                headers.append("x-bridge-publish", .int64(Int64(delivery.receipt.tag)))
                expected.headers = headers
                #expect(delivery.properties == expected)
            }
        }
    }

    /// A message may be sent on with everything it came with, tables too deep to be decoded included.
    @Test func aCopyOfADeepTableIsTheSame() async throws {
        try await withVirtualHost { host in
            var properties = AMQPProperties()
            properties.headers = AMQPTable([.init("d", .table(try AMQPTable(wire: WireTests.nested(levels: 15_000))))])
            let first = try Self.roundTrip(host, properties)
            // Compared outside: a failed expectation would describe every byte.
            var copied = try #require(first.properties.headers)
            copied.removeAll(named: Publisher.sequenceHeader)
            let isSame = try copied.wire() == properties.headers?.wire()
            #expect(isSame)
        }
    }
}

/// Waits until a queue holds so many messages, as an operator would see it.
func settled(
    _ host: VirtualHost, _ queue: String, ready: Int, unacknowledged: Int,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var seen = (ready: -1, unacknowledged: -1)
    for _ in 0..<20 {
        seen = try host.count(queue)
        if seen == (ready, unacknowledged) { return }
    }
    Issue.record("\(queue) holds \(seen)", sourceLocation: sourceLocation)
}
