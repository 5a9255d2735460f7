import AMQP
import BrokerSupport
import Testing

/// What is true of a real broker: each test has a virtual host of its own.
@Suite(.timeLimit(.minutes(2)))
struct BrokerTests {
    @Test func deliversWhatWasPublished() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            var properties = AMQPProperties()
            properties.contentType = "application/json"
            properties.messageID = "m-1"
            #expect(try publisher.outcome(to: "orders", Array("{}".utf8), properties) == .confirmed)
            try consumer.run { _ in !consumer.deliveries.isEmpty }
            let delivery = try #require(consumer.deliveries.first)
            #expect(delivery.body == Array("{}".utf8))
            #expect(delivery.properties.messageID == "m-1")
            #expect(delivery.properties.deliveryMode == 2)
            consumer.connection.acknowledge(delivery.receipt)
            try consumer.flush()
            #expect(try host.count("orders") == (0, 0))
        }
    }
}
