import JSON
import Testing

@testable import EventPattern

/// Several mappings and one event: each is answered by itself, in whatever company.
@Suite(.timeLimit(.minutes(1)))
struct MultipleRulesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        /// The values of `when` by name; a name may come twice.
        let rules: [(name: String, when: String)]
        let event: String
        let matched: Set<String>

        var testDescription: String { id }
    }

    static let cases: [Case] = [
        Case(
            id: "equal rules all match",
            rules: [
                ("first", #"{"body": {"x": ["y"]}}"#),
                ("second", #"{"body": {"x": ["y"]}}"#),
            ],
            event: #"{"body": {"x": "y"}}"#,
            matched: ["first", "second"]),
        Case(
            id: "a rule that asks more does not hide one that asks less",
            rules: [
                ("more", #"{"body": {"x": [1], "y": [2], "z": [3]}}"#),
                ("less", #"{"body": {"x": [1]}}"#),
            ],
            event: #"{"body": {"x": 1, "y": 2, "z": 3}}"#,
            matched: ["more", "less"]),
        Case(
            id: "only the rule whose demands are met",
            rules: [
                ("more", #"{"body": {"x": [1], "y": [2], "z": [3]}}"#),
                ("less", #"{"body": {"x": [1]}}"#),
            ],
            event: #"{"body": {"x": 1, "y": 2}}"#,
            matched: ["less"]),
        Case(
            id: "nested prefixes and suffixes",
            rules: [
                ("a*", #"{"body": {"x": [{"prefix": "a"}]}}"#),
                ("ab*", #"{"body": {"x": [{"prefix": "ab"}]}}"#),
                ("abc*", #"{"body": {"x": [{"prefix": "abc"}]}}"#),
                ("*c", #"{"body": {"x": [{"suffix": "c"}]}}"#),
                ("*bc", #"{"body": {"x": [{"suffix": "bc"}]}}"#),
                ("a*c", #"{"body": {"x": [{"wildcard": "a*c"}]}}"#),
                ("b*", #"{"body": {"x": [{"prefix": "b"}]}}"#),
            ],
            event: #"{"body": {"x": "abxbc"}}"#,
            matched: ["a*", "ab*", "*c", "*bc", "a*c"]),
        Case(
            id: "ranges that lie in one another",
            rules: [
                ("above 0", #"{"body": {"n": [{"numeric": [">", 0]}]}}"#),
                ("0 to 10", #"{"body": {"n": [{"numeric": [">=", 0, "<=", 10]}]}}"#),
                ("5 exactly", #"{"body": {"n": [5.0]}}"#),
                ("below 5", #"{"body": {"n": [{"numeric": ["<", 5]}]}}"#),
                ("5 as text", #"{"body": {"n": ["5"]}}"#),
                ("5 in text", #"{"body": {"n": [{"numeric": ["=", 5], "text": true}]}}"#),
            ],
            event: #"{"body": {"n": 5}}"#,
            matched: ["above 0", "0 to 10", "5 exactly", "5 in text"]),
        Case(
            id: "a number as text",
            rules: [
                ("above 0", #"{"body": {"n": [{"numeric": [">", 0]}]}}"#),
                ("5 exactly", #"{"body": {"n": [5.0]}}"#),
                ("5 as text", #"{"body": {"n": ["5.00"]}}"#),
                ("5 in text", #"{"body": {"n": [{"numeric": ["=", 5], "text": true}]}}"#),
            ],
            event: #"{"body": {"n": "5.00"}}"#,
            matched: ["5 as text", "5 in text"]),
        Case(
            id: "presence, absence and everything between",
            rules: [
                ("present", #"{"body": {"x": [{"exists": true}]}}"#),
                ("absent", #"{"body": {"x": [{"exists": false}]}}"#),
                ("absent or 1", #"{"body": {"x": [{"exists": false}, 1]}}"#),
                ("not 1", #"{"body": {"x": [{"anything-but": 1}]}}"#),
                ("other absent", #"{"body": {"y": [{"exists": false}]}}"#),
            ],
            event: #"{"body": {"x": 1}}"#,
            matched: ["present", "absent or 1", "other absent"]),
        Case(
            id: "an empty body has nothing",
            rules: [
                ("present", #"{"body": {"x": [{"exists": true}]}}"#),
                ("absent", #"{"body": {"x": [{"exists": false}]}}"#),
                ("deep absent", #"{"body": {"x": {"y": {"z": [{"exists": false}]}}}}"#),
                ("any", "{}"),
            ],
            event: #"{"body": {}}"#,
            matched: ["absent", "deep absent", "any"]),
        Case(
            id: "case-blind texts beside exact ones",
            rules: [
                ("paid", #"{"body": {"s": ["paid"]}}"#),
                ("Paid", #"{"body": {"s": ["Paid"]}}"#),
                ("blind", #"{"body": {"s": [{"equals-ignore-case": "PAID"}]}}"#),
                ("blind start", #"{"body": {"s": [{"prefix": {"equals-ignore-case": "pA"}}]}}"#),
                ("not blind", #"{"body": {"s": [{"anything-but": {"equals-ignore-case": "paid"}}]}}"#),
            ],
            event: #"{"body": {"s": "Paid"}}"#,
            matched: ["Paid", "blind", "blind start"]),
        Case(
            id: "one name for several rules",
            rules: [
                ("either", #"{"body": {"a": [1]}}"#),
                ("either", #"{"body": {"b": [1]}}"#),
                ("both", #"{"body": {"a": [1], "b": [1]}}"#),
            ],
            event: #"{"body": {"b": 1}}"#,
            matched: ["either"]),
        Case(
            id: "alternatives of different paths",
            rules: [
                ("a or b", #"{"body": {"$or": [{"a": [1]}, {"b": [1]}]}}"#),
                ("c or b", #"{"body": {"$or": [{"c": [1]}, {"b": [1]}], "d": [{"exists": false}]}}"#),
                ("c or a", #"{"body": {"$or": [{"c": [1]}, {"a": [1]}]}}"#),
            ],
            event: #"{"body": {"b": 1}}"#,
            matched: ["a or b", "c or b"]),
        Case(
            id: "exchange and routing key",
            rules: [
                ("here", #"{"exchange": ["shop"], "routing_key": ["order.*.paid"]}"#),
                ("there", #"{"exchange": ["crm"], "routing_key": ["order.*.paid"]}"#),
                ("anywhere", #"{"routing_key": ["order.#"]}"#),
                ("any key", #"{"exchange": ["crm", "shop"]}"#),
                ("other key", #"{"routing_key": ["order.*"]}"#),
                ("with body", #"{"routing_key": ["order.*.paid"], "body": {"x": [1]}}"#),
                ("with other body", #"{"routing_key": ["order.*.paid"], "body": {"x": [2]}}"#),
            ],
            event: #"{"exchange": "shop", "routing_key": "order.web.paid", "body": {"x": 1}}"#,
            matched: ["here", "anywhere", "any key", "with body"]),
        Case(
            id: "the empty exchange is a name like others",
            rules: [
                ("default", #"{"exchange": [""]}"#),
                ("named", #"{"exchange": ["x"]}"#),
            ],
            event: #"{"exchange": "", "routing_key": "queue", "body": {}}"#,
            matched: ["default"]),
        Case(
            id: "headers and properties",
            rules: [
                ("live", #"{"headers": {"x-test": [false, {"exists": false}]}}"#),
                ("test", #"{"headers": {"x-test": [true]}}"#),
                ("typed", #"{"properties": {"type": [{"prefix": "order."}]}}"#),
                ("untyped", #"{"properties": {"type": [{"exists": false}]}}"#),
                ("all", #"{"headers": {"n": [7]}, "properties": {"app_id": ["shop"]}, "body": {"x": [1]}}"#),
                ("table", #"{"headers": {"trace": {"id": [{"exists": true}]}}}"#),
            ],
            event: #"""
                {
                  "headers": {"n": 7, "trace": {"id": "abc"}},
                  "properties": {"type": "order.paid", "app_id": "shop"},
                  "body": {"x": 1}
                }
                """#,
            matched: ["live", "typed", "all", "table"]),
        Case(
            id: "a body that is a list is for those who do not ask",
            rules: [
                ("asks", #"{"body": {"x": [{"exists": false}]}}"#),
                ("does not", #"{"headers": {"x": [{"exists": false}]}}"#),
            ],
            event: #"{"body": [{"x": 1}]}"#,
            matched: ["does not"]),
        Case(
            id: "arrays: each rule has its own element",
            rules: [
                ("A of L", #"{"body": {"items": {"sku": ["A"], "size": ["L"]}}}"#),
                ("B of M", #"{"body": {"items": {"sku": ["B"], "size": ["M"]}}}"#),
                ("A of M", #"{"body": {"items": {"sku": ["A"], "size": ["M"]}}}"#),
                ("tag x", #"{"body": {"tags": ["x"]}}"#),
                ("tag not x", #"{"body": {"tags": [{"anything-but": "x"}]}}"#),
            ],
            event: #"{"body": {"items": [{"sku": "A", "size": "L"}, {"sku": "B", "size": "M"}], "tags": ["x", "y"]}}"#,
            matched: ["A of L", "B of M", "tag x", "tag not x"]),
        Case(
            id: "names with dots, slashes, quotes and none at all",
            rules: [
                ("dot", #"{"body": {"a.b": [1]}}"#),
                ("path", #"{"body": {"a": {"b": [1]}}}"#),
                ("quote", #"{"body": {"it's \"x\"": [1]}}"#),
                ("slash", #"{"body": {"a/b": [1]}}"#),
                ("empty", #"{"body": {"": [1]}}"#),
            ],
            event: #"{"body": {"a.b": 1, "it's \"x\"": 1, "": 1, "a\/b": 1}}"#,
            matched: ["dot", "quote", "slash", "empty"]),
    ]

    private func view(_ text: String) throws -> EventView {
        let node = try json(text)
        return EventView(
            exchange: node["exchange"]?.string ?? "", routingKey: node["routing_key"]?.string ?? "",
            headers: node["headers"], properties: node["properties"], body: node["body"])
    }

    @Test(arguments: cases)
    func throughTheIndex(item: Case) throws {
        let names = Set(item.rules.map(\.name)).sorted()
        let conditions = try item.rules.map { rule in
            let compiled = EventCondition.compile(when: try json(rule.when))
            let condition: EventCondition = try #require(compiled.condition, "\(compiled.diagnostics)")
            return (id: names.firstIndex(of: rule.name) ?? -1, condition: condition)
        }
        let event = try view(item.event)
        for order in [conditions, conditions.reversed()] {
            let index = EventIndex(order)
            #expect(Set(index.match(event).map { names[$0] }) == item.matched)
            #expect(index.match(event) == index.matchWithoutIndex(event))
        }
    }

    @Test(arguments: cases)
    func eachAlone(item: Case) throws {
        let event = try view(item.event)
        for name in Set(item.rules.map(\.name)) {
            let conditions = try item.rules.filter { $0.name == name }.map { rule in
                try #require(EventCondition.compile(when: try json(rule.when)).condition)
            }
            let matches = conditions.contains { $0.matches(event) }
            #expect(matches == item.matched.contains(name), "\(name)")
            #expect(conditions.contains { $0.explain(event).matches } == matches, "\(name), explained")
        }
    }

    /// All rules of all cases in one index: the company changes which predicates are chosen, never an answer.
    @Test func inOneIndex() throws {
        let conditions = try Self.cases.joinedRules.enumerated().map { id, when in
            (id: id, condition: try #require(EventCondition.compile(when: try json(when)).condition))
        }
        let index = EventIndex(conditions)
        for item in Self.cases {
            let event = try view(item.event)
            #expect(index.match(event) == index.matchWithoutIndex(event), "\(item.id)")
        }
    }
}

extension [MultipleRulesTests.Case] {
    fileprivate var joinedRules: [String] { flatMap { $0.rules.map(\.when) } }
}
