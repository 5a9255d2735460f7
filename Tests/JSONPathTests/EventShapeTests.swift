import JSON
import JSONPath
import Testing

/// Queries as mappings write them, on events as shops send them.
@Suite("JSONPath: event shapes", .timeLimit(.minutes(1)))
struct EventShapeTests {
    private static let order = #"""
        {
          "id": 9007199254740993, "email": "", "phone": null, "currency": "KZT", "total_price": "15990.00",
          "customer": {"id": 706405506930370084, "email": "aigerim@example.com", "tags": ["vip", "almaty"]},
          "line_items": [
            {"sku": "TEA-1", "quantity": 2, "price": "1995.00", "gift": false, "properties": [{"name": "wrap", "value": "red"}]},
            {"sku": "TEA-2", "quantity": 0, "price": "12000.00", "properties": []},
            {"sku": "CUP", "quantity": 1, "price": "12000.00", "gift": true}
          ],
          "discount_codes": [], "note_attributes": [{"name": "источник", "value": "instagram"}],
          "contexts": [
            {"schema": "iglu:com.example/user/jsonschema/1-0-2", "data": {"user_id": "u-7"}},
            {"schema": "iglu:com.example/page/jsonschema/2-0-0", "data": {"url": "https://example.com/?a=1"}}
          ]
        }
        """#

    @Test(
        "values come back as they stand in the event",
        arguments: [
            ("$.id", ["9007199254740993"]), ("$.customer.id", ["706405506930370084"]),
            ("$.total_price", [#""15990.00""#]), ("$.phone", ["null"]), ("$.fax", []),
            ("$.line_items[*].sku", [#""TEA-1""#, #""TEA-2""#, #""CUP""#]),
            ("$.line_items[?@.quantity > 0].sku", [#""TEA-1""#, #""CUP""#]),
            ("$.line_items[?@.gift == true].sku", [#""CUP""#]),
            ("$.line_items[?!@.gift].sku", [#""TEA-2""#]),
            ("$.line_items[?@.properties[?@.name == 'wrap' && @.value == 'red']].sku", [#""TEA-1""#]),
            ("$.line_items[-1].price", [#""12000.00""#]),
            ("$.note_attributes[?@.name == 'источник'].value", [#""instagram""#]), ("$.discount_codes[0].code", []),
            ("$.customer.tags[?@ == 'vip']", [#""vip""#]),
            ("$['email','customer']['email']", [#""aigerim@example.com""#]),
            ("$.contexts[?match(@.schema, 'iglu:com\\\\.example/user/.*')].data.user_id", [#""u-7""#]),
            ("$.contexts[?search(@.schema, '/page/')].data.url", [#""https://example.com/?a=1""#]),
            ("$.line_items[?length(@.properties) == 0].sku", [#""TEA-2""#]), ("$[?@ == 9007199254740992]", []),
            ("$[?@ == 9007199254740993]", ["9007199254740993"]),
            ("$..[?@.email != ''].email", [#""aigerim@example.com""#]),
            ("$.line_items[?count(@.*) == 4].sku", [#""TEA-2""#, #""CUP""#]),
            ("$..sku", [#""TEA-1""#, #""TEA-2""#, #""CUP""#]), ("$.line_items[:2].sku", [#""TEA-1""#, #""TEA-2""#]),
        ])
    func values(_ query: String, _ expected: [String]) throws {
        #expect(try JSONPathTests.values(query, document(Self.order)) == expected)
    }

    @Test("elements of a loop are current values, and name themselves by their place")
    func loop() throws {
        let root = try document(Self.order)
        let lines = try JSONPathQuery.parse("$.line_items[?@.quantity > 0]")
        let sku = try JSONPathQuery.parse("@.sku", start: .either)
        let currency = try JSONPathQuery.parse("$.currency", start: .either)
        var budget = VisitBudget()
        var seen: [String] = []
        for line in try lines.evaluate(root: root, current: root, budget: &budget) {
            let item = try sku.first(root: root, current: line, budget: &budget)?.string ?? ""
            let money = try currency.first(root: root, current: line, budget: &budget)?.string ?? ""
            seen.append("\(line.normalizedPath) \(item) \(money)")
        }
        #expect(seen == ["$['line_items'][0] TEA-1 KZT", "$['line_items'][2] CUP KZT"])
        #expect(budget.remaining > VisitBudget.standard - 200)
    }

    @Test("one query serves many threads")
    func threads() async throws {
        let query = try JSONPathQuery.parse(
            "$.contexts[?match(@.schema, 'iglu:.*')].data[?search(@, $.currency) || @ == 'u-7']")
        let root = try document(Self.order)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<100).allSatisfy { _ in
                        var budget = VisitBudget()
                        return (try? query.evaluate(root: root, current: root, budget: &budget).count) == 1
                    }
                }
            }
            for await agreed in group { #expect(agreed) }
        }
    }
}
