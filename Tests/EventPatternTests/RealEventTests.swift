import JSON
import Testing

@testable import EventPattern

/// Patterns as product teams write them, against events after the shapes of section 6 (all people are invented).
@Suite(.timeLimit(.minutes(1)))
struct RealEventTests {
    // MARK: The events

    static let shopify = #"""
        {
          "id": 820982911946154508,
          "email": "jon@example.com",
          "financial_status": "paid",
          "total_price": "199.00",
          "currency": "RUB",
          "phone": null,
          "customer_locale": "ru-RU",
          "discount_codes": [],
          "customer": {"id": 115310627314723954, "email": "john@example.com", "phone": ""},
          "line_items": [
            {"id": 1, "sku": "IPOD2008GREEN", "quantity": 2, "price": "99.50", "properties": []},
            {
              "id": 2,
              "sku": "GIFT-100",
              "quantity": 0,
              "price": "0.00",
              "properties": [{"name": "engraving", "value": "Лена"}, {"name": "wrap", "value": "yes"}]
            }
          ]
        }
        """#

    static let wooCommerce = #"""
        {
          "id": 727,
          "status": "processing",
          "customer_id": 0,
          "total": "29.35",
          "billing": {"email": "", "phone": "(555) 555-5555"},
          "meta_data": [{"key": "_gift", "value": "1"}, {"key": "_source", "value": "app"}],
          "line_items": [{"name": "Woo Single #1", "price": 6.5, "quantity": 2}]
        }
        """#

    static let minorUnits = #"""
        {
          "type": "OrderStateChanged",
          "order": {
            "customerEmail": "a@example.com",
            "totalPrice": {"centAmount": 4250, "currencyCode": "EUR", "fractionDigits": 2},
            "lineItems": [{"name": {"de": "Hemd", "en": "Shirt"}, "quantity": 1}]
          }
        }
        """#

    static let stripe = #"""
        {
          "id": "evt_1",
          "type": "invoice.payment_failed",
          "livemode": false,
          "created": 1680064028,
          "data": {
            "object": {"object": "invoice", "amount_due": 1499, "currency": "usd", "attempt_count": 3, "lines": {"data": []}}
          }
        }
        """#

    static let segment = #"""
        {
          "type": "track",
          "event": "Checkout Started",
          "userId": "019mr8mf4r",
          "context": {"traits": {"email": "b@example.com"}, "ip": "8.8.8.8"},
          "properties": {"value": 80, "products": [{"sku": "G-32", "price": 18.99}, {"sku": "M-16", "price": 61.01}]}
        }
        """#

    static let crm = #"""
        {
          "status": "abandoned",
          "createdAt": "2024-03-01 10:20:30",
          "customer": {"phones": [{"number": ""}, {"number": "+7 900 000-00-00"}], "externalId": null},
          "items": [{"offer": {"externalId": "44", "price": 1000}}, {"offer": {"externalId": "45", "price": 2500.50}}]
        }
        """#

    static let snowplow = #"""
        {
          "contexts": {
            "data": [
              {"schema": "iglu:com.shop/user/jsonschema/1-0-0", "data": {"tier": "gold"}},
              {"schema": "iglu:com.shop/page/jsonschema/1-0-0", "data": {"tier": "landing"}}
            ]
          }
        }
        """#

    static let magento = #"""
        {
          "customer_email": null,
          "items": [
            {"product_type": "configurable", "sku": "MH01-XS", "parent_item_id": null, "base_price": 52.0000},
            {"product_type": "simple", "sku": "MH01-XS", "parent_item_id": 17, "base_price": 0}
          ]
        }
        """#

    // MARK: The questions

    static let orders: [PatternCase] = [
        PatternCase(
            "a paid order with a total",
            pattern: #"{"financial_status": ["paid"], "total_price": [{"exists": true}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "money is text: a numeric condition does not see it",
            pattern: #"{"total_price": [{"numeric": [">", 100]}]}"#,
            event: shopify, matches: false),
        PatternCase(
            "money is text: unless it is asked to",
            pattern: #"{"total_price": [{"numeric": [">", 100], "text": true}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "199.00 is 199",
            pattern: #"{"total_price": [{"numeric": ["=", 199], "text": true}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "an id above 2^53 stays whole",
            pattern: #"{"id": [820982911946154508]}"#,
            event: shopify, matches: true),
        PatternCase(
            "and its neighbour is another",
            pattern: #"{"id": [820982911946154509]}"#,
            event: shopify, matches: false),
        PatternCase(
            "null counts as present",
            pattern: #"{"phone": [{"exists": true}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "so absence is not what null is",
            pattern: #"{"phone": [{"exists": false}]}"#,
            event: shopify, matches: false),
        PatternCase(
            "null or absent",
            pattern: #"{"phone": [null, {"exists": false}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "an empty list is no discount",
            pattern: #"{"discount_codes": [{"exists": false}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "a condition inside an empty list holds for nothing",
            pattern: #"{"discount_codes": {"code": [{"exists": false}]}}"#,
            event: shopify, matches: true),
        PatternCase(
            "a discount is asked for",
            pattern: #"{"discount_codes": {"code": [{"prefix": "SPRING"}]}}"#,
            event: shopify, matches: false),
        PatternCase(
            "a bought item",
            pattern: #"{"line_items": {"sku": [{"prefix": "IPOD"}], "quantity": [{"numeric": [">", 0]}]}}"#,
            event: shopify, matches: true),
        PatternCase(
            "quantity and sku are of different lines",
            pattern: #"{"line_items": {"sku": [{"prefix": "GIFT"}], "quantity": [{"numeric": [">", 0]}]}}"#,
            event: shopify, matches: false),
        PatternCase(
            "a property of an item, by its name",
            pattern: #"{"line_items": {"properties": {"name": ["wrap"], "value": ["yes"]}}}"#,
            event: shopify, matches: true),
        PatternCase(
            "name and value of different properties",
            pattern: #"{"line_items": {"properties": {"name": ["wrap"], "value": ["Лена"]}}}"#,
            event: shopify, matches: false),
        PatternCase(
            "an item without properties",
            pattern: #"{"line_items": {"sku": [{"prefix": "IPOD"}], "properties": {"name": [{"exists": false}]}}}"#,
            event: shopify, matches: true),
        PatternCase(
            "either address",
            pattern:
                #"{"$or": [{"email": [{"suffix": "@example.com"}]}, {"customer": {"email": [{"suffix": "@example.org"}]}}]}"#,
            event: shopify, matches: true),
        PatternCase(
            "locale without regard to case",
            pattern: #"{"customer_locale": [{"prefix": {"equals-ignore-case": "RU-"}}]}"#,
            event: shopify, matches: true),
    ]

    static let others: [PatternCase] = [
        PatternCase(
            "WooCommerce: a guest is number 0",
            pattern: #"{"customer_id": [0]}"#,
            event: wooCommerce, matches: true),
        PatternCase(
            "WooCommerce: an empty text is present",
            pattern: #"{"billing": {"email": [{"exists": true}]}}"#,
            event: wooCommerce, matches: true),
        PatternCase(
            "WooCommerce: anything but an empty text",
            pattern: #"{"billing": {"email": [{"anything-but": ""}]}}"#,
            event: wooCommerce, matches: false),
        PatternCase(
            "WooCommerce: meta data as key and value",
            pattern: #"{"meta_data": {"key": ["_source"], "value": ["app", "web"]}}"#,
            event: wooCommerce, matches: true),
        PatternCase(
            "WooCommerce: total is text, price a number",
            pattern:
                #"{"total": [{"numeric": [">=", 29.35], "text": true}], "line_items": {"price": [{"numeric": ["=", 6.50]}]}}"#,
            event: wooCommerce, matches: true),
        PatternCase(
            "minor units above a bound",
            pattern:
                #"{"order": {"totalPrice": {"centAmount": [{"numeric": [">", 4000, "<=", 4250]}], "currencyCode": ["EUR"]}}}"#,
            event: minorUnits, matches: true),
        PatternCase(
            "a localised name in any language is an object, so it is absent",
            pattern: #"{"order": {"lineItems": {"name": [{"exists": false}]}}}"#,
            event: minorUnits, matches: true),
        PatternCase(
            "a localised name in one language",
            pattern: #"{"order": {"lineItems": {"name": {"de": [{"exists": true}]}}}}"#,
            event: minorUnits, matches: true),
        PatternCase(
            "Stripe: the third attempt, live only",
            pattern:
                #"{"type": ["invoice.payment_failed"], "livemode": [true], "data": {"object": {"attempt_count": [{"numeric": [">=", 3]}]}}}"#,
            event: stripe, matches: false),
        PatternCase(
            "Stripe: in test mode as well",
            pattern: #"{"type": [{"wildcard": "invoice.*_failed"}], "data": {"object": {"attempt_count": [3, 4]}}}"#,
            event: stripe, matches: true),
        PatternCase(
            "Stripe: object is a text inside object",
            pattern: #"{"data": {"object": {"object": ["invoice"]}}}"#,
            event: stripe, matches: true),
        PatternCase(
            "Segment: e-mail in either place",
            pattern:
                #"{"$or": [{"properties": {"email": [{"exists": true}]}}, {"context": {"traits": {"email": [{"exists": true}]}}}]}"#,
            event: segment, matches: true),
        PatternCase(
            "Segment: a product over sixty",
            pattern: #"{"properties": {"products": {"price": [{"numeric": [">", 60]}], "sku": [{"prefix": "M-"}]}}}"#,
            event: segment, matches: true),
        PatternCase(
            "Segment: not from the office",
            pattern: #"{"context": {"ip": [{"cidr": "8.8.0.0/16"}]}}"#,
            event: segment, matches: true),
        PatternCase(
            "CRM: some phone is usable",
            pattern: #"{"customer": {"phones": {"number": [{"anything-but": ""}]}}}"#,
            event: crm, matches: true),
        PatternCase(
            "CRM: an offer by its id and price",
            pattern: #"{"items": {"offer": {"externalId": ["45"], "price": [{"numeric": [">", 2500]}]}}}"#,
            event: crm, matches: true),
        PatternCase(
            "CRM: id and price of different offers",
            pattern: #"{"items": {"offer": {"externalId": ["44"], "price": [{"numeric": [">", 2500]}]}}}"#,
            event: crm, matches: false),
        PatternCase(
            "Snowplow: the tier of the user's context",
            pattern:
                #"{"contexts": {"data": {"schema": [{"wildcard": "iglu:*/user/*"}], "data": {"tier": ["gold"]}}}}"#,
            event: snowplow, matches: true),
        PatternCase(
            "Snowplow: not of the page's",
            pattern:
                #"{"contexts": {"data": {"schema": [{"wildcard": "iglu:*/user/*"}], "data": {"tier": ["landing"]}}}}"#,
            event: snowplow, matches: false),
        PatternCase(
            "Magento: parent rows only",
            pattern: #"{"items": {"parent_item_id": [null], "base_price": [52]}}"#,
            event: magento, matches: true),
        PatternCase(
            "Magento: the child row costs nothing",
            pattern: #"{"items": {"parent_item_id": [{"numeric": [">", 0]}], "base_price": [{"numeric": [">", 0]}]}}"#,
            event: magento, matches: false),
    ]

    @Test(arguments: orders)
    func order(item: PatternCase) throws {
        try item.check()
    }

    @Test(arguments: others)
    func other(item: PatternCase) throws {
        try item.check()
    }

    @Test func allAtOnceThroughOneIndex() throws {
        let cases = Self.orders + Self.others
        let conditions = try cases.enumerated().map { id, item in
            let pattern: EventPattern = try #require(EventPattern.compile(try json(item.pattern)).pattern)
            return (id: id, condition: EventCondition(body: pattern))
        }
        let index = EventIndex(conditions)
        let events = Set(cases.map(\.event))
        for text in events {
            let view = EventView(body: try json(text))
            let found = Set(index.match(view))
            #expect(index.match(view) == index.matchWithoutIndex(view))
            for (id, item) in cases.enumerated() where item.event == text {
                #expect(found.contains(id) == item.matches, "\(item.id)")
            }
        }
    }
}
