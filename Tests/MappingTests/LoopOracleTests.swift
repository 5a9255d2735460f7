import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import TestSupport
import Testing

/// `for_each` beside a plain loop: which elements are launched for, under which names, in which order, in which windows.
@Suite(.timeLimit(.minutes(1)))
struct LoopOracleTests {
    /// One element of the list.
    struct Person {
        let id: String?
        let isWanted: Bool
        let hasEmail: Bool

        var json: String {
            var members = ["\"wanted\": \(isWanted)"]
            if let id { members.append("\"id\": \(id)") }
            if hasEmail { members.append(#""email": "p@example.com""#) }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    private func people(_ count: Int, _ random: inout SeededGenerator) -> [Person] {
        (0..<count).map { _ in
            let id = random.pick(
                ["1", "2", "\"1\"", "\"a\"", "\"b\"", "3.0", "null", "[]", "true", "\"\""], or: "1")
            return Person(
                id: random.chance(85) ? id : nil, isWanted: random.chance(70), hasEmail: random.chance(80))
        }
    }

    /// `name reason`, by a loop that anybody can read.
    private func expected(_ people: [Person], hasCondition: Bool, isUnique: Bool, limit: Int?)
        -> [String]
    {
        let wanted = people.enumerated().filter { !hasCondition || $0.element.isWanted }
        if wanted.isEmpty { return ["- unmatched"] }
        if let limit, wanted.count > limit { return ["- limit"] }
        var seen = Set<String>()
        return wanted.map { place, person in
            var name = "$['l'][\(place)]"
            if isUnique {
                guard let id = person.id, id != "null" else { return "\(name) missing" }
                // An empty text tells nobody apart from anybody.
                if id == "\"\"" { return "\(name) \(person.hasEmail ? "launch" : "no_recipient")" }
                // A number and a text of the same digits are one key.
                name = id.hasPrefix("\"") ? String(id.dropFirst().dropLast()) : id
                guard seen.insert(name).inserted else { return "\(name) duplicate" }
            }
            return "\(name) \(person.hasEmail ? "launch" : "no_recipient")"
        }
    }

    private func described(_ outcomes: [LaunchPlan]) -> [String] {
        outcomes.map { outcome in
            switch outcome {
            case .launch(let launch): "\(launch.element.name) launch"
            case .stop(let stop): "\(stop.element?.name ?? "-") \(stop.reason.rawValue)"
            }
        }
    }

    private func body(_ people: [Person]) -> String {
        "{\"l\": [\(people.map(\.json).joined(separator: ", "))]}"
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 40))
    func theSameAsAPlainLoop(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let people = people(Int.random(in: 0...12, using: &random), &random)
        let (hasCondition, isUnique) = (random.chance(50), random.chance(60))
        let limit = random.chance(40) ? Int.random(in: 1...10, using: &random) : nil
        var forEach = #""path": "$.l[*]""#
        if hasCondition { forEach += #", "where": {"wanted": [true]}"# }
        if isUnique { forEach += #", "unique_by": "@.id""# }
        if let limit { forEach += ", \"limit\": \(limit)" }
        let text = Sample.mapping("\"for_each\": {\(forEach)}", recipient: #"[{"email": "@.email"}]"#)
        let plan = try #require(try Sample.plan(text, body: body(people)).mappings.first)
        let wanted = expected(people, hasCondition: hasCondition, isUnique: isUnique, limit: limit)
        #expect(described(plan.outcomes) == wanted, "\(forEach) on \(body(people))")
        let numbers = plan.outcomes.compactMap { outcome -> Int? in
            switch outcome {
            case .launch(let launch): launch.element.number
            case .stop(let stop): stop.element?.number
            }
        }
        #expect(
            numbers == Array(0..<numbers.count), "elements are numbered among those that are wanted")
    }

    private func set(_ keys: String = "") throws -> MappingSet {
        let text = Sample.mapping(
            "\(keys)\"for_each\": {\"path\": \"$.l[*]\"}, \"custom_data\": {\"n\": {\"$meta\": \"/index\"}}",
            recipient: #"[{"email": "@.email"}]"#)
        return MappingSet([try #require(Sample.compile(text).mapping)])
    }

    private func event(_ people: [Person]) throws -> Event {
        try #require(EventFile.read(SourceFile(name: "e", text: body(people))).0).event(
            now: .init(seconds: 0))
    }

    @Test(arguments: [
        ("", 1_000), (#""delivery": {"batch": {"max_items": 10}}, "#, 1_000),
        (#""delivery": {"batch": {"max_items": 600}}, "#, 1_200),
        (#""delivery": {"batch": {}}, "#, 2_000),
    ])
    func aLongListComesInWindows(keys: String, window: Int) throws {
        var random = SeededGenerator(seed: 5)
        let people = people(2_500, &random)
        let (set, event) = (try set(keys), try event(people))
        let whole = try #require(set.evaluate(event).mappings.first)
        #expect(whole.rest == nil && whole.outcomes.count == 2_500 && whole.elementCount == 2_500)
        let plan = try #require(set.evaluate(event, isWhole: false).mappings.first)
        #expect(plan.outcomes.count == window && plan.elementCount == 2_500)
        var stream = try #require(plan.rest)
        #expect(
            stream.window == window && stream.left == [window..<2_500] && stream.mapping.name == "sample")
        #expect(stream.footprint > event.view.body?.document.bytes.count ?? 0)
        var found = described(plan.outcomes)
        while !stream.isEmpty {
            let before = stream.left.first?.lowerBound ?? 0
            let taken = stream.take(Int.random(in: 1...700, using: &random))
            #expect((stream.left.first?.lowerBound ?? 2_500) == before + taken.count)
            found += described(taken)
        }
        #expect(found == described(whole.outcomes), "a list in parts is the list")
        #expect(stream.take(5).isEmpty && stream.left.isEmpty)
    }

    @Test(arguments: Fuzzing.seeds(from: 70, count: 10))
    func whatIsStillOwedIsTheSameLaunchAgain(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let people = people(20, &random)
        let (set, event) = (try set(), try event(people))
        let whole = try #require(set.evaluate(event).mappings.first)
        let owed = (0..<20).filter { _ in random.chance(40) }
        let ranges = ElementRanges(owed.map { $0..<($0 + 1) })
        let again = try #require(set.evaluate(event, mapping: "sample", elements: ranges))
        #expect(described(again.outcomes) == owed.map { described(whole.outcomes)[$0] })
        #expect(again.elementCount == 20 && again.eventID == whole.eventID)
        let requests = whole.launches.filter { owed.contains($0.element.number) }.map(\.request)
        #expect(
            again.launches.map(\.request) == requests, "an element keeps its number, whoever else is owed"
        )
    }

    @Test(arguments: [
        // What launches take together is bounded: the first fit, the others stop, none is lost.
        1, 200, 1_000_000,
    ])
    func launchesOfOneEventTogether(bytes: Int) throws {
        let people = (0..<10).map { _ in Person(id: "1", isWanted: true, hasEmail: true) }
        let plans = try set().evaluate(event(people), limits: EvaluationLimits(eventBytes: bytes))
            .mappings
        let plan = try #require(plans.first)
        #expect(plan.outcomes.count == 10)
        let launched = plan.launches.count
        let size = try #require(plan.launches.first).request.body.count
        // The launch that goes over the edge is the last that goes.
        #expect(launched == min(10, (bytes + size - 1) / size))
        #expect(plan.stops.allSatisfy { $0.reason == .limit && $0.launchClass == .unmappable })
        #expect(
            plan.launches.map(\.element.number) == Array(0..<launched), "the first are the ones that go")
        #expect((launched == 10) == (bytes == 1_000_000))
    }

    @Test(arguments: [
        (#"{"$each": "$.l[*]", "item": "@"}"#, "[3,1,2]"),
        (#"{"$each": "$.l[*]", "limit": 0, "item": "@"}"#, "[]"),
        (#"{"$each": "$.l[*]", "limit": 2, "item": "@"}"#, "[3,1]"),
        (#"{"$each": "$.l[*]", "limit": 9, "item": "@"}"#, "[3,1,2]"),
        (#"{"$each": "$.l[1:]", "item": "@"}"#, "[1,2]"),
        (#"{"$each": "$.l[-1:]", "item": {"v": "@"}}"#, #"[{"v":2}]"#),
        (#"{"$each": "$.l[::-1]", "item": "@"}"#, "[2,1,3]"),
        (#"{"$each": "$.l[?@ > 1]", "item": "@"}"#, "[3,2]"),
        (#"{"$each": "$.o.*", "item": "@"}"#, "[10,20]"), (#"{"$each": "$..id", "item": "@"}"#, "[7]"),
        (#"{"$each": "$.l[*]", "item": {"$meta": "/index"}}"#, "[0,1,2]"),
        (#"{"$each": "$.p[*]", "where": {"k": [1]}, "limit": 1, "item": {"$meta": "/index"}}"#, "[0]"),
        (
            #"{"$each": "$.p[*]", "where": {"k": [1]}, "item": {"$each": "$.l[*]", "limit": 1, "item": {"$meta": "/index"}}}"#,
            "[[0],[0]]"
        ),
        (#"{"$each": "$.p[*]", "item": {"$path": "@.k", "default": "-"}}"#, #"[2,1,"-",1]"#),
        (
            #"{"$each": "$.p[*]", "item": {"$if": {"k": [1]}, "then": "one", "else": "other"}}"#,
            #"["other","one","other","one"]"#
        ),
        (#"{"$each": "$.p[*]", "where": {"k": [5]}, "item": "@", "empty": "omit"}"#, "left out"),
        (#"{"$each": "$.p[*]", "where": {"k": [5]}, "item": "@", "empty": "fail"}"#, "missing"),
        (#"{"$each": "$.p[*]", "limit": 0, "item": "@", "empty": "fail"}"#, "missing"),
    ])
    func loopsInContent(template: String, expected: String) throws {
        let body =
            #"{"l": [3, 1, 2], "o": {"a": 10, "b": 20}, "p": [{"k": 2}, {"k": 1}, {}, {"k": 1}], "z": {"id": 7}}"#
        let plan = try Sample.plan(Sample.mapping("\"content\": {\"x\": \(template)}"), body: body)
        let found =
            plan.stops.first?.reason.rawValue ?? plan.launches.first?.launch.content?["x"]?.text()
            ?? "left out"
        #expect(found == expected)
    }
}
