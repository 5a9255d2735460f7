import AMQP
import Altcraft
import Mapping
import Outcome
import Poll
import Relay
import Telemetry
import Testing

@testable import Bridge

@Suite("The shadow's decisions", .timeLimit(.minutes(1)))
struct ShadowDecisionTests {
    private typealias Binding = TopologyPlan.Binding

    @Test("Its queue is bound as the mappings say, each exchange looked at once, and nothing else is declared")
    func topology() {
        let shadow = ShadowTopology(
            source: "orders",
            mappings: [
                ("a", [Binding(exchange: "shop", routingKey: "order.*"), Binding(exchange: "shop", routingKey: "x")]),
                ("b", [Binding(exchange: "shop", routingKey: "x")]), ("c", []),
                ("d", [Binding(exchange: "", routingKey: "orders")]),
            ])
        #expect(shadow.queue == "orders.shadow")
        #expect(
            shadow.topology.steps == [
                .declarePassingQueue("orders.shadow"), .expectExchange("shop"),
                .bind(queue: "orders.shadow", exchange: "shop", routingKey: "order.*"),
                .bind(queue: "orders.shadow", exchange: "shop", routingKey: "x"),
            ])
        #expect(shadow.unbound == ["c", "d"])
        #expect(shadow.advice?.sentence.hasSuffix("c, d") == true)
        #expect(ShadowTopology(source: "orders", mappings: []).advice == nil)
    }

    @Test("It begins where all is there and nobody else looks")
    func verdicts() {
        let shadow = ShadowTopology(source: "orders", mappings: [])
        func report(_ consumers: UInt32) -> TopologyReport {
            TopologyReport(queues: ["orders.shadow": QueueStatus(messages: 0, consumers: consumers)])
        }
        #expect(shadow.judge(report(0)) == .usable)
        #expect(shadow.judge(report(1)) != .usable)
        let error = BrokerError(.exchangeMissing(name: "shop"), peer: "rabbit:5672")
        let failed = TopologyReport(failures: [TopologyReport.Failure(step: .expectExchange("shop"), error: error)])
        #expect(shadow.judge(failed) == .refuse([error.description]))
    }

    private static let delivery = Delivery(
        receipt: DeliveryReceipt(generation: 1, tag: 1), exchange: "shop", routingKey: "order.paid", redelivered: true,
        properties: AMQPProperties(), body: [])

    private static func launch(isAllowed: Bool = true, expiresAt: Int64? = nil) -> RelayLaunch {
        RelayLaunch(
            mapping: "paid", version: "v1",
            request: LaunchRequest(call: .triggerStart, target: .campaign(7), body: Array(#"{"id":7}"#.utf8)),
            recipient: "email anna@example.com", lane: LaneKey("a"), key: LaunchKey(mapping: "paid", value: "1"),
            expiresAt: expiresAt, isAllowed: isAllowed)
    }

    private static func lines(_ plan: Plan, showsContent: Bool = false) -> [EventLine] {
        ShadowLines(showsContent: showsContent, version: "set").lines(
            Intake.Result(plan: plan, eventID: "e1"), delivery,
            now: Moment(monotonic: MonotonicTime(nanoseconds: 0), wallSeconds: 100))
    }

    @Test("A line for each launch, with whom and what; content only where it is asked for; nothing counts as an end")
    func launches() throws {
        let lines = Self.lines(Plan(launches: [Self.launch(), Self.launch()]))
        #expect(lines.map(\.message) == ["would launch", "would launch"])
        let line = try #require(lines.first)
        #expect(line.launch == "campaign 7" && line.mapping == "paid" && line.recipient == "email a***@example.com")
        #expect(line.exchange == "shop" && line.routingKey == "order.paid" && line.isRedelivered)
        #expect(lines.allSatisfy { $0.shadow == .launch && $0.end == nil && $0.content == nil })
        #expect(Self.lines(Plan(launches: [Self.launch()]), showsContent: true).first?.content == #"{"id":7}"#)
    }

    @Test(
        "What would be skipped is said with the reason",
        arguments: [
            (false, nil, "would skip", Reason.notAllowed), (true, 100, "would skip", .expired),
            (true, 99, "would skip", .expired), (true, 101, "would launch", nil),
            (false, 99, "would skip", .notAllowed),
        ] as [(Bool, Int64?, String, Reason?)])
    func obstacles(isAllowed: Bool, expiresAt: Int64?, message: String, reason: Reason?) {
        let line = Self.lines(
            Plan(launches: [Self.launch(isAllowed: isAllowed, expiresAt: expiresAt)]), showsContent: true
        ).first
        #expect(line?.message == message)
        #expect(line?.reason == reason)
        #expect((line?.content == nil) == (reason != nil))
    }

    @Test("What ends without a launch is said as well: an event that nobody wants, one that would be parked")
    func ends() {
        let skipped = Self.lines(.skip(.unmatched))
        #expect(skipped.map(\.message) == ["would skip"] && skipped.map(\.reason) == [.unmatched])
        let parked = Self.lines(
            Plan(
                launches: [Self.launch()],
                ended: [PlannedEnd(.unmappable, .missing, detail: "is missing", mapping: "m", pointer: "/content/a")]))
        #expect(parked.map(\.message) == ["would launch", "would park"])
        #expect(parked.map(\.shadow) == [.launch, .park] && skipped.map(\.shadow) == [.skip])
        #expect(parked.last?.detail == "/content/a: is missing" && parked.last?.outcome == .unmappable)
    }
}
