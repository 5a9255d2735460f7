import AMQP
import Bridge
import Testing

/// Which queues are needed, and what a missing one means.
@Suite("Topology")
struct TopologyPlanTests {
    private let names = QueueNames(
        source: "orders", ladder: [.seconds(5), .seconds(120), .seconds(3600), .milliseconds(250)])

    @Test("queues are named after the source")
    func queueNames() {
        #expect(names.parking == "orders.parked")
        #expect(
            (0...3).map(names.delay) == ["orders.delay.5s", "orders.delay.2m", "orders.delay.1h", "orders.delay.250ms"])
        #expect(names.delay(step: 9) == "orders.delay.250ms")
    }

    @Test("what is declared is everything of ours; exchanges are expected, once each, before anything is bound")
    func declared() {
        let bindings = [
            TopologyPlan.Binding(exchange: "shop", routingKey: "order.#"),
            TopologyPlan.Binding(exchange: "shop", routingKey: "cart.*"),
            TopologyPlan.Binding(exchange: "", routingKey: "orders"),
        ]
        let steps = TopologyPlan.consumer(names, declares: true, bindings: bindings).steps
        #expect(steps.first == .declareQueue("orders"))
        #expect(steps.contains(.declareParkingQueue("orders.parked")))
        #expect(
            steps.contains(.declareDelayQueue("orders.delay.2m", delayMilliseconds: 120_000, returningTo: "orders")))
        #expect(steps.count { $0 == .expectExchange("shop") } == 1)
        #expect(
            steps.suffix(2) == [
                .bind(queue: "orders", exchange: "shop", routingKey: "order.#"),
                .bind(queue: "orders", exchange: "shop", routingKey: "cart.*"),
            ])
    }

    @Test("what is not declared is only expected")
    func expected() {
        let steps = TopologyPlan.consumer(names, declares: false, bindings: []).steps
        #expect(steps.count == 6)
        #expect(steps.allSatisfy { if case .expectQueue = $0 { true } else { false } })
        #expect(TopologyPlan.publisher(names, declares: false).steps == [.expectQueue("orders.parked")])
    }

    @Test("a missing queue of ours is told with what it must be, for both generations of brokers")
    func words() {
        func words(_ name: String) -> String {
            TopologyPlan.words(BrokerError(.queueMissing(name: name), peer: "p"), names)
        }
        #expect(words("orders.delay.2m").contains(#""x-message-ttl":120000"#))
        #expect(
            words("orders.parked").hasSuffix(
                #"{"x-queue-type":"quorum"}, from RabbitMQ 4.0 on "x-delivery-limit":-1 as well"#))
        #expect(!words("others").contains("arguments"))
        #expect(
            TopologyPlan.needs("orders.parked", names, ServerVersion(4, 1))?.contains(#""x-delivery-limit":-1"#) == true
        )
    }

    private func report(_ steps: Topology.Step...) -> TopologyReport {
        TopologyReport(
            failures: steps.map { step in
                TopologyReport.Failure(step: step, error: BrokerError(.queueMissing(name: "x"), peer: "p"))
            })
    }

    @Test("a missing parking queue ends the start, and is waited for later")
    func parking() {
        let missing = report(.expectQueue("orders.parked"))
        guard case .refuse(let errors) = TopologyPlan.judge(missing, names, isFirst: true) else {
            Issue.record("not refused")
            return
        }
        #expect(errors.count == 1)
        guard case .retry = TopologyPlan.judge(missing, names, isFirst: false) else {
            Issue.record("not retried")
            return
        }
    }

    @Test("a missing source queue is waited for, a missing delay queue told, a missing exchange refused")
    func others() {
        guard case .retry = TopologyPlan.judge(report(.expectQueue("orders")), names, isFirst: true) else {
            Issue.record("not retried")
            return
        }
        guard case .usable(let told) = TopologyPlan.judge(report(.expectQueue("orders.delay.5s")), names, isFirst: true)
        else {
            Issue.record("not usable")
            return
        }
        #expect(told.count == 1)
        guard case .refuse = TopologyPlan.judge(report(.expectExchange("shop")), names, isFirst: true) else {
            Issue.record("not refused")
            return
        }
    }
}
