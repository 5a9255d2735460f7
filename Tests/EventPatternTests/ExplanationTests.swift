import JSON
import Testing

@testable import EventPattern

/// What people are told when an event does not match.
@Suite(.timeLimit(.minutes(1)))
struct ExplanationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let event: String
        let lines: [String]
        var testDescription: String { "\(pattern) → \(event)" }
    }

    @Test(arguments: [
        Case(pattern: #"{"status": ["paid"]}"#, event: #"{"status": "paid"}"#, lines: ["matches"]),
        Case(
            pattern: #"{"status": ["paid"]}"#, event: #"{"status": "refunded"}"#,
            lines: [#"status is "refunded"; wanted ["paid"]"#]),
        Case(pattern: #"{"status": ["paid"]}"#, event: "{}", lines: [#"status is missing; wanted ["paid"]"#]),
        Case(
            pattern: #"{"customer": [{"exists": true}]}"#, event: #"{"customer": {"id": 1}}"#,
            lines: [#"customer is an object, and conditions are about single values; wanted [{"exists":true}]"#]),
        Case(
            pattern: #"{"tags": ["vip"]}"#, event: #"{"tags": [{"name": "vip"}]}"#,
            lines: [#"tags is a list without single values; wanted ["vip"]"#]),
        Case(
            pattern: #"{"gift": [{"exists": false}]}"#, event: #"{"gift": "card"}"#,
            lines: [#"gift is "card"; it must be absent"#]),
        Case(
            pattern: #"{"a": {"b": [1], "c": [2]}, "d": [3]}"#, event: #"{"a": {"b": 1, "c": "2"}}"#,
            lines: [#"a.c is "2"; wanted [2]"#, "d is missing; wanted [3]"]),
        Case(
            pattern: #"{"items": {"sku": ["A"]}}"#, event: #"{"items": [{"sku": "B"}, {"sku": "C"}, {}]}"#,
            lines: [#"items.sku is "B", "C"; wanted ["A"]"#]),
        Case(
            pattern: #"{"items": {"sku": ["A"], "size": ["L"]}}"#,
            event: #"{"items": [{"sku": "A", "size": "M"}, {"sku": "B", "size": "L"}]}"#,
            lines: [#"items.size is "M"; wanted ["L"] (in $['items'][0], the element that comes closest)"#]),
        Case(
            pattern: #"{"tags": ["vip"]}"#, event: #"{"tags": ["a", "b", "c", "d", "e", "f", "g"]}"#,
            lines: [#"tags is "a", "b", "c", "d", "e" and 2 more; wanted ["vip"]"#]),
        Case(
            pattern: #"{"$or": [{"a": [1], "b": [1]}, {"c": [1]}]}"#, event: #"{"a": 2, "b": 2, "c": 2}"#,
            lines: ["the closest of 2 alternatives:", "c is 2; wanted [1]"]),
    ])
    func sentences(item: Case) throws {
        let pattern = try #require(EventPattern.compile(try json(item.pattern)).pattern)
        let lines = pattern.explain(try json(item.event)).description.split(separator: "\n").map(String.init)
        #expect(lines == item.lines)
    }

    @Test func failuresCarryPathPositionAndLocations() throws {
        let text = #"{"line items": {"it's": [{"numeric": [">", 5]}]}}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        let failure = try #require(
            pattern.explain(try json(#"{"line items": [{"it's": 1}, {"it's": [2, 3]}]}"#)).failures.first)
        #expect(failure.path == ["line items", "it's"])
        #expect(failure.node?.position.column == 25)
        #expect(
            failure.found.map(\.location) == [
                "$['line items'][0]['it\\'s']", "$['line items'][1]['it\\'s'][0]", "$['line items'][1]['it\\'s'][1]",
            ])
        #expect(failure.found.map(\.value) == ["1", "2", "3"])
        #expect(failure.cause == .notAccepted && failure.place == .value)
    }

    @Test func conditionsSayWhichPartFails() throws {
        let text = #"""
            {"exchange": ["shop"], "routing_key": ["order.*.paid"], "headers": {"x-test": [{"exists": false}]},
             "properties": {"type": ["order"]}, "body": {"status": ["paid"]}}
            """#
        let condition = try #require(EventCondition.compile(when: try json(text)).condition)
        let event = EventView(
            exchange: "crm", routingKey: "order.paid", headers: try json(#"{"x-test": true}"#), properties: nil,
            body: try json("{}"))
        #expect(
            condition.explain(event).description.split(separator: "\n") == [
                #"exchange is "crm"; wanted ["shop"]"#,
                #"routing_key is "order.paid"; wanted ["order.*.paid"]"#,
                "x-test is true; it must be absent",
                #"type is missing; wanted ["order"]"#,
                #"status is missing; wanted ["paid"]"#,
            ])
        #expect(
            condition.explain(event).failures.map(\.place) == [.exchange, .routingKey, .headers, .properties, .body])
        let good = EventView(
            exchange: "shop", routingKey: "order.web.paid", properties: try json(#"{"type": "order"}"#),
            body: try json(#"{"status": "paid"}"#))
        #expect(condition.explain(good).matches && condition.matches(good))
        #expect(
            condition.explain(EventView(exchange: "shop", routingKey: "order.web.paid", body: nil)).failures.count == 2)
    }

    @Test func testEventsShowWhatCanHardlyBeMeant() throws {
        let text =
            #"{"customer": [{"exists": true}], "total": [{"numeric": [">", 5]}], "name": [{"numeric": [">", 5]}], "n": [1]}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        let samples = try [
            #"{"customer": {"email": "a@b"}, "total": "10.00", "name": "x", "n": {"a": 1}}"#,
            #"{"customer": [{"email": "a@b"}], "total": "12", "n": 1}"#, "[]",
        ].map(json)
        let remarks = pattern.remarks(on: samples)
        #expect(remarks.map(\.code.rawValue) == ["W137", "W138", "W138"])
        #expect(remarks[0].hint == #"name a member of it: "customer": {"email": [{"exists":true}]}"#)
        #expect(remarks[1].hint?.contains(#""text": true"#) == true)
        #expect(remarks[2].hint?.contains("prefix") == true)
        #expect(pattern.remarks(on: []).isEmpty)
        let readsText = try #require(
            EventPattern.compile(try json(#"{"total": [{"numeric": [">", 5], "text": true}]}"#)).pattern)
        #expect(readsText.remarks(on: samples).isEmpty)
    }

    @Test func pathsAreListedInTheOrderOfTheText() throws {
        let text =
            #"{"headers": {"h": [1]}, "body": {"$or": [{"a": {"b": ["x", {"prefix": "y"}, {"exists": false}]}}, {"c": [{"numeric": ["=", 1]}]}], "d": [{"exists": true}]}}"#
        let condition = try #require(EventCondition.compile(when: try json(text)).condition)
        let paths = condition.paths
        #expect(paths.map(\.names) == [["h"], ["a", "b"], ["c"], ["d"]])
        #expect(paths.map(\.part) == [.headers, .body, .body, .body])
        #expect(paths.map(\.acceptsAbsent) == [false, true, false, false])
    }
}
