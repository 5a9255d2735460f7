import Testing

@testable import AMQP

@Suite(.timeLimit(.minutes(1)))
struct TopologyTests {
    @Test(arguments: [
        ("3.10.8", ServerVersion(3, 10, 8)), ("4.0.0-rc.1", ServerVersion(4, 0, 0)), ("3.12", ServerVersion(3, 12)),
        ("4.1.2+build", ServerVersion(4, 1, 2)), ("4", nil), ("", nil), ("x.y", nil), ("99999999999999999999.1", nil),
    ])
    func readsVersions(text: String, version: ServerVersion?) {
        #expect(ServerVersion(parsing: text) == version)
    }

    @Test func comparesVersionsByNumbers() {
        #expect(ServerVersion(3, 9) < ServerVersion(3, 10))
        #expect(ServerVersion(3, 13, 9) < ServerVersion(4, 0))
        #expect(ServerVersion(3, 10, 8).description == "3.10.8")
    }

    @Test(
        arguments: [(ServerVersion(3, 13), nil), (ServerVersion(4, 0), .int64(-1)), (nil, .int64(-1))]
            as [(ServerVersion?, AMQPValue?)])
    func aParkingQueueHasNoDeliveryLimit(version: ServerVersion?, limit: AMQPValue?) {
        let arguments = QueueArguments.parking(version)
        #expect(arguments["x-delivery-limit"] == limit)
        #expect(arguments["x-queue-type"] == .text("quorum"))
    }

    @Test func aDelayQueueLosesNothing() {
        let arguments = QueueArguments.delay(milliseconds: 5000, returningTo: "orders")
        #expect(arguments["x-queue-type"] == .text("quorum"))
        #expect(arguments["x-dead-letter-strategy"] == .text("at-least-once"))
        #expect(arguments["x-overflow"] == .text("reject-publish"))
        #expect(arguments["x-message-ttl"] == .int64(5000))
        #expect(arguments["x-dead-letter-exchange"] == .text(""))
        #expect(arguments["x-dead-letter-routing-key"] == .text("orders"))
    }

    @Test func readsWhatAServerSays() {
        let identity = ServerIdentity(properties: ["product": .text("RabbitMQ"), "version": .text("3.10.8")])
        #expect(identity.product == "RabbitMQ" && identity.version == ServerVersion(3, 10, 8))
        let silent = ServerIdentity(properties: ["version": .int8(4), "product": .text(AMQPText(bytes: [0xFF]))])
        #expect(silent.product == nil && silent.version == nil)
    }

    @Test func announcesWhatTheBrokerMustKnow() throws {
        let table = ClientProperties.table(connectionName: "bridge on host 7")
        guard case .table(let capabilities)? = table["capabilities"] else {
            Issue.record("no capabilities")
            return
        }
        for name in ["consumer_cancel_notify", "connection.blocked", "basic.nack", "publisher_confirms"] {
            #expect(capabilities[name] == .boolean(true))
        }
        #expect(table["connection_name"] == .text("bridge on host 7"))
        #expect(throws: Never.self) { try LibraryTable(table) }
    }

    @Test func generationsNeverRepeat() {
        let source = GenerationSource()
        #expect((1...5).map { _ in source.next() } == [1, 2, 3, 4, 5])
    }

    @Test func heartbeatsAreNeverOff() throws {
        let address = try BrokerAddress(parsing: "amqp://h")
        for (asked, taken) in [(0, 1), (-5, 1), (15, 15), (5000, 600)] {
            let settings = ConnectionSettings(address: address, connectionName: "n", heartbeatSeconds: asked)
            #expect(settings.heartbeatSeconds == taken)
        }
        #expect(ConnectionSettings(address: address, connectionName: "n").heartbeatSeconds == 15)
    }
}
