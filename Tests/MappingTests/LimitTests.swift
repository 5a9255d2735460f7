import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// No event makes an evaluation slow or big: each limit ends in `limit`.
@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    private func reason(_ content: String, body: String, limits: EvaluationLimits) throws -> String? {
        let plan = try Sample.plan(Sample.mapping("\"content\": {\"x\": \(content)}"), body: body, limits: limits)
        return plan.stops.first.map { "\($0.reason.rawValue) \($0.pointer)" }
    }

    private static let list = "[" + (0..<1_000).map(String.init).joined(separator: ",") + "]"

    @Test(arguments: [
        #"{"$path": "$..*", "take": "all"}"#, #"{"$each": "$.l[*]", "item": {"$path": "$.l[999]", "optional": true}}"#,
        #"{"$each": "$.l[*]", "where": {"a": [1]}, "item": "@"}"#,
    ])
    func visits(template: String) throws {
        let found = try reason(template, body: "{\"l\": \(Self.list)}", limits: EvaluationLimits(visits: 500))
        #expect(found?.hasPrefix("limit /content/x") == true)
    }

    /// Lists within lists may come to the same value any number of times.
    @Test func conditionsOnWideValuesInLoops() throws {
        let members = (0..<100).map { "\"m\($0)\": 0" }.joined(separator: ", ")
        let body = "{\"l\": [\((0..<100).map(String.init).joined(separator: ","))], \"o\": {\(members)}}"
        let choice = #"{"$if": {"absent": [1]}, "then": 1, "else": 2}"#
        let nested = #"{"$each": "$.l[*]", "item": {"$each": "$.o", "item": \#(choice)}}"#
        let limits = EvaluationLimits(visits: 10_000)
        #expect(try reason(nested, body: body, limits: limits)?.hasPrefix("limit /content/x/item/item") == true)
        #expect(try reason(choice, body: body, limits: EvaluationLimits(visits: 10)) == nil)
    }

    /// Where each element stands would take minutes to find out; nobody asks, so it takes no time.
    @Test func aLongListWhoseElementsAllLackWhatIsOptional() throws {
        let body = "{\"l\": [" + Array(repeating: "{}", count: 300_000).joined(separator: ",") + "]}"
        let each = #"{"$each": "$.l[*]", "item": {"a": {"$path": "@.a", "optional": true}}}"#
        #expect(try reason(each, body: body, limits: EvaluationLimits()) == nil)
    }

    /// One that gives no launch is told by its place, and the places of all are not looked for one by one.
    @Test(arguments: [
        (#""unique_by": "@.id"}"#, "missing: $['l'][39999].id"),
        (#""unique_by": {"$path": "@.n", "pipe": ["trim"]}}"#, "invalid: $['l'][39999].n"),
        (#""unique_by": "@.blank"}, "content": {"a": "@.a"}"#, "missing: $['l'][39999].a"),
        (#""unique_by": "@.same"}"#, "duplicate: $['l'][39999]"),
        (#""limit": 40000}, "content": {"a": "@.a"}"#, "missing: $['l'][39999].a"),
    ])
    func aLongListWhoseElementsGiveNoLaunch(keys: String, last: String) throws {
        let element = #"{"n": 1, "blank": "", "same": "a"}"#
        let body = "{\"l\": [" + Array(repeating: element, count: 40_000).joined(separator: ",") + "]}"
        let mapping = try #require(Sample.compile(Sample.mapping(#""for_each": {"path": "$.l[*]", \#(keys)"#)).mapping)
        let event = Event(view: EventView(body: try JSONDocument.parse(body).root), now: Instant(seconds: 0))
        let preview = MappingSet([mapping]).preview(event)
        let stop = try #require(preview.plan.stops.last)
        #expect(preview.plan.stops.count + preview.plan.launches.count == 40_000)
        #expect("\(stop.reason.rawValue): \(stop.path ?? "")" == last)
        #expect(stop.element?.name == (last.hasPrefix("duplicate") ? "a" : "$['l'][39999]"))
        let stops = PreviewJSON { _ in .null }.render(preview)["stops"]?.elements
        #expect(stops?.last?["path"]?.string == stop.path)
    }

    @Test(arguments: [
        #""$.l""#, #"{"$path": "$.l[*]", "take": "all"}"#, #"{"$each": "$.l[*]", "item": "abcdefg"}"#,
        #"{"$template": "{{$.t}}{{$.t}}{{$.t}}"}"#, #"{"$merge": [{"a": "$.l"}]}"#,
        #"{"$each": "$.l[*]", "item": {"$each": "$.l[*]", "item": "$.t"}}"#,
    ])
    func output(template: String) throws {
        let body = "{\"l\": \(Self.list), \"t\": \"\(String(repeating: "é", count: 400))\"}"
        let found = try reason(template, body: body, limits: EvaluationLimits(launchBytes: 2_000))
        #expect(found?.hasPrefix("limit") == true)
    }

    @Test func allLaunchesOfOneEventTogether() throws {
        let text = Sample.mapping(#""for_each": {"path": "$.l[*]"}, "content": {"x": "$.l"}"#)
        let plan = try Sample.plan(text, body: "{\"l\": \(Self.list)}", limits: EvaluationLimits(eventBytes: 20_000))
        #expect((1..<20).contains(plan.launches.count))
        #expect(plan.launches.count + plan.stops.count == 1_000)
        #expect(plan.stops.allSatisfy { $0.reason == .limit })
    }

    @Test func anAuthorsOwnLimitCuts() throws {
        #expect(
            try Sample.content(#"{"$each": "$.l[*]", "limit": 1, "item": "@"}"#, body: #"{"l": [1, 2]}"#)
                == #"{"x":[1]}"#)
    }
}
