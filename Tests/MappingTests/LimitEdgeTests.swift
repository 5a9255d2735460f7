import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// Each limit one below, at and one above what an evaluation needs.
@Suite(.timeLimit(.minutes(1)))
struct LimitEdgeTests {
    /// The stop of an evaluation under limits, or nil where it launches.
    private func stop(_ mapping: String, _ body: String, _ limits: EvaluationLimits) throws -> Stop? {
        let plan = try Sample.plan(mapping, body: body, limits: limits)
        #expect(plan.stops.count + plan.launches.count == 1)
        return plan.stops.first
    }

    /// The smallest limit that lets the evaluation pass; all that are smaller must stop it.
    private func least(upTo most: Int, _ stop: (Int) throws -> Stop?) rethrows -> Int {
        var (low, high) = (0, most)
        while low < high {
            let middle = (low + high) / 2
            if try stop(middle) == nil { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static let list = "[" + (0..<40).map { #"{"n": \#($0), "t": "é\#($0)"}"# }.joined(separator: ",") + "]"

    @Test(arguments: [
        (#""$.l[39].n""#, "/content/x"), (#"{"$path": "$..n", "take": "all"}"#, "/content/x"),
        (#"{"$path": "$.l[?@.n == 39].t", "take": "only"}"#, "/content/x"),
        (#"{"$template": "{{$.l[1].t}}{{$.l[2].t}}"}"#, "/content/x"),
        (#"{"$each": "$.l[*]", "item": "@.n"}"#, "/content/x"),
        (#"{"$each": "$.l[*]", "where": {"n": [39]}, "item": "@.t"}"#, "/content/x"),
        (#"{"$each": "$.l[*]", "item": {"$path": "$.l[*].n", "take": "first"}}"#, "/content/x"),
        (#"{"$coalesce": ["$.none", "$.l[0].n"]}"#, "/content/x"),
    ])
    func visits(content: String, place: String) throws {
        let mapping = Sample.mapping(#""content": {"x": \#(content)}"#)
        let body = #"{"l": \#(Self.list)}"#
        func stopped(_ visits: Int) throws -> Stop? { try stop(mapping, body, EvaluationLimits(visits: visits)) }
        let least = try least(upTo: 20_000, stopped)
        #expect(least > 0)
        for visits in Set([0, 1, least / 2, least - 2, least - 1]) where visits >= 0 && visits < least {
            let below = try #require(try stopped(visits))
            #expect(below.reason == .limit && below.launchClass == .unmappable, "\(visits) of \(least): \(below)")
            #expect(below.pointer.description.hasPrefix(place) && below.detail.contains("more than \(visits) values"))
        }
        for visits in [least, least + 1, 1_000_000] { #expect(try stopped(visits) == nil) }
    }

    @Test func aLoopThatAsksItsConditionIsPaidByWhatItLooksAt() throws {
        let mapping = Sample.mapping(
            #""for_each": {"path": "$.l[*]", "where": {"n": [39]}}, "content": {"x": "@.t"}"#)
        let body = #"{"l": \#(Self.list)}"#
        func stopped(_ visits: Int) throws -> Stop? { try stop(mapping, body, EvaluationLimits(visits: visits)) }
        let least = try least(upTo: 20_000, stopped)
        // Each of 40 elements has an object and two members.
        #expect(least >= 120)
        let below = try #require(try stopped(119))
        #expect(below.reason == .limit && below.pointer.description == "/for_each", "\(below)")
    }

    @Test(arguments: [
        #""$.t""#, #"{"a": "$.t", "b": {"c": ["$.t"]}}"#, #"{"$template": "{{$.t}}{{$.t}}"}"#,
        #"{"$each": "$.l[*]", "item": "$.t"}"#, #"{"$path": "$.l[*]", "take": "all"}"#,
        #"{"$merge": [{"a": "$.t"}, {"b": "$.l"}]}"#, #"{"$path": "$.t", "pipe": ["urlencode"]}"#,
        #"{"$literal": "0123456789"}"#,
        #"{"$lookup": "t", "key": "k", "default": 0}"#,
    ])
    func bytesOfALaunch(content: String) throws {
        let mapping = Sample.mapping(
            #""tables": {"t": {"k": "0123456789"}}, "custom_data": {"k": {"$lookup": "t", "key": "k", "default": 0}}, "content": {"x": \#(content)}"#
        )
        let body = #"{"l": [1, 2, 3], "t": "ééééééééééééééé\u0001"}"#
        func stopped(_ bytes: Int) throws -> Stop? { try stop(mapping, body, EvaluationLimits(launchBytes: bytes)) }
        let least = try least(upTo: 5_000, stopped)
        let request = try #require(try Sample.plan(mapping, body: body).launches.first?.request.body)
        // What is counted is never less than what is sent.
        #expect(least >= request.count && least < 4 * request.count, "\(least) for \(request.count) bytes")
        let below = try #require(try stopped(least - 1))
        #expect(below.reason == .limit && below.detail.contains("\(least - 1)"), "\(below)")
        #expect(try stopped(least + 1) == nil)
    }

    @Test(arguments: [
        // The mapping's limit, the bridge's, the elements that there are, and whether they are launched.
        (Int?.none, 3, 3, true), (Int?.none, 3, 4, false), (Int?.none, 1, 1, true), (Int?.none, 1, 2, false),
        (3, 100, 2, true), (3, 100, 3, true), (3, 100, 4, false), (100, 3, 3, true), (100, 3, 4, false),
        (3, 3, 3, true), (3, 3, 4, false), (3, 0, 1, false), (1, 100, 1, true),
    ])
    func elements(own: Int?, bridge: Int, count: Int, isLaunched: Bool) throws {
        let limit = own.map { #", "limit": \#($0)"# } ?? ""
        let mapping = Sample.mapping(#""for_each": {"path": "$.l[*]", "where": {"n": [1]}\#(limit)}"#)
        // Elements that `where` refuses are none.
        let list = (0..<count).map { _ in #"{"n": 1}, {"n": 2}"# }.joined(separator: ", ")
        let plan = try Sample.plan(mapping, body: #"{"l": [\#(list)]}"#, limits: EvaluationLimits(elements: bridge))
        #expect(plan.launches.count == (isLaunched ? count : 0))
        let most = min(own ?? bridge, bridge)
        #expect(
            plan.stops.map(\.description)
                == (isLaunched
                    ? []
                    : [
                        "parked, limit at /for_each: \"for_each\" finds \(count) elements, and at most \(most) are allowed"
                    ]))
    }

    @Test func bytesOfAllLaunchesTogether() throws {
        let mapping = Sample.mapping(#""for_each": {"path": "$.l[*]"}, "content": {"x": "@"}"#)
        let body = "{\"l\": [" + Array(repeating: "\"abcdefghij\"", count: 6).joined(separator: ",") + "]}"
        let size = try #require(try Sample.plan(mapping, body: body).launches.first?.request.body.count)
        // One goes as long as anything is left, and may overdraw it; then none goes.
        for (bytes, count) in [
            (0, 0), (1, 1), (size - 1, 1), (size, 1), (size + 1, 2), (2 * size, 2), (2 * size + 1, 3), (5 * size, 5),
            (5 * size + 1, 6), (100 * size, 6),
        ] {
            let plan = try Sample.plan(mapping, body: body, limits: EvaluationLimits(eventBytes: bytes))
            #expect(plan.launches.map(\.element.number) == Array(0..<count), "\(bytes) bytes of \(size)")
            #expect(plan.stops.map(\.element?.number) == Array(count..<6).map(Int?.some))
            #expect(plan.stops.allSatisfy { $0.reason == .limit && $0.launchClass == .unmappable })
        }
    }

    /// A preview does the same work, so it shows the stop that the bridge would come to.
    @Test(arguments: [
        #"{"a": "$.l[0].n", "b": "$.l[39].t", "c": {"$path": "$.l[5].none", "optional": true}}"#,
        #"[{"$path": "$.none.deep", "default": "$.l[7].n"}, {"$path": "$.l[3].none", "default": 1}]"#,
        #"{"$each": "$.l[*]", "item": {"n": "@.n", "o": {"$path": "@.none", "optional": true}}}"#,
        #"{"a": {"$coalesce": ["$.x", "$.l[1].t"]}, "b": "$.none"}"#,
    ])
    func aPreviewStopsWhereTheEvaluationDoes(content: String) throws {
        let mapping = Sample.mapping(#""content": {"x": \#(content)}"#)
        let set = MappingSet([try #require(Sample.compile(mapping).mapping)])
        let view = EventView(body: try JSONDocument.parse(#"{"l": \#(Self.list)}"#).root)
        let event = Event(view: view, now: Instant(seconds: 0))
        for visits in 0...600 {
            let limits = EvaluationLimits(visits: visits)
            let (plan, preview) = (set.evaluate(event, limits: limits), set.preview(event, limits: limits).plan)
            #expect(plan.stops == preview.stops, "\(visits) visits")
            #expect(plan.launches.map(\.request) == preview.launches.map(\.request), "\(visits) visits")
        }
        for bytes in stride(from: 0, through: 600, by: 3) {
            let limits = EvaluationLimits(launchBytes: bytes)
            #expect(set.evaluate(event, limits: limits).stops == set.preview(event, limits: limits).plan.stops)
        }
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (100_000, 3)])
    func anAuthorsLimitOfALoopCutsAndParksNothing(limit: Int, count: Int) throws {
        let template = #"{"$each": "$.l[*]", "limit": \#(limit), "item": "@"}"#
        let expected = #"{"x":["# + ["1", "2", "3"].prefix(count).joined(separator: ",") + "]}"
        #expect(try Sample.content(template, body: #"{"l": [1, 2, 3]}"#) == expected)
    }

    @Test func whatIsMissingIsNoLimitAndALimitIsNoMissing() throws {
        // Neither `default`, nor `optional`, nor another alternative catches a limit.
        for content in [
            #"{"$path": "$..n", "take": "all", "default": 1}"#, #"{"$path": "$..n", "take": "all", "optional": true}"#,
            #"{"$coalesce": [{"$path": "$..n", "take": "all"}, 1]}"#,
        ] {
            let mapping = Sample.mapping(
                #""on": {"missing": "skip", "invalid": "skip"}, "content": {"x": \#(content)}"#)
            let found = try stop(mapping, #"{"l": \#(Self.list)}"#, EvaluationLimits(visits: 20))
            #expect(found?.reason == .limit && found?.launchClass == .unmappable, "\(content)")
        }
        let recipients = Sample.mapping(
            #""on": {"no_recipient": "skip"}"#,
            recipient: #"[{"email": {"$path": "$..n", "take": "first"}}, {"email": "a@b.c"}]"#)
        #expect(try stop(recipients, #"{"l": \#(Self.list)}"#, EvaluationLimits(visits: 20))?.reason == .limit)
    }
}
