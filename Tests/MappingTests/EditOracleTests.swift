import JSON
import Mapping
import TestSupport
import Testing

/// `set` of tests beside a plain reading of it: a test passes with the event that the edits make, and with no other.
@Suite(.timeLimit(.minutes(1)))
struct EditOracleTests {
    private static let names = ["a", "b", "a/b", "~", ""]

    private func value(_ random: inout SeededGenerator, _ depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 2 : 4), using: &random) {
        case 0: return .number(JSONNumber(Int.random(in: 0...9, using: &random)))
        case 1: return .string(random.pick(["", "x"], or: ""))
        case 2: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth + 1) })
        default: return object(&random, depth)
        }
    }

    private func object(_ random: inout SeededGenerator, _ depth: Int) -> JSONValue {
        .object(Self.names.filter { _ in random.chance(50) }.map { ($0, value(&random, depth + 1)) })
    }

    /// A way into a value, mostly one that is there.
    private func way(into value: JSONValue, _ random: inout SeededGenerator) -> [String] {
        if let members = value.members {
            guard random.chance(80), let member = members.randomElement(using: &random) else {
                return [random.pick(Self.names + ["new"], or: "new")]
            }
            return [member.name] + (random.chance(60) ? way(into: member.value, &random) : [])
        }
        guard let elements = value.elements else { return random.chance(15) ? ["a"] : [] }
        guard random.chance(80), let place = elements.indices.randomElement(using: &random) else {
            return [random.pick(["-", "7", "x"], or: "-")]
        }
        return [String(place)] + (random.chance(60) ? way(into: elements[place], &random) : [])
    }

    /// The edit, made as its description says; nil where it cannot be.
    private func edited(_ value: JSONValue, _ way: ArraySlice<String>, _ new: JSONValue?) -> JSONValue? {
        guard let token = way.first else { return new }
        let (rest, isLast) = (way.dropFirst(), way.count == 1)
        if var members = value.members {
            let place = members.firstIndex { $0.name == token }
            switch (place, isLast, new) {
            case (let place?, true, nil): members.remove(at: place)
            case (let place?, _, _):
                guard let inner = edited(members[place].value, rest, new) else { return nil }
                members[place].value = inner
            case (nil, _, nil): return nil
            case (nil, _, _):
                guard let inner = isLast ? new : edited(.object([]), rest, new) else { return nil }
                members.append((token, inner))
            }
            return .object(members)
        }
        guard var elements = value.elements else { return nil }
        if token == "-", isLast, let new { return .array(elements + [new]) }
        guard let place = Int(token), elements.indices.contains(place) else { return nil }
        if isLast, new == nil {
            elements.remove(at: place)
        } else {
            guard let inner = edited(elements[place], rest, new) else { return nil }
            elements[place] = inner
        }
        return .array(elements)
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 40))
    func editsMakeTheEventThatTheyDescribe(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": "$.c""#)).mapping)
        for _ in 0..<20 {
            let content = object(&random, 0)
            let event = SourceFile(name: "e.json", text: JSONValue.object([("c", content), ("z", .null)]).text())
            let way = way(into: content, &random)
            guard !way.isEmpty else { continue }
            let new = random.chance(25) ? nil : value(&random, 2)
            let pointer = JSONPointer(["body", "c"] + way).description
            let set = JSONValue.object([(pointer, new ?? .object([("$remove", .bool(true))]))])
            let expected = edited(content, way[...], new)
            let launch =
                #"{"outcome": "launch", "request": {"campaign": 1, "matching": "email", "email": "a@example.com", "content": "#
            let tests =
                #"{"tests": [{"name": "t", "event": "e.json", "set": \#(set.text()), "expect": "#
                + launch + (expected ?? content).text() + "}}}]}"
            let report = MappingTester { $0 == event.name ? event : nil }
                .run(mapping, tests: SourceFile(name: "t.json", text: tests))
            let result = try #require(report.results.first)
            let told = "\(set.text()) on \(content.text()): \(report.diagnostics.map(\.description))"
            if expected == nil {
                #expect(result.obstacle?.hasPrefix("the event cannot be edited: ") == true, "\(told)")
                #expect(report.diagnostics.contains { $0.code == .eventFile })
            } else {
                #expect(result.isPassed, "\(told)")
            }
        }
    }

    @Test(arguments: [
        (#"{"/body/c/l/0": 9}"#, #"{"l":[9,2]}"#), (#"{"/body/c/l/-": 3}"#, #"{"l":[1,2,3]}"#),
        (#"{"/body/c/l/-": 3, "/body/c/l/0": {"$remove": true}}"#, #"{"l":[2,3]}"#), (#"{"/body/c": {}}"#, "{}"),
        (#"{"/body/c/m/n/o": 1}"#, #"{"l":[1,2],"m":{"n":{"o":1}}}"#), (#"{"/body/c/l": {"$remove": true}}"#, "{}"),
        (#"{"/body/c/l": {"$remove": false}}"#, #"{"l":{"$remove":false}}"#), (#"{"/body/c/l": null}"#, #"{"l":null}"#),
        (#"{"/body": {"c": {"x": 1.50}}}"#, #"{"x":1.50}"#),
        (#"{"/body/c/~01~1": "odd"}"#, #"{"l":[1,2],"~1/":"odd"}"#),
    ])
    func editsAreMadeInTheirOrder(set: String, content: String) throws {
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": "$.c""#)).mapping)
        let tests =
            #"{"tests": [{"name": "t", "event": "e", "set": \#(set), "expect": {"outcome": "launch", "request_contains": {"content": \#(content)}}}]}"#
        let report = MappingTester { SourceFile(name: $0, text: #"{"c": {"l": [1, 2]}, "z": 0}"#) }
            .run(mapping, tests: SourceFile(name: "t", text: tests))
        #expect(report.results.map(\.isPassed) == [true], "\(report.diagnostics.map(\.description))")
    }
}
