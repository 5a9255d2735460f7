import JSON
import Testing

@testable import EventPattern

/// Sets of bindings and the keys that reach them, as a topic exchange delivers: our own table beside RabbitMQ's.
@Suite(.timeLimit(.minutes(1)))
struct RoutingSetTests {
    /// What a shop's mappings listen to.
    static let bindings: [String] = [
        "order.*.paid", "order.web.*", "order.#", "#.paid", "*.*.*", "order", "", "#", "*", "order.web.paid",
        "cart.#.abandoned",
        "cart.*", "order.*.#.refunded", "#.eu.#", "*.web.#", "order..paid",
    ]

    struct Delivery: Sendable, CustomTestStringConvertible {
        let key: String
        let reaches: Set<String>
        var testDescription: String { "\"\(key)\"" }
    }

    static let deliveries: [Delivery] = [
        Delivery(
            key: "order.web.paid",
            reaches: [
                "order.*.paid", "order.web.*", "order.#", "#.paid", "*.*.*", "#", "order.web.paid", "*.web.#",
            ]),
        Delivery(
            key: "order.pos.paid",
            reaches: ["order.*.paid", "order.#", "#.paid", "*.*.*", "#"]),
        Delivery(
            key: "order.web.cancelled",
            reaches: ["order.web.*", "order.#", "*.*.*", "#", "*.web.#"]),
        Delivery(
            key: "order",
            reaches: ["order", "order.#", "#", "*"]),
        Delivery(
            key: "",
            reaches: ["", "#"]),
        Delivery(
            key: "paid",
            reaches: ["#.paid", "#", "*"]),
        Delivery(
            key: "cart.abandoned",
            reaches: ["cart.#.abandoned", "cart.*", "#"]),
        Delivery(
            key: "cart.web.eu.abandoned",
            reaches: ["cart.#.abandoned", "#", "#.eu.#", "*.web.#"]),
        Delivery(
            key: "cart.web.eu.reminded",
            reaches: ["#", "#.eu.#", "*.web.#"]),
        Delivery(
            key: "order.web.refunded",
            reaches: ["order.web.*", "order.#", "*.*.*", "#", "order.*.#.refunded", "*.web.#"]),
        Delivery(
            key: "order.web.eu.berlin.refunded",
            reaches: ["order.#", "#", "order.*.#.refunded", "#.eu.#", "*.web.#"]),
        Delivery(
            key: "order.refunded",
            reaches: ["order.#", "#"]),
        Delivery(
            key: "order..paid",
            reaches: ["order.*.paid", "order.#", "#.paid", "*.*.*", "#", "order..paid"]),
        Delivery(
            key: "eu",
            reaches: ["#", "*", "#.eu.#"]),
        Delivery(
            key: "..",
            reaches: ["*.*.*", "#"]),
        Delivery(
            key: "order.",
            reaches: ["order.#", "#"]),
        Delivery(
            key: ".paid",
            reaches: ["#.paid", "#"]),
        Delivery(
            key: "ORDER.WEB.PAID",
            reaches: ["*.*.*", "#"]),
        Delivery(
            key: "web.web",
            reaches: ["#", "*.web.#"]),
        Delivery(
            key: "заказ.оплачен",
            reaches: ["#"]),
    ]

    @Test(arguments: deliveries)
    func byPattern(delivery: Delivery) throws {
        for binding in Self.bindings {
            let pattern = try RoutingKeyPattern(binding)
            #expect(pattern.matches(delivery.key) == delivery.reaches.contains(binding), "\(binding)")
        }
    }

    @Test(arguments: deliveries)
    func byIndex(delivery: Delivery) throws {
        let index = EventIndex(
            try Self.bindings.enumerated().map { id, binding in
                (id: id, condition: EventCondition(routingKeys: [try RoutingKeyPattern(binding)]))
            })
        let found = index.match(EventView(exchange: "any", routingKey: delivery.key, body: nil))
        #expect(Set(found.map { Self.bindings[$0] }) == delivery.reaches)
    }

    @Test(arguments: deliveries)
    func byIndexWithExchangesAndBodies(delivery: Delivery) throws {
        let index = EventIndex(
            try Self.bindings.enumerated().map { id, binding in
                let text = "{\"n\": [\(id % 3)]}"
                let body: EventPattern = try #require(EventPattern.compile(try json(text)).pattern)
                return (
                    id: id,
                    condition: EventCondition(
                        exchanges: ExchangeList([id.isMultiple(of: 2) ? "even" : "odd"]),
                        routingKeys: [try RoutingKeyPattern(binding)], body: body)
                )
            })
        for exchange in ["even", "odd", "none"] {
            for number in 0..<3 {
                let view = EventView(exchange: exchange, routingKey: delivery.key, body: try json("{\"n\": \(number)}"))
                let expected = Self.bindings.indices.filter { id in
                    exchange == (id.isMultiple(of: 2) ? "even" : "odd") && id % 3 == number
                        && delivery.reaches.contains(Self.bindings[id])
                }
                #expect(index.match(view) == expected, "\(exchange) \(number)")
            }
        }
    }

    /// A pattern that covers another delivers everything the other does; one that shares no key delivers nothing of it.
    @Test func comparisonsAgreeWithTheDeliveries() throws {
        let patterns = try Self.bindings.map { try RoutingKeyPattern($0) }
        for left in patterns {
            for right in patterns {
                let covers = left.covers(right)
                let shares = left.sharedKey(with: right) != nil
                for delivery in Self.deliveries {
                    let (mine, theirs) = (left.matches(delivery.key), right.matches(delivery.key))
                    if covers { #expect(mine || !theirs, "\(left) covers \(right), but not \(delivery.key)") }
                    if !shares { #expect(!mine || !theirs, "\(left) and \(right) share \(delivery.key)") }
                }
                if covers { #expect(shares) }
                if left == right { #expect(covers) }
            }
        }
    }
}
