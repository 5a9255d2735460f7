import Altcraft
import Foundation
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// The samples of `mappings/`: each event against each mapping, and beside each condition the smallest step over it.
@Suite(.timeLimit(.minutes(1)))
struct SampleNeighbourTests {
    /// Which event each mapping wants, and what it launches for it.
    private static let pairs: [(mapping: String, event: String, launches: [String])] = [
        (
            "back-in-stock", "back-in-stock",
            [#"{"id":4130,"custom_request":{"Waiting_For":{"$in":["LAMP-7"]},"Lang":"ru"}"#]
        ),
        ("cart-abandoned", "cart-abandoned", [#"{"id":4121,"matching":"phone","phone":"+77011234567""#]),
        (
            "click-follow-up", "link-clicked",
            [#"{"id":7,"matching":"profile_id","profile_id":"60ae529b3f62fcdebdb159bb""#]
        ),
        ("order-confirmation", "order-paid", [#"{"id":4101,"matching":"email","email":"anna.petrova@example.com""#]),
        ("order-shipped", "order-shipped", [#"{"id":4110,"matching":"email","email":"anna.petrova@example.com""#]),
        ("payment-failed", "payment-failed", [#"{"id":4140,"matching":"email","email":"pat.sample@example.com""#]),
        (
            "review-request", "order-delivered",
            Array(repeating: #"{"id":4150,"matching":"email","email":"anna.petrova@example.com""#, count: 2)
        ),
        (
            "welcome", "customer-registered",
            [#"{"workflow_id":3,"matching":"email","email":"lena.beispiel@example.com""#]
        ),
    ]

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: Corpora.root.appending(path: "mappings/\(name).json"), encoding: .utf8)
    }

    /// What one mapping makes of an event, some values of which are others; `now` is the time that the event tells.
    private static func plan(_ mapping: String, _ event: String, _ edits: [(String, String?)] = []) throws -> EventPlan
    {
        var value = try json(text("events/\(event)"))
        for (pointer, new) in edits {
            let tokens = try #require(JSONPointer(parsing: pointer)).tokens
            value = edited(value, tokens[...], to: try new.map(json)) ?? .null
        }
        let (file, diagnostics) = EventFile.read(SourceFile(name: "\(event).json", text: value.text()))
        let read = try #require(file, "\(diagnostics)")
        let compiled = try #require(
            MappingSet.compile(SourceFile(name: "\(mapping).json", text: text(mapping))).mapping)
        return MappingSet([compiled]).evaluate(read.event(now: read.time))
    }

    private static func json(_ text: String) throws -> JSONValue { .node(try JSONDocument.parse(text).root) }

    /// The value with one place set, or taken out; what is on the way there is made.
    private static func edited(_ value: JSONValue, _ tokens: ArraySlice<String>, to new: JSONValue?) -> JSONValue? {
        guard let token = tokens.first else { return new }
        if let elements = value.elements, let place = Int(token) {
            var elements = elements
            elements[place] = edited(elements[place], tokens.dropFirst(), to: new) ?? .null
            return .array(elements)
        }
        var members = value.members ?? []
        let place = members.firstIndex { $0.name == token } ?? members.endIndex
        let former = place < members.endIndex ? members.remove(at: place).value : .object([])
        if let changed = edited(former, tokens.dropFirst(), to: new) { members.insert((token, changed), at: place) }
        return .object(members)
    }

    @Test func eachMappingWantsItsEventAndNoOther() throws {
        for (mapping, wanted, launches) in Self.pairs {
            for (_, event, _) in Self.pairs {
                let plan = try Self.plan(mapping, event)
                let bodies = plan.launches.map { String(decoding: $0.request.body, as: UTF8.self) }
                guard event == wanted else {
                    #expect(plan.isUnmatched && bodies.isEmpty, "\(mapping) wants \(event)")
                    continue
                }
                try #require(bodies.count == launches.count, "\(mapping): \(bodies)")
                for (body, beginning) in zip(bodies, launches) { #expect(body.hasPrefix(beginning), "\(body)") }
            }
        }
    }

    @Test func everyMappingAndEveryEventOfTheFolderIsHere() throws {
        let files = MappingFolder(path: Corpora.root.appending(path: "mappings").path)
        let project = MappingProject.load(files)
        #expect(project.set.mappings.map(\.name).sorted() == Self.pairs.map(\.mapping).sorted())
    }

    /// Each step is the smallest over a condition of `when`: on one side the mapping wants the event, on the other not.
    @Test(
        arguments: [
            ("back-in-stock", "/body/data/available", "1", "0"), ("back-in-stock", "/body/data/available", "0.1", "-1"),
            ("back-in-stock", "/body/data/available", "1e0", "\"1\""),
            ("back-in-stock", "/amqp/routing_key", "\"stock.x.available\"", "\"stock.available\""),
            ("back-in-stock", "/amqp/exchange", "\"shop.events\"", "\"shop.event\""),
            ("cart-abandoned", "/body/cart/total", "1000", "999.99"),
            ("cart-abandoned", "/body/cart/total", "1e3", "null"),
            ("cart-abandoned", "/body/customer/subscribed", "true", "\"true\""),
            ("cart-abandoned", "/amqp/routing_key", "\"cart.a-b.abandoned\"", "\"cart.a.b.abandoned\""),
            ("click-follow-up", "/body/is_test", "false", "null"),
            ("click-follow-up", "/body/event_data/campaign_id", "973.0", "974"),
            (
                "click-follow-up", "/body/event_data/link_url", "\"https://shop.example.com/sale/\"",
                "\"https://shop.example.com/sale\""
            ),
            (
                "click-follow-up", "/body/event_data/link_url", "\"https://shop.example.com/sale/x\"",
                "\"HTTPS://shop.example.com/sale/x\""
            ),
            ("click-follow-up", "/body/event_type", "\"click\"", "\"open\""),
            ("click-follow-up", "/amqp/routing_key", "\"0.click\"", "\"click\""),
            ("order-confirmation", "/body/financial_status", "\"paid\"", "\"Paid\""),
            ("order-confirmation", "/amqp/headers/x-test", "false", "true"),
            ("order-confirmation", "/amqp/headers/x-test", nil, "\"false\""),
            ("order-confirmation", "/amqp/headers/x-test", "false", "null"),
            ("order-confirmation", "/body/total_price", "0", nil),
            ("order-confirmation", "/body/total_price", "\"\"", "{}"),
            ("order-shipped", "/amqp/routing_key", "\"order..shipped\"", "\"order.shipped\""),
            ("payment-failed", "/body/data/object/attempt_count", "3", "4"),
            ("payment-failed", "/body/data/object/attempt_count", "-1", "3.0001"),
            ("payment-failed", "/body/livemode", "true", "1"),
            ("payment-failed", "/amqp/routing_key", "\"invoice.payment_failed\"", "\"invoice.payment_failed.x\""),
            ("review-request", "/amqp/routing_key", "\"order.1.delivered\"", "\"order.1.2.delivered\""),
            ("welcome", "/body/consent/marketing", "true", "[false]"),
            ("welcome", "/body/consent", #"{"marketing":true}"#, nil),
        ] as [(String, String, String?, String?)])
    func conditions(mapping: String, pointer: String, wanted: String?, unwanted: String?) throws {
        let event = try #require(Self.pairs.first { $0.mapping == mapping }).event
        #expect(try !Self.plan(mapping, event, [(pointer, wanted)]).isUnmatched)
        #expect(try Self.plan(mapping, event, [(pointer, unwanted)]).isUnmatched)
    }

    /// Events that are wanted and still launch nothing, with the neighbour that does.
    @Test(
        arguments: [
            ("back-in-stock", "/body/data/name", nil, "missing /content/name", "\"\""),
            ("back-in-stock", "/body/data/price/currency", "\"RUR?\"", "invalid /content/price", "\"EUR\""),
            ("back-in-stock", "/body/data/price/amount", "\"3 490\"", "invalid /content/price", "3490"),
            (
                "cart-abandoned", "/body/cart/items/0/offer/displayName", nil, "missing /content/items/item/name",
                "\"x\""
            ),
            (
                "cart-abandoned", "/body/cart/droppedAt", "\"2026-03-05\"", "invalid /event/time",
                "\"2026-03-05 00:00:00\""
            ),
            (
                "cart-abandoned", "/body/customer/phones/1/number", "\"123\"", "no_recipient /recipient",
                "\"+7 701 123 45 67\""
            ),
            ("click-follow-up", "/body/profile_id", "null", "no_recipient /recipient/0/profile_id", "\"5\""),
            ("order-confirmation", "/body/line_items/0/price", nil, "missing /content/items/item/price", "1"),
            ("order-confirmation", "/body/currency", nil, "missing /content/order/total", "\"USD\""),
            (
                "order-confirmation", "/body/processed_at", "\"yesterday\"", "invalid /content/order/paid_on",
                "\"2026-03-01T00:00:00Z\""
            ),
            ("order-shipped", "/body/customer/email", "null", "no_recipient /recipient/0/email", "\"a@example.com\""),
            ("payment-failed", "/body/data/object/amount_due", "\"x\"", "invalid /content/amount", "0"),
            ("payment-failed", "/body/data/object/hosted_invoice_url", nil, "missing /content/pay_url", "\"x\""),
            ("welcome", "/body/email", "\" \"", "no_recipient /recipient/0/email", "\" A@B.example \""),
        ] as [(String, String, String?, String, String?)])
    func stops(mapping: String, pointer: String, wrong: String?, stop: String, right: String?) throws {
        let event = try #require(Self.pairs.first { $0.mapping == mapping }).event
        let stopped = try Self.plan(mapping, event, [(pointer, wrong)])
        #expect(stopped.launches.isEmpty)
        #expect(stopped.stops.map { "\($0.reason.rawValue) \($0.pointer)" } == [stop])
        let plan = try Self.plan(mapping, event, [(pointer, right)])
        #expect(plan.stops.isEmpty && plan.launches.count == 1, "\(plan.stops)")
    }
}
