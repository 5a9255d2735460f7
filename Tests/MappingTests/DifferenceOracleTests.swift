import JSON
import Mapping
import TestSupport
import Testing

/// What a failing test prints, held against a member by member comparison of its own.
@Suite(.timeLimit(.minutes(1)))
struct DifferenceOracleTests {
    private static let names = ["a", "b", "c", "d"]

    private func value(_ random: inout SeededGenerator, _ depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(random.chance(50))
        case 2: return .string(random.pick(["", "x", "y", "1"], or: ""))
        case 3:
            return .number(
                random.pick([JSONNumber(1), JSONNumber("1.0") ?? JSONNumber(1), JSONNumber(2)], or: JSONNumber(1)))
        case 4: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth + 1) })
        default: return object(&random, depth)
        }
    }

    private func object(_ random: inout SeededGenerator, _ depth: Int) -> JSONValue {
        .object(Self.names.filter { _ in random.chance(60) }.map { ($0, value(&random, depth + 1)) })
    }

    /// The same value, with a few places changed.
    private func changed(_ old: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
        if random.chance(12) { return value(&random, 2) }
        if let elements = old.elements {
            var result = elements.map { changed($0, &random) }
            if random.chance(15), !result.isEmpty { result.removeLast() }
            if random.chance(10) { result.append(value(&random, 3)) }
            return .array(result)
        }
        guard let members = old.members else { return old }
        var result = members.filter { _ in !random.chance(10) }.map { ($0.name, changed($0.value, &random)) }
        if random.chance(15) { result.append(("e", value(&random, 3))) }
        return .object(result.shuffled(using: &random))
    }

    /// Where two values differ: the places of leaves, and of what is there on one side only.
    private func places(_ wanted: JSONValue?, _ found: JSONValue?, _ place: String, isPart: Bool) -> [String] {
        guard let wanted else { return isPart && !place.hasSuffix("]") ? [] : ["\(place): not expected"] }
        guard let found else { return ["\(place): missing"] }
        if let one = wanted.members, let other = found.members {
            let names = Set((one + other).map(\.name))
            return names.flatMap { places(wanted[$0], found[$0], "\(place)/\($0)", isPart: isPart) }
        }
        if let one = wanted.elements, let other = found.elements {
            return (0..<max(one.count, other.count)).flatMap { number -> [String] in
                let (left, right) = (number < one.count ? one[number] : nil, number < other.count ? other[number] : nil)
                guard left != nil else { return ["\(place)/\(number): not expected"] }
                return places(left, right, "\(place)/\(number)", isPart: isPart)
            }
        }
        let isSame =
            wanted.kind == .number && found.kind == .number
            ? wanted.number?.text == found.number?.text : wanted == found
        return isSame ? [] : ["\(place): expected"]
    }

    private func report(_ found: JSONValue, _ expected: JSONValue, key: String) throws -> MappingTestReport {
        let mapping = try #require(Sample.compile(Sample.mapping(#""content": "$.c""#)).mapping)
        let event = SourceFile(name: "e.json", text: JSONValue.object([("c", found), ("z", .null)]).text())
        let request = JSONValue.object([("content", expected)]).text()
        let whole = #"{"campaign": 1, "matching": "email", "email": "a@example.com", "# + request.dropFirst()
        let tests =
            #"{"tests": [{"name": "t", "event": "e.json", "expect": {"outcome": "launch", ""#
            + key + "\": \(key == "request" ? whole : request)}}]}"
        return MappingTester { $0 == event.name ? event : nil }
            .run(mapping, tests: SourceFile(name: "a.tests.json", text: tests))
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 20))
    func everyDifferenceIsNamedOnce(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let found = object(&random, 0)
            let expected = changed(found, &random)
            guard expected.kind == .object else { continue }
            for (key, isPart) in [("request", false), ("request_contains", true)] {
                let report = try report(found, expected, key: key)
                let result = try #require(report.results.first)
                let named = result.differences.map { difference in
                    let kind =
                        difference.expected == nil ? "not expected" : difference.found == nil ? "missing" : "expected"
                    return "\(difference.place): \(kind)"
                }
                let wanted = places(expected, found, "/content", isPart: isPart)
                #expect(named.sorted() == wanted.sorted(), "\(expected.text()) on \(found.text())")
                #expect(result.isPassed == wanted.isEmpty && report.isPassed == wanted.isEmpty)
                #expect(result.differences.allSatisfy { $0.description.hasPrefix($0.place + ": ") })
                let failures = report.diagnostics.filter { $0.code == .failingTest }
                #expect(failures.count == (wanted.isEmpty ? 0 : 1))
                let rest = failures.first?.hint
                let noun = wanted.count == 2 ? "difference" : "differences"
                let more = "and \(wanted.count - 1) more \(noun); `trigger-bridge test` shows all of them"
                #expect((rest == more) == (wanted.count > 1) && (rest == nil) == wanted.isEmpty)
            }
        }
    }

    @Test(arguments: [
        (#"{"a": 1}"#, #"{"a": 1.0}"#, "/content/a: expected 1.0, found 1"),
        (#"{"a": "1"}"#, #"{"a": 1}"#, #"/content/a: expected 1, found "1""#),
        (#"{"a": [1, 2]}"#, #"{"a": [1]}"#, "/content/a/1: not expected, found 2"),
        (#"{"a": []}"#, #"{"a": [1]}"#, "/content/a/0: missing, expected 1"),
        (#"{"a": {}}"#, #"{"a": []}"#, "/content/a: expected [], found {}"),
        (#"{"a": null}"#, #"{"a": false}"#, "/content/a: expected false, found null"),
        (#"{"a/b": 1}"#, #"{"a/b": 2}"#, "/content/a~1b: expected 2, found 1"),
        (
            "{\"a\": \"1\u{A0}499\"}", #"{"a": "1 499"}"#,
            "they differ only in spaces: character 2 is a no-break space (U+00A0) in what was found, and a space (U+0020) in what is expected"
        ),
        (
            "{\"a\": \"x\u{202F}y\"}", "{\"a\": \"x\u{A0}y\"}",
            "(U+202F) in what was found, and a no-break space (U+00A0) in what is expected"
        ),
    ])
    func differencesAreToldInFull(found: String, expected: String, line: String) throws {
        let report = try report(
            .node(JSONDocument.parse(found).root), .node(JSONDocument.parse(expected).root), key: "request")
        let difference = try #require(report.results.first?.differences.first)
        #expect(difference.description.contains(line), "\(difference)")
    }

    @Test func aLongValueIsCut() throws {
        let long = JSONValue.object([("a", .string(String(repeating: "x", count: 1_000)))])
        let report = try report(long, .object([("a", .string("y"))]), key: "request")
        let text = try #require(report.results.first?.differences.first).description
        #expect(text.count < 300 && text.hasSuffix("xxx…"))
    }

    private static let branching = Sample.mapping(
        #"""
        "content": {
          "kind": {"$if": {"vip": [true]}, "then": "vip", "else": {"$if": {"n": [1]}, "then": "first", "else": "plain"}},
          "note": {"$if": {"gift": [true]}, "then": "a gift"},
          "list": {"$each": "$.l[*]", "item": {"$if": {"k": [1]}, "then": 1, "else": 2}}
        }
        """#, recipient: #"[{"email": "$.email"}, {"matching": "phone", "phone": "$.phone"}]"#)

    @Test(arguments: [
        ([#"{"email": "a@b.c", "vip": true}"#], ["/recipient/0", "/content/kind/then"]),
        ([#"{"phone": "+7", "n": 1}"#], ["/recipient/1", "/content/kind/else", "/content/kind/else/then"]),
        (
            [#"{"phone": "+7", "gift": true}"#],
            ["/recipient/1", "/content/kind/else", "/content/kind/else/else", "/content/note/then"]
        ),
        (
            [#"{"email": "a@b.c", "vip": true, "l": [{"k": 1}, {"k": 2}]}"#],
            ["/recipient/0", "/content/kind/then", "/content/list/item/then", "/content/list/item/else"]
        ),
        ([#"{"vip": true}"#], []),
        (
            [#"{"email": "a@b.c", "vip": true}"#, #"{"phone": "+7", "n": 1}"#],
            ["/recipient/0", "/recipient/1", "/content/kind/then", "/content/kind/else", "/content/kind/else/then"]
        ),
    ])
    func whatTestsReach(bodies: [String], reached: [String]) throws {
        let mapping = try #require(Sample.compile(Self.branching).mapping)
        let tests = bodies.indices.map { number in
            let isStopped = !bodies[number].contains("email") && !bodies[number].contains("phone")
            return
                #"{"name": "t\#(number)", "event": "\#(number)", "expect": {"outcome": "\#(isStopped ? "park" : "launch")"}}"#
        }
        let report = MappingTester { name in Int(name).map { SourceFile(name: name, text: bodies[$0]) } }
            .run(mapping, tests: SourceFile(name: "t", text: "{\"tests\": [\(tests.joined(separator: ","))]}"))
        #expect(report.isPassed, "\(report.diagnostics)")
        #expect(Set(report.branches.filter(\.isReached).map(\.pointer.description)) == Set(reached))
        let told = report.diagnostics.filter { $0.code == .unreachedBranch }.map(\.pointer.description)
        let all = Set(report.branches.map(\.pointer.description))
        #expect(Set(told) == all.subtracting(reached) && told.count == Set(told).count)
        #expect(all.count == 9, "\(all.sorted())")
    }
}
