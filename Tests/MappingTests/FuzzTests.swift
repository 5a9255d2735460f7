import Altcraft
import EventPattern
import Foundation
import Functions
import JSON
import Mapping
import TestSupport
import Testing

/// Whatever stands in a mapping, a test or an event: an answer, never a trap, in bounded time.
///
/// `MAPPING_FUZZ_ROUNDS` makes the run longer; a failure prints its seed.
@Suite(.timeLimit(.minutes(5)))
struct FuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["MAPPING_FUZZ_ROUNDS"].flatMap(Int.init) ?? 1_500

    private static let mapping = #"""
        {"name": "fuzz", "owner": "a", "when": {"exchange": ["e"], "routing_key": ["a.*.#"], "headers": {"h": [1, {"exists": false}]},
          "body": {"s": ["paid", {"prefix": "x"}], "$or": [{"n": [{"numeric": [">", 0]}]}, {"t": [{"wildcard": "a*b"}]}]}},
         "event": {"id": "$.id", "time": "$.at"}, "for_each": {"path": "$.l[*]", "where": {"k": [1]}, "unique_by": "@.k", "limit": 9},
         "let": {"a": "$.s", "b": {"$template": "{{a}}-{{$.n}}", "default": "x"}}, "tables": {"t": {"x": 1, "y": 2}},
         "launch": {"campaign": {"$lookup": "t", "key": {"$var": "a"}, "default": 3}},
         "recipient": [{"email": {"$coalesce": ["$.e", "@.e"], "pipe": ["trim", "nonblank", "lowercase"]}},
           {"custom_request": {"f": {"$$in": ["$.n", {"$var": "b"}]}}}],
         "content": {"o": {"n": "$.n", "all": {"$path": "$..k", "take": "all", "pipe": ["unique", {"limit": 3}, {"join": ", "}], "optional": true}},
           "each": {"$each": "@.x[?@.p > 1 || match(@.q, 'a.*')]", "where": {"p": [{"exists": true}]}, "limit": 5, "empty": "omit",
             "item": {"$merge": ["@", {"i": {"$meta": "/index"}}]}}, "if": {"$if": {"k": [1]}, "then": "@.k", "else": {"$literal": "$.x"}}},
         "custom_data": {"m": {"$meta": "/properties/message_id", "optional": true}, "now": {"$meta": "/now"}},
         "attach": [{"name": "a", "data": "data:text/csv;base64,SEVMTE8K"}],
         "delivery": {"dedup": {"key": {"$template": "k:{{$.id}}:{{@.k}}"}, "window": "P7D"}, "expire_after": "PT6H", "lane": "@.k",
           "rate": {"per_second": 5, "burst": 2}, "when_unsure": "park", "attempts": 3}, "on": {"missing": "skip"}}
        """#

    private static let words: [String] = [
        "$", "@", "$.", "$[", "$..*", "$.l[*]", "@.k", "{{", "}}", "{{a}}", "{{$.n}}", "\"", "\\", "\\u", "\\ud83d",
        "null",
        "[", "]", "{", "}", ",", ":", "$path", "$var", "$each", "$if", "$merge", "$lookup", "$literal", "$$x", "pipe",
        "default",
        "optional", "take", "item", "where", "then", "else", "key", "trim", "join", "limit", "é", "😀", "0", "-1",
        "1e999", "true",
        "99999999999999999999", "P7D", "PT", "a.*", "#", "exists", "numeric", "custom_request", "matching",
        "email_phone",
    ]

    private func mutate(_ text: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = text
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: Array(random.pick(Self.words, or: "").utf8), at: place)
            case 2: bytes.replaceSubrange(place..<end, with: Array(random.pick(Self.words, or: "").utf8))
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
            case 4 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
            default: swapValues(&bytes, &random)
            }
        }
        return bytes
    }

    /// Puts one value of the document in the place of another: the text stays JSON, the meaning does not.
    private func swapValues(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard let root = try? JSONDocument.parse(bytes, limits: JSONLimits(refusesDuplicates: false)).root else {
            return
        }
        var nodes: [JSONNode] = []
        var open = [root]
        while let node = open.popLast() {
            nodes.append(node)
            open += node.members.map(\.value) + Array(node.elements)
        }
        let (target, source) = (random.pick(nodes, or: root), random.pick(nodes, or: root))
        bytes.replaceSubrange(target.offset..<target.endOffset, with: Array(source.rawBytes))
    }

    private func event(_ random: inout SeededGenerator) throws -> EventView {
        let body = value(&random, depth: 0, names: ["s", "n", "t", "l", "e", "id", "at", "k", "x", "p", "q"])
        let text =
            random.chance(70)
            ? #"{"s": "paid", "n": 1, "t": "axb", "l": [{"k": 1, "x": [{"p": 2}]}], "e": "a@b.c", "id": 7}"# : body
        return EventView(
            exchange: "e", routingKey: "a.b", headers: nil,
            properties: try JSONDocument.parse(#"{"message_id": "m"}"#).root,
            body: try JSONDocument.parse(text).root)
    }

    /// A random value as JSON text.
    private func value(_ random: inout SeededGenerator, depth: Int, names: [String]) -> String {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 8), using: &random) {
        case 0: return "null"
        case 1: return random.pick(["0", "1", "-1.50", "1e400", "12345678901234567890"], or: "0")
        case 2:
            return random.pick(["\"\"", "\"paid\"", "\"a@b.c\"", "\"\\ud800\"", "\"{{a}}\"", "\"axb\""], or: "\"\"")
        case 3: return "true"
        case 4: return "[]"
        case 5:
            let count = Int.random(in: 0...4, using: &random)
            return "[" + (0..<count).map { _ in value(&random, depth: depth + 1, names: names) }.joined(separator: ",")
                + "]"
        default:
            let some = names.shuffled(using: &random).prefix(Int.random(in: 0...6, using: &random))
            return "{"
                + some.map { "\"\($0)\":" + value(&random, depth: depth + 1, names: names) }.joined(separator: ",")
                + "}"
        }
    }

    private func check(_ diagnostics: [Diagnostic], _ bytes: [UInt8], _ seed: UInt64) {
        let lines = bytes.count { $0 == 0x0A } + 1
        for diagnostic in diagnostics {
            let isInside =
                (1...lines).contains(diagnostic.position.line) && (0...bytes.count).contains(diagnostic.position.offset)
            let isOneLine = !diagnostic.description.split(separator: "\n").isEmpty && !diagnostic.message.isEmpty
            #expect(isInside && isOneLine, "seed \(seed): \(diagnostic)")
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func mappings(part: UInt64) throws {
        let whole = Array(Self.mapping.utf8)
        #expect(Sample.compile(Self.mapping).mapping != nil, "\(Sample.compile(Self.mapping).diagnostics)")
        var compiled = 0
        for round in 0..<UInt64(Self.rounds) {
            let seed = part << 32 | round
            var random = SeededGenerator(seed: seed)
            let bytes = mutate(whole, &random)
            let (mapping, diagnostics) = MappingSet.compile(SourceFile(name: "fuzz.json", bytes: bytes))
            check(diagnostics, bytes, seed)
            #expect((mapping == nil) == diagnostics.contains { $0.severity == .error }, "seed \(seed): \(diagnostics)")
            guard let mapping else { continue }
            compiled += 1
            let set = MappingSet([mapping])
            let event = Event(view: try self.event(&random), now: Instant(seconds: 0))
            let limits = EvaluationLimits(visits: 20_000, launchBytes: 20_000, eventBytes: 40_000, elements: 50)
            let plan = set.evaluate(event, limits: limits)
            let preview = set.preview(event, limits: limits)
            #expect(preview.plan.launches.map(\.request) == plan.launches.map(\.request), "seed \(seed)")
            for launch in plan.launches {
                #expect((try? JSONDocument.parse(launch.request.body)) != nil, "seed \(seed)")
                #expect(launch.request.body.count < 40_000, "seed \(seed)")
            }
        }
        #expect(compiled > Self.rounds / 50)
    }

    @Test func templates() throws {
        for round in 0..<UInt64(Self.rounds * 2) {
            var random = SeededGenerator(seed: round)
            let pieces = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                random.pick(Self.words + ["$.a.b", " ", "x"], or: "")
            }
            let text = JSONValue.string(pieces.joined()).text()
            let template = random.chance(50) ? "{\"$template\": \(text)}" : text
            let file = SourceFile(
                name: "t.json", text: Sample.mapping("\"let\": {\"a\": 1}, \"content\": {\"x\": \(template)}"))
            let (mapping, diagnostics) = MappingSet.compile(file)
            check(diagnostics, file.bytes, round)
            guard let mapping else { continue }
            let view = EventView(body: try JSONDocument.parse(#"{"a": {"b": 1}, "n": 2, "l": [3]}"#).root)
            _ = MappingSet([mapping]).evaluate(Event(view: view, now: Instant(seconds: 0)))
        }
    }

    @Test func testsAndEvents() throws {
        let mapping = try #require(Sample.compile(Self.mapping).mapping)
        let tests = Array(
            #"""
            {"tests": [{"name": "a", "event": "e.json", "now": "2026-03-01T09:06:00Z", "set": {"/body/n": null, "/body/l/0/k": 2,
              "/amqp/routing_key": "a.b", "/body/x": {"$remove": true}}, "expect": {"outcome": "launch", "reason": "missing",
              "at": "/content", "request": {"campaign": 1}, "request_contains": [{"matching": "email"}]}}]}
            """#.utf8)
        let event = Array(
            #"{"amqp": {"exchange": "e", "routing_key": "a.b"}, "body": {"s": "paid", "n": 1, "l": [{"k": 1}]}}"#.utf8)
        for round in 0..<UInt64(Self.rounds / 2) {
            var random = SeededGenerator(seed: round)
            let file = SourceFile(name: "e.json", bytes: random.chance(30) ? mutate(event, &random) : event)
            let bytes = mutate(tests, &random)
            let report = MappingTester { _ in file }.run(mapping, tests: SourceFile(name: "t.json", bytes: bytes))
            check(report.diagnostics.filter { $0.file == "t.json" }, bytes, round)
            if let event = EventFile.read(file).0 {
                let proposal = MappingProposal.make(name: "p", from: event)
                #expect(Sample.compile(proposal.mapping).mapping != nil, "seed \(round)")
            }
        }
    }
}
