import JSON
import Mapping
import Testing

/// What `init` makes of events as shops, payment services and analytics send them.
@Suite(.timeLimit(.minutes(1)))
struct ShopProposalTests {
    /// An event, and what a proposal must have understood of it.
    struct Shop: Sendable, CustomTestStringConvertible {
        let name: String
        let event: String
        /// The path of the event's id; nil for none.
        let id: String?
        /// The condition on the body as JSON; nil for none.
        let condition: String?
        /// How the person is found, alternative by alternative.
        let recipients: [String]
        /// Some members of `content`, by name: what must occur in each.
        let content: [String: String]

        var testDescription: String { name }
    }

    static let shops = [
        Shop(
            name: "an order of Shopify",
            event: #"""
                {"amqp": {"exchange": "shop", "routing_key": "orders.paid"}, "body": {"id": 820982911946154508,
                 "email": "jon@example.com", "created_at": "2026-03-01T10:00:00-05:00", "total_price": "403.00",
                 "currency": "USD", "financial_status": "paid", "name": "#1001", "phone": null, "token": "abc",
                 "customer": {"email": "jon@example.com", "phone": "+14155552671"},
                 "line_items": [{"title": "Kettle", "quantity": 1, "price": "199.00"},
                                {"title": "Cup", "quantity": 2, "price": "102.00"}]}}
                """#,
            id: "$.id", condition: #"{"financial_status":["paid"]}"#, recipients: ["email", "phone"],
            content: [
                "total_price": "money", "created_at": "datetime", "line_items": "$.line_items[*]", "name": "$.name",
            ]),
        Shop(
            name: "an order of WooCommerce",
            event: #"""
                {"id": 727, "status": "processing", "currency": "EUR", "date_created": "2026-03-01T17:28:21",
                 "date_created_gmt": "2026-03-01T16:28:21", "total": "29.35", "customer_id": 0,
                 "billing": {"first_name": "John", "email": "john@example.com", "phone": "+49 30 901820", "country": "DE"},
                 "line_items": [{"name": "Woo", "quantity": 2, "price": 3, "sku": ""}]}
                """#,
            id: "$.id", condition: #"{"status":["processing"]}"#, recipients: ["email", "phone"],
            content: ["total": "money", "date_created_gmt": "UTC", "date_created": "Europe/Berlin"]),
        Shop(
            name: "a charge of Stripe",
            event: #"""
                {"id": "evt_1", "object": "event", "type": "charge.succeeded", "created": 1772355907, "livemode": true,
                 "data": {"object": {"id": "ch_1", "object": "charge", "amount": 2000, "currency": "usd",
                   "created": 1772355907, "receipt_email": "pay@example.com", "description": "Plan"}}}
                """#,
            id: "$.id", condition: #"{"type":["charge.succeeded"]}"#, recipients: ["email"],
            content: ["amount": "scale", "created": #""unix""#, "description": "$.data.object.description"]),
        Shop(
            name: "a message of commercetools",
            event: #"""
                {"notificationType": "Message", "id": "m-1", "type": "OrderCreated", "order": {"id": "o-1",
                 "orderNumber": "A-1", "customerEmail": "kunde@example.de", "createdAt": "2026-03-01T09:05:07.250Z",
                 "totalPrice": {"type": "centPrecision", "currencyCode": "EUR", "centAmount": 4999, "fractionDigits": 2}}}
                """#,
            id: "$.id", condition: #"{"type":["OrderCreated"]}"#, recipients: ["email"],
            content: ["totalPrice": "centAmount", "createdAt": "datetime", "orderNumber": "$.order.orderNumber"]),
        Shop(
            name: "a track call of Segment",
            event: #"""
                {"messageId": "s-1", "type": "track", "event": "Order Completed", "userId": "u-7",
                 "timestamp": "2026-03-01T09:05:07Z", "context": {"traits": {"email": "seg@example.com"}},
                 "properties": {"order_id": "50314", "revenue": 25.5, "currency": "GBP",
                   "products": [{"name": "Monopoly", "price": 19, "quantity": 1}]}}
                """#,
            id: "$.messageId", condition: #"{"type":["track"]}"#, recipients: ["email"],
            content: ["revenue": "money", "products": "$.properties.products[*]"]),
        Shop(
            name: "a purchase of GA4",
            event: #"""
                {"client_id": "123.456", "user_id": "u-9", "timestamp_micros": 1772355907000000,
                 "events": [{"name": "purchase", "params": {"value": 10.5, "currency": "USD"}}]}
                """#,
            id: nil, condition: nil, recipients: ["custom"], content: [:]),
        Shop(
            name: "a cart of RetailCRM",
            event: #"""
                {"externalId": "c-5", "status": "abandoned", "createdAt": "2026-03-01 12:05:07", "totalSumm": 5400,
                 "customer": {"email": "", "phones": [{"number": "+7 999 123-45-67"}]},
                 "items": [{"offer": {"displayName": "Чайник"}, "quantity": 1}]}
                """#,
            id: "$.externalId", condition: #"{"status":["abandoned"]}"#, recipients: ["email", "phone"],
            content: ["createdAt": "Europe/Moscow"]),
        Shop(
            name: "an event of CloudEvents",
            event: #"""
                {"specversion": "1.0", "id": "ce-1", "source": "/shop", "type": "com.example.order.paid",
                 "time": "2026-03-01T09:05:07Z", "data": {"number": "77", "email": "ce@example.com", "total": "5.00",
                 "currency": "PLN"}}
                """#,
            id: "$.id", condition: #"{"type":["com.example.order.paid"]}"#, recipients: ["email"],
            content: ["number": "$.data.number", "total": "pl-PL"]),
        Shop(
            name: "an order of Magento",
            event: #"""
                {"entity_id": 5, "increment_id": "000000005", "customer_email": "mage@example.com", "grand_total": 36.3900,
                 "order_currency_code": "USD", "created_at": "2026-03-01 09:05:07", "status": "complete",
                 "items": [{"name": "Bag", "qty_ordered": 1.0000, "price": 34.0000}]}
                """#,
            id: nil, condition: #"{"status":["complete"]}"#, recipients: ["email"],
            content: ["grand_total": "$.grand_total", "items": "$.items[*]"]),
        Shop(
            name: "a thin event of Medusa",
            event: #"{"name": "order.placed", "data": {"id": "order_01"}}"#,
            id: nil, condition: nil, recipients: ["custom"], content: [:]),
        Shop(
            name: "a price drop for an audience",
            event: #"""
                {"event": "price.drop", "sku": "KET-1", "price": 990, "currency": "KZT",
                 "subscribers": [{"customer_id": "a", "lang": "ru"}, {"customer_id": "b", "lang": "kk"}]}
                """#,
            id: nil, condition: #"{"event":["price.drop"]}"#, recipients: ["custom"], content: ["price": "ru-KZ"]),
        Shop(
            name: "an order whose names need quotes",
            event:
                #"{"order name": 5, "e-mail": "q@example.com", "it's": "x", "сумма": "10.00", "a.b": 1, "$in": "y"}"#,
            id: nil, condition: nil, recipients: ["email"],
            content: ["order name": "$['order name']", "it's": #"$['it\'s']"#, "a.b": "$['a.b']", "$$in": "$['$in']"]),
    ]

    private func propose(_ shop: Shop) throws -> MappingProposal {
        let (event, diagnostics) = EventFile.read(SourceFile(name: "e.json", text: shop.event))
        return MappingProposal.make(name: "first", from: try #require(event, "\(diagnostics)"))
    }

    @Test(arguments: shops)
    func whatAnEventTellsIsUnderstood(_ shop: Shop) throws {
        let proposal = try propose(shop)
        let mapping = try JSONDocument.parse(proposal.mapping).root
        #expect(mapping["event"]?["id"]?.string == shop.id)
        #expect(mapping["when"]?["body"]?.text() == shop.condition)
        let modes = mapping["recipient"]?.elements.compactMap { $0["matching"]?.string }
        #expect(modes == shop.recipients)
        for (name, part) in shop.content {
            let text = mapping["content"]?[name].map { $0.string ?? $0.text() } ?? "nothing"
            #expect(text.contains(part), "\(name): \(text)")
        }
        // Addresses, keys and flags are not for a message.
        let names = mapping["content"]?.members.map(\.name) ?? []
        #expect(!names.contains { ["email", "phone", "token", "livemode", "e-mail", "customer_email"].contains($0) })
    }

    @Test(arguments: shops)
    func itsOwnTestPassesAndAnotherEventFailsIt(_ shop: Shop) throws {
        let proposal = try propose(shop)
        let (mapping, diagnostics) = MappingSet.compile(SourceFile(name: "first.json", text: proposal.mapping))
        #expect(diagnostics.filter { $0.severity == .error }.isEmpty, "\(diagnostics)")
        let compiled = try #require(mapping)
        let tests = SourceFile(name: "first.tests.json", text: proposal.tests)
        func report(_ event: String) -> MappingTestReport {
            MappingTester { SourceFile(name: $0, text: event) }.run(compiled, tests: tests)
        }
        let own = report(proposal.event)
        #expect(own.isPassed && !own.results.isEmpty, "\(own.diagnostics)")
        // Of an event that names nobody, the test says that it is parked, as an empty one is.
        let isLaunched = proposal.tests.contains(#""outcome": "launch""#)
        #expect(isLaunched == !shop.content.isEmpty || shop.name.contains("GA4"))
        #expect(report(#"{"body": {}, "amqp": {}}"#).isPassed == !isLaunched)
        // The copy is the event, whatever its layout.
        let (copy, _) = EventFile.read(SourceFile(name: "c.json", text: proposal.event))
        let (event, _) = EventFile.read(SourceFile(name: "e.json", text: shop.event))
        let (left, right) = (try #require(copy), try #require(event))
        #expect(left.body.root.isEqual(to: right.body.root))
        #expect(left.exchange == right.exchange && left.routingKey == right.routingKey)
    }

    @Test(arguments: ["from", "sender", "seller", "merchants", "shop", "support"])
    func whoSendsIsNotWhomItIsAbout(_ holder: String) throws {
        let text = #"{"\#(holder)": {"email": "a@shop.example"}, "customer": {"email": "c@example.com"}}"#
        let (event, _) = EventFile.read(SourceFile(name: "e.json", text: text))
        let proposal = MappingProposal.make(name: "first", from: try #require(event))
        let recipients = try JSONDocument.parse(proposal.mapping).root["recipient"]?.text() ?? ""
        #expect(recipients.contains("$.customer.email") && !recipients.contains(holder), "\(recipients)")
    }

    @Test(arguments: shops)
    func theSameEventGivesTheSameFiles(_ shop: Shop) throws {
        let (one, other) = (try propose(shop), try propose(shop))
        #expect(one.mapping == other.mapping && one.tests == other.tests && one.event == other.event)
        #expect(one.guesses == other.guesses && Set(one.guesses).count == one.guesses.count)
        #expect(one.mapping.hasSuffix("\n") && one.tests.hasSuffix("\n"))
        #expect(one.mapping.split(separator: "\n").allSatisfy { $0.count <= 200 }, "people read it")
    }
}
