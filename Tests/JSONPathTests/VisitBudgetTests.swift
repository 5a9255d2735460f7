import JSON
import JSONPath
import Testing

/// No event makes a query slow: what is looked at is counted, and counting ends it.
@Suite("JSONPath: visit budget", .timeLimit(.minutes(1)))
struct VisitBudgetTests {
    private func cost(_ query: String, _ root: JSONNode) throws -> Int {
        var budget = VisitBudget(10_000_000)
        _ = try JSONPathQuery.parse(query).evaluate(root: root, current: root, budget: &budget)
        return 10_000_000 - budget.remaining
    }

    @Test("a budget is spent to the last visit and not beyond")
    func spending() throws {
        var budget = VisitBudget(3)
        try budget.spend(2)
        #expect(budget.remaining == 1)
        #expect(throws: LimitReached.self) { try budget.spend(2) }
        #expect(budget.remaining == 0)
        #expect(throws: LimitReached.self) { try budget.spend(1) }
        #expect(VisitBudget(-5).remaining == 0)
    }

    @Test("what is enough is enough, and one less is not")
    func exact() throws {
        let root = try document(#"{"a": [1, 2, {"b": [3]}], "c": "x"}"#)
        for query in ["$.a", "$..*", "$.a[?@ > 1]", "$.a[::-1]", "$..[?@.b]", "$.a[2].b[0]", "$[?length(@) == 1]"] {
            let needed = try cost(query, root)
            #expect(needed > 0)
            #expect(throws: Never.self) { try nodes(query, root, visits: needed) }
            #expect(throws: LimitReached.self) { try nodes(query, root, visits: needed - 1) }
        }
    }

    @Test("the same query on the same document always costs the same")
    func deterministic() throws {
        let root = try document(#"{"p": "[a-c]+", "v": ["a", "b", "d", "a"]}"#)
        let costs = try (0..<5).map { _ in try cost("$.v[?match(@, $.p)]", root) }
        #expect(Set(costs).count == 1)
    }

    @Test("names that are passed over count")
    func widths() throws {
        let members = (0..<1_000).map { "\"m\($0)\": \($0)" }.joined(separator: ",")
        #expect(try cost("$.m999", document("{\(members)}")) >= 1_000)
        let elements = (0..<1_000).map(String.init).joined(separator: ",")
        #expect(try cost("$[999]", document("[\(elements)]")) >= 1_000)
        #expect(try cost("$[0]", document("[\(elements)]")) < 10)
    }

    @Test("text that is compared counts")
    func texts() throws {
        let long = String(repeating: "x", count: 160_000)
        let root = try document("[\"\(long)\", \"\(long)\"]")
        #expect(try cost("$[?@ == $[0]]", root) > 2 * 160_000 / VisitBudget.bytesPerVisit)
        #expect(try cost("$[?length(@) > 1]", root) > 160_000 / VisitBudget.bytesPerVisit)
        let digits = try document("[\(String(repeating: "1", count: 160_000))]")
        #expect(try cost("$[?@ > 1]", digits) >= 160_000 / VisitBudget.bytesPerVisit)
    }

    @Test(
        "queries that multiply on wide documents are stopped",
        arguments: [
            "$[*,*,*,*][*,*,*,*][*,*]", "$..[?count($..*) > 0]", "$[?count($[?count($[?count($..*) > 1]) > 1]) > 1]",
            "$..[?$ == $]", "$[::-1, ::-1, ::-1][?count($..*) > 1]..*", "$[*][?@ == $[0][59] || count($[*]) > 61]",
        ])
    func wideExplosions(_ query: String) throws {
        let row = "[" + (0..<60).map(String.init).joined(separator: ",") + "]"
        let root = try document("[" + [String](repeating: row, count: 60).joined(separator: ",") + "]")
        #expect(throws: LimitReached.self) { try nodes(query, root, visits: 30_000) }
    }

    @Test(
        "queries that multiply on deep documents are stopped",
        arguments: ["$..*..*..*..*", "$..[?@..[?@..[?@ == 1]]]", "$..[?@[0]]..*..*", "$..[0]..[0]..[0]..[0]..[0]"])
    func deepExplosions(_ query: String) throws {
        let root = try document(String(repeating: "[", count: 999) + String(repeating: "]", count: 999))
        let start = ContinuousClock.now
        #expect(throws: LimitReached.self) { try nodes(query, root) }
        #expect(start.duration(to: .now) < .seconds(20))
    }

    @Test("objects whose comparison would be quadratic are compared by sorting")
    func wideComparison() throws {
        let names = (0..<2_000).map { "\"k\($0)\": 0" }
        let root = try document("[{\(names.joined(separator: ","))}, {\(names.reversed().joined(separator: ","))}]")
        #expect(try cost("$[?@ == $[1]]", root) < 100_000)
    }

    @Test("patterns count by their size, and those of the event by being compiled")
    func patterns() throws {
        let root = try document(#"["\#(String(repeating: "ab", count: 5_000))"]"#)
        let small = try cost("$[?search(@, 'x')]", root)
        let large = try cost("$[?search(@, 'x(a|b){400}')]", root)
        #expect(large > 20 * small)
        let many = (0..<400).map { "\"p\($0)\"" }.joined(separator: ",")
        #expect(throws: LimitReached.self) { try nodes("$[?match('a', @)]", document("[\(many)]")) }
    }

    @Test("looking at one place costs little")
    func singular() throws {
        var budget = VisitBudget(100)
        let root = try document(#"{"customer": {"email": "a@example.com"}}"#)
        let query = try JSONPathQuery.parse("$.customer.email")
        #expect(try query.first(root: root, current: root, budget: &budget)?.string == "a@example.com")
        #expect(budget.remaining == 96)
    }
}
