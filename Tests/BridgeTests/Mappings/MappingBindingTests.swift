import AMQP
import Mapping
import Telemetry
import Testing

@testable import Bridge

/// What new routing keys ask of the broker, and what its refusal means.
@Suite("Bindings of a reload", .timeLimit(.minutes(1)))
struct MappingBindingTests {
    private typealias Fixture = MappingFixture
    private typealias Binding = TopologyPlan.Binding

    private static let paid = Binding(exchange: "shop", routingKey: "order.paid")
    private static let sent = Binding(exchange: "shop", routingKey: "order.sent")

    @Test("what is new is asked for, what is not needed any more is named")
    func differences() {
        let previous = Fixture.state([("a.json", Fixture.text("A")), ("b.json", Fixture.text("B", keys: ["order.#"]))])
        let decision = MappingReload.decide(
            previous: previous,
            files: [
                Fixture.check("a.json", Fixture.text("A", keys: ["order.sent", "order.paid"])),
                Fixture.check("c.json", Fixture.text("C", keys: ["order.sent"])),
            ])
        #expect(decision.added == [Self.sent])
        #expect(decision.dropped == [Binding(exchange: "shop", routingKey: "order.#")])
    }

    @Test("a mapping whose binding is refused keeps its last good version; others go live")
    func refused() throws {
        let decision = MappingReload.decide(
            previous: Fixture.state([("a.json", Fixture.text("A"))]),
            files: [
                Fixture.check("a.json", Fixture.text("A", campaign: 8, keys: ["order.sent"])),
                Fixture.check("b.json", Fixture.text("B", campaign: 9)),
            ], unbindable: [Self.sent: "no exchange \"shop\""])
        #expect(decision.next.campaigns == ["a.json": "campaign 7", "b.json": "campaign 9"])
        let refusal = try #require(decision.next.refused["a.json"])
        #expect(refusal.kind == .binding && decision.next.waitsForBroker)
        #expect(
            refusal.reason
                == "routing key \"order.sent\" of exchange \"shop\" cannot be bound: no exchange \"shop\"")
        #expect(decision.added == [])
    }

    @Test("what a broker says on another try is no news")
    func noNews() {
        let files = [Fixture.check("a.json", Fixture.text("A", keys: ["order.sent"]))]
        let first = MappingReload.decide(
            previous: MappingState(), files: files, unbindable: [Self.sent: "nobody listens"])
        let second = MappingReload.decide(
            previous: first.next, files: files, unbindable: [Self.sent: "no answer in time"])
        #expect(first.observations.count == 1 && second.observations.isEmpty)
        let third = MappingReload.decide(previous: second.next, files: files)
        #expect(third.observations == [.mappingMended(file: "a.json")] && third.next.live.count == 1)
    }

    @Test("who is held back by the broker keeps his name from nobody")
    func makesRoom() {
        let files = [
            Fixture.check("a.json", Fixture.text("N", campaign: 1, keys: ["order.sent"])),
            Fixture.check("b.json", Fixture.text("N", campaign: 2)),
        ]
        let decision = MappingReload.decide(
            previous: MappingState(), files: files, unbindable: [Self.sent: "refused"])
        #expect(decision.next.campaigns == ["b.json": "campaign 2"])
        #expect(decision.added == [Self.paid])
    }

    @Test("a mapping that is off, or names no exchange, binds nothing")
    func bindsNothing() {
        let off = Fixture.text("A").replacing("{\"name\"", with: "{\"enabled\":false,\"name\"")
        #expect(Fixture.check("a.json", off).good?.bindings == [])
        let any = Fixture.text("A").replacing("\"exchange\":[\"shop\"],", with: "")
        #expect(Fixture.check("a.json", any).good?.bindings == [])
    }

    @Test("exchanges are looked at before anything is bound, each once; the default one takes no bindings")
    func topology() {
        let topology = TopologyPlan.bindings(
            [Self.paid, Self.sent, Binding(exchange: "", routingKey: "orders")], queue: "orders")
        #expect(
            topology.steps == [
                .expectExchange("shop"), .expectExchange(""),
                .bind(queue: "orders", exchange: "shop", routingKey: "order.paid"),
                .bind(queue: "orders", exchange: "shop", routingKey: "order.sent"),
            ])
    }

    @Test("a failed step stands against the bindings that need it, with the first reason")
    func unbindable() {
        let missing = BrokerError(.exchangeMissing(name: "shop"), peer: "rabbit:5672")
        let refused = BrokerError(.accessRefused("no"), peer: "rabbit:5672")
        let other = Binding(exchange: "other", routingKey: "x")
        let report = TopologyReport(failures: [
            .init(step: .expectExchange("shop"), error: missing),
            .init(step: .bind(queue: "orders", exchange: "shop", routingKey: "order.paid"), error: refused),
            .init(step: .bind(queue: "orders", exchange: "other", routingKey: "y"), error: refused),
        ])
        #expect(
            TopologyPlan.unbindable([Self.paid, Self.sent, other], report)
                == [Self.paid: missing.description, Self.sent: missing.description])
    }
}
