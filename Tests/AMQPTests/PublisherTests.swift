import AMQP
import BrokerSupport
import Testing

/// Publishing to a real broker: every publication gets exactly one outcome, and the right one.
@Suite(.timeLimit(.minutes(2)))
struct PublisherTests {
    @Test func confirmsManyInAnyOrder() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            let bodies = (0..<2000).map { Array("\($0)".utf8) }
            try publisher.publishAll(to: "orders", bodies)
            try consumer.run(onEvent: { event in
                if case .delivery(let delivery) = event { consumer.connection.acknowledge(delivery.receipt) }
            }) { _ in consumer.deliveries.count == bodies.count }
            #expect(publisher.outcomes.count == bodies.count)
            #expect(consumer.deliveries.map(\.body) == bodies)
        }
    }

    /// Among many to the same key some have a queue and some have not: each is told apart.
    @Test func returnsAreOfTheRightPublication() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            var ids: [(id: UInt64, routed: Bool)] = []
            for place in 0..<200 {
                let routed = place % 3 != 0
                let body = [UInt8](repeating: 1, count: place * 200)
                ids.append((try publisher.publish(to: routed ? "orders" : "nowhere", body), routed))
            }
            try publisher.run { $0.outcomes.count == ids.count }
            for (id, routed) in ids {
                if routed {
                    #expect(publisher.outcomes[id] == .confirmed)
                } else if case .returned(312, let text)? = publisher.outcomes[id] {
                    #expect(text == "NO_ROUTE")
                } else {
                    Issue.record("\(id): \(String(describing: publisher.outcomes[id]))")
                }
            }
            #expect(consumer.closed == nil)
        }
    }

    @Test func aFullQueueRefuses() async throws {
        try await withVirtualHost { host in
            var session = try BrokerSession.open(try host.settings())
            let step = Topology.Step.declareDelayQueue("full", delayMilliseconds: 600_000, returningTo: "orders")
            _ = try session.apply(Topology([step]))
            try host.broker.control(
                "set_policy", "-p", host.name, "full", "^full$", #"{"max-length":3}"#, "--apply-to", "queues")
            let publisher = try PublisherDriver.connected(host)
            // The limit is soft: some more than three may pass.
            for _ in 0..<50 where !publisher.outcomes.values.contains(.nacked) {
                _ = try publisher.outcome(to: "full", [1])
            }
            #expect(publisher.outcomes.values.contains(.nacked))
            #expect(publisher.isConnected)
        }
    }

    @Test func aLimitThatIsLiftedIsNotRememberedForEver() async throws {
        try await withVirtualHost { host in
            var session = try BrokerSession.open(try host.settings())
            _ = try session.apply(Topology([.declareParkingQueue("parked")]))
            let limit = #"{"max-length":3,"overflow":"reject-publish"}"#
            try host.broker.control("set_policy", "-p", host.name, "full", "^parked$", limit)
            let publisher = try PublisherDriver.connected(host)
            func publish(until isDone: (PublishOutcome?) -> Bool) throws {
                var outcome: PublishOutcome?
                for _ in 0..<300 where !isDone(outcome) {
                    try publisher.run { $0.isConnected }
                    outcome = try publisher.outcome(to: "parked", [1])
                }
                #expect(isDone(outcome))
            }
            // The broker remembers the limit as long as the connection lasts: that is given up.
            try publish { _ in publisher.downs.contains { $0.fault == .publishesRefused } }
            try host.broker.control("clear_policy", "-p", host.name, "full")
            try publish { $0 == .confirmed }
        }
    }

    @Test func whatDoesNotFitIsRefusedAndTheRestGoesOn() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            var properties = AMQPProperties()
            properties.headers = ["big": .bytes(Array(repeating: 0, count: 140_000))]
            guard case .refused(.propertiesTooBig)? = try publisher.outcome(to: "orders", [], properties) else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            // As big as can be.
            properties.headers = ["big": .bytes(Array(repeating: 0, count: 131_000))]
            #expect(try publisher.outcome(to: "orders", [5], properties) == .confirmed)
            try consumer.run { _ in consumer.deliveries.count == 1 }
            #expect(consumer.deliveries[0].body == [5])
        }
    }

    @Test func aMissingExchangeFailsAndThePublisherComesBack() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            guard case .failed(let error)? = try publisher.outcome(to: "k", exchange: "none") else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            #expect(error.fault == .exchangeMissing(name: "none"))
            try publisher.run { $0.states.contains { if case .down = $0 { true } else { false } } && $0.isConnected }
            #expect(try publisher.outcome(to: "orders") == .confirmed)
            #expect(consumer.closed == nil)
        }
    }

    @Test func withoutABrokerEverythingIsUnsent() async throws {
        try await onOwnThread {
            let settings = ConnectionSettings(
                address: try BrokerAddress(parsing: "amqp://127.0.0.1:1"), connectionName: "test")
            let publisher = try PublisherDriver(settings)
            let id = try publisher.publish(to: "q")
            try publisher.run { $0.outcomes[id] != nil }
            guard case .unsent(let error)? = publisher.outcomes[id] else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            #expect(error.fault == .refused)
            publisher.publisher.stop()
            try publisher.run { $0.states.last == .stopped }
            let late = Publication(id: 9, routingKey: "q", properties: AMQPProperties(), body: [])
            #expect(publisher.publisher.publish(late) == false)
        }
    }

    @Test func stoppingWaitsForTheConfirms() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver.connected(host)
            for _ in 0..<300 { try publisher.publish(to: "orders", Array(repeating: 2, count: 3000)) }
            publisher.publisher.stop()
            try publisher.run { $0.states.last == .stopped }
            #expect(publisher.outcomes.count == 300)
            #expect(publisher.outcomes.values.allSatisfy { $0.isConfirmed })
            #expect(consumer.closed == nil)
        }
    }

    /// A reactor that does not empty its mailbox for a while loses no outcome.
    @Test func aFullMailboxLosesNothing() async throws {
        try await withVirtualHost { host in
            let consumer = try ConsumerDriver.consuming(host, queue: "orders")
            let publisher = try PublisherDriver(host.settings("publisher"), capacity: 4)
            try publisher.run { $0.isConnected }
            let ids = try (0..<200).map { _ in try publisher.publish(to: "orders", [1]) }
            try publisher.run { driver in ids.allSatisfy { driver.outcomes[$0] == .confirmed } }
            #expect(consumer.closed == nil)
        }
    }

    /// A queue of our own that is deleted under the publisher is made again as soon as something should go there.
    @Test func aQueueThatIsDeletedIsMadeAgain() async throws {
        try await withVirtualHost { host in
            let publisher = try PublisherDriver(host.settings(), Topology([.declareParkingQueue("orders.parked")]))
            try publisher.run { $0.isConnected }
            #expect(try publisher.outcome(to: "orders.parked", [1]) == .confirmed)
            #expect(try publisher.outcome(to: "elsewhere", [1]) == .returned(code: 312, text: "NO_ROUTE"))
            #expect(publisher.downs.isEmpty, "a queue that is none of the topology's is the caller's affair")

            try host.deleteQueue("orders.parked")
            let ids = try (0..<20).map { _ in try publisher.publish(to: "orders.parked", [2]) }
            try publisher.run { driver in ids.allSatisfy { driver.outcomes[$0] != nil } }
            #expect(publisher.outcomes[ids[0]] == .returned(code: 312, text: "NO_ROUTE"))
            try publisher.run { !$0.downs.isEmpty && $0.isConnected }
            #expect(publisher.downs.map(\.fault) == [.queueMissing(name: "orders.parked")])
            #expect(try publisher.outcome(to: "orders.parked", [3]) == .confirmed)
            // On a slow machine the last ones may have come after the queue was made.
            let kept = ids.count { publisher.outcomes[$0]?.isConfirmed == true } + 1
            try settled(host, "orders.parked", ready: kept, unacknowledged: 0)
        }
    }

    /// Nobody breaks a connection to tell that a queue was made: it is asked for until it is there.
    @Test func aQueueThatIsMissingIsAskedForAgain() async throws {
        try await withVirtualHost { host in
            let publisher = try PublisherDriver(
                host.settings(), Topology([.expectQueue("orders.parked"), .declareQueue("orders")]))
            try publisher.run { $0.downs.count == 2 }
            #expect(publisher.downs.allSatisfy { $0.fault == .queueMissing(name: "orders.parked") })
            #expect(!publisher.isConnected)
            guard case .unsent(let error)? = try publisher.outcome(to: "orders.parked", [1]) else {
                Issue.record("\(publisher.outcomes)")
                return
            }
            #expect(error.fault == .queueMissing(name: "orders.parked"))
            // What could be declared was, at the first attempt already.
            #expect(try host.count("orders").ready == 0)

            var session = try BrokerSession.open(try host.settings())
            _ = try session.apply(Topology([.declareParkingQueue("orders.parked")]))
            session.close()
            try publisher.run { $0.isConnected }
            guard case .connected(let server)? = publisher.states.last else { return }
            #expect(server.product == "RabbitMQ")
            #expect(try publisher.outcome(to: "orders.parked", [2]) == .confirmed)
        }
    }
}
