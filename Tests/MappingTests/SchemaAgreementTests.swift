import Foundation
import JSON
import Mapping
import TestSupport
import Testing

/// The schema beside the checker: an editor underlines nothing that the checker takes, and shows what has a wrong shape.
@Suite(.timeLimit(.minutes(2)))
struct SchemaAgreementTests {
    private let mappings: NaiveSchema
    private let tests: NaiveSchema

    init() throws {
        mappings = NaiveSchema(root: try JSONDocument.parse(MappingSchema.text(.mapping)).root)
        tests = NaiveSchema(root: try JSONDocument.parse(MappingSchema.text(.tests)).root)
    }

    private func faults(_ text: String) throws -> [String] {
        mappings.faults(try JSONDocument.parse(text, limits: JSONLimits(refusesDuplicates: false)).root)
    }

    /// A mapping with every section, each instruction and many functions.
    private static let whole = #"""
        {"$schema": "./mapping.schema.json", "name": "whole", "owner": "a", "description": "b", "enabled": false,
         "when": {"exchange": ["e"], "routing_key": ["a.*.#"], "headers": {"h": [1, {"exists": false}]},
           "properties": {"app_id": [{"prefix": "x"}]},
           "body": {"s": ["paid", null, true, {"anything-but": ["x", "y"]}, {"cidr": "10.0.0.0/8"}],
             "$or": [{"n": [{"numeric": [">", 0], "text": true}]}, {"t": {"u": [{"wildcard": "a*b"}]}}]}},
         "event": {"id": "$.id", "time": {"$path": "$.at", "pipe": [{"datetime": {"from": "unix"}}]}},
         "for_each": {"path": "$.l[*]", "where": {"k": [1]}, "unique_by": "@.k", "limit": 9},
         "let": {"a": "$.s", "b": {"$template": "{{a}}-{{$.n}}", "default": "x"}}, "tables": {"t": {"x": 1, "y": 2}},
         "launch": {"campaign": {"$lookup": "t", "key": {"$var": "a"}, "default": 3}},
         "recipient": [{"email": {"$coalesce": ["$.e", "@.e"], "pipe": ["trim", "nonblank", "lowercase"]}, "resource_id": 24},
           {"matching": "phone", "phone": {"$path": "$.p", "pipe": [{"phone": "RU"}]}},
           {"custom_request": {"f": {"$$in": ["$.n", {"$var": "b"}]}}}],
         "content": {"o": {"n": "$.n", "all": {"$path": "$..k", "take": "all", "pipe": ["unique", {"limit": {"count": 3}}], "optional": true}},
           "each": {"$each": "@.x[*]", "where": {"p": [{"exists": true}]}, "limit": 5, "empty": "omit",
             "item": {"$merge": ["@", {"i": {"$meta": "/index"}}]}},
           "if": {"$if": {"k": [1]}, "then": "@.k", "else": {"$literal": {"$x": "$.x"}}}, "$$in": [null, 1.50, {"a": []}]},
         "custom_data": {"m": {"$meta": "/properties/message_id", "optional": true}},
         "attach": [{"name": "a", "data": "data:text/csv;base64,SEVMTE8K"}],
         "delivery": {"dedup": {"key": {"$template": "k:{{$.id}}{{@.k}}"}, "window": "P7D"}, "expire_after": "P1DT6H", "lane": "@.k",
           "rate": {"per_second": 0.5, "burst": 2}, "when_unsure": "park", "attempts": 3, "priority": "bulk"},
         "on": {"missing": "skip"}}
        """#

    @Test func aMappingWithEverythingIsTaken() throws {
        let errors = Sample.compile(Self.whole).diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.description) == [])
        #expect(try faults(Self.whole) == [])
    }

    /// Whatever compiles is valid: values change places, vanish and are replaced, and what still compiles is shown to the schema.
    @Test(arguments: Fuzzing.seeds(from: 1, count: 6))
    func nothingThatCompilesIsUnderlined(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let root = try JSONDocument.parse(Self.whole).root
        var nodes: [JSONNode] = []
        var open = [root]
        while let node = open.popLast() {
            nodes.append(node)
            open += node.members.map(\.value) + Array(node.elements)
        }
        let values = [
            "null", "true", "0", "1", "5.0", "1e2", "-1", #""""#, #""text""#, #""$.a""#, #""P1W""#, #""PT0S""#, "[]",
            "{}",
            #"{"$path": "$.a"}"#, #"{"$literal": 1}"#, #"{"a": 1}"#, #"["$.a"]"#, "false", #""a.b""#,
        ]
        var compiled = 0
        for _ in 0..<150 {
            let target = random.pick(nodes, or: root)
            let new = random.chance(50) ? random.pick(values, or: "") : random.pick(nodes, or: root).text()
            var bytes = Array(Self.whole.utf8)
            bytes.replaceSubrange(target.offset..<target.endOffset, with: Array(new.utf8))
            let text = String(decoding: bytes, as: UTF8.self)
            let (mapping, diagnostics) = Sample.compile(text)
            let found = try faults(text)
            if mapping != nil {
                compiled += 1
                #expect(found == [], "seed \(seed): \(target.location) = \(new)")
            } else if diagnostics.contains(where: { $0.code == .unknownKey || $0.code == .missingPart }) {
                // Pointers of `$meta`, and files and filters, which may be templates, are beyond the schema.
                let isStructural = diagnostics.contains { diagnostic in
                    let place = diagnostic.pointer.description
                    return [.unknownKey, .missingPart].contains(diagnostic.code) && !place.hasSuffix("$meta")
                        && !place.hasPrefix("/attach") && !place.hasPrefix("/subscription_filter")
                }
                #expect(found != [] || !isStructural, "seed \(seed): \(target.location) = \(new): \(diagnostics)")
            }
        }
        #expect(compiled > 20, "seed \(seed): \(compiled)")
    }

    @Test(arguments: [
        (#""nam": "a""#, ""), (#""owner": 5"#, "/owner"), (#""enabled": "yes""#, "/enabled"), (#""when": []"#, "/when"),
        (#""when": {"routing_key": []}"#, "/when/routing_key"), (#""when": {"exchange": [1]}"#, "/when/exchange/0"),
        (#""when": {"body": {"a": "x"}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"prefx": "x"}]}}"#, "/when/body/a"),
        (#""when": {"body": {"$or": [{"a": [1]}]}}"#, "/when/body/$or"), (#""recipient": []"#, "/recipient"),
        (#""recipient": [{"matching": "mail"}]"#, "/recipient/0/matching"),
        (#""recipient": [{}]"#, "/recipient/0"), (#""recipient": [{"matching": "phone"}]"#, "/recipient/0"),
        (#""recipient": [{"matching": "phone", "email": "$.e"}]"#, "/recipient/0"),
        (#""recipient": [{"email": "$.e", "phone": "$.p"}]"#, "/recipient/0/phone"),
        (#""recipient": [{"matching": "custom", "field_name": "A"}]"#, "/recipient/0"),
        (
            #""recipient": [{"matching": "email_phone"}], "delivery": {"batch": {}}"#, "/recipient/0"
        ),
        (#""recipient": [{"custom_request": {"a": 1}, "matching": "email"}]"#, "/recipient/0"),
        (#""recipient": [{"email": 5}]"#, "/recipient/0/email"),
        (#""recipient": [{"email": "$.e", "resource_id": "24"}]"#, "/recipient/0/resource_id"),
        (#""recipient": [{"email": "$.e", "resource_id": 0}]"#, "/recipient/0/resource_id"),
        (#""launch": {}"#, "/launch"), (#""launch": {"campaign": 1, "scenario": 2}"#, "/launch"),
        (#""launch": {"campaign": "5001"}"#, "/launch/campaign"), (#""launch": {"campaign": -5}"#, "/launch/campaign"),
        (#""launch": {"campaign": 5001.5}"#, "/launch/campaign"),
        (#""launch": {"scenario": "$.id"}"#, "/launch/scenario"),
        (#""when": {"body": {"a": [{"exists": "true"}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"numeric": ">5"}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"numeric": [">", "5"]}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"numeric": ["<", 5, ">", 3]}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"text": true}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"prefix": "a", "suffix": "b"}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"prefix": ""}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"anything-but": ["a", 1]}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"anything-but": null}]}}"#, "/when/body/a"),
        (#""when": {"body": {"a": [{"cidr": "10.0.0.1"}]}}"#, "/when/body/a"),
        (#""delivery": {"expire_after": "P6H"}"#, "/delivery/expire_after"),
        (#""delivery": {"expire_after": "PT6X"}"#, "/delivery/expire_after"),
        (#""delivery": {"expire_after": "PT"}"#, "/delivery/expire_after"), (#""for_each": {}"#, "/for_each"),
        (#""for_each": {"path": "$", "limit": 0}"#, "/for_each/limit"),
        (#""launch": {"by": "sha", "link": "a"}"#, "/launch/by"),
        (#""delivery": {"attempts": 1001}"#, "/delivery/attempts"),
        (#""delivery": {"attempts": 1.5}"#, "/delivery/attempts"),
        (#""delivery": {"expire_after": "6h"}"#, "/delivery/expire_after"),
        (#""delivery": {"dedup": true}"#, "/delivery/dedup"),
        (#""delivery": {"rate": {"per_second": 0}}"#, "/delivery/rate/per_second"),
        (#""tables": {"t": 1}"#, "/tables/t"),
        (#""profile": {"skip_triggers": true}"#, "/profile"),
        (#""profile": {"fields": {}, "timeout": {"days": -1}}"#, "/profile/timeout"),
        (#""fields": [{"name": "a", "value": 1, "option": 3}]"#, "/fields/0/option"),
        (#""on": {"missing": "skp"}"#, "/on/missing"),
        (#""content": {"x": {"$pth": "$.a"}}"#, "/content"),
        (#""content": {"x": {"$path": "$.a", "take": "x"}}"#, "/content"),
        (#""content": {"x": {"$path": "$.a", "pipe": ["trm"]}}"#, "/content"),
        (#""content": {"x": {"$path": "$.a", "pipe": ["join"]}}"#, "/content"),
        (#""content": {"x": {"$each": "$.a[*]"}}"#, "/content"),
        (#""content": {"x": {"$literal": 1, "default": 2}}"#, "/content"),
    ])
    func whatHasAWrongShapeIsUnderlined(keys: String, place: String) throws {
        let text = Sample.mapping(keys.replacing("\"nam\":", with: "\"name\": \"a\", \"nam\":"))
        #expect(Sample.compile(text).mapping == nil)
        let found = try faults(text)
        #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix(place) }, "\(found)")
    }

    @Test func durationsAreJudgedAlike() throws {
        var random = SeededGenerator(seed: 11)
        let parts = ["1W", "2D", "T", "T", "3H", "4M", "5S", "1.5H", "1,5M", "0.5S", "6", ".", "M"]
        let made = (0..<3_000).map { _ in
            "P" + (0..<Int.random(in: 0...4, using: &random)).map { _ in random.pick(parts, or: "") }.joined()
        }
        var taken = 0
        for text in made + [
            "PT1.5H", "PT1,5M", "PT1H0.5M", "PT1.5H1M", "P1.5D", "P1W2DT3H4M5.6S", "P1M", "PT 1H", "pt1h",
        ] {
            let mapping = Sample.mapping("\"delivery\": {\"expire_after\": \"\(text)\"}")
            let isRight = Sample.compile(mapping).mapping != nil
            #expect(try faults(mapping).isEmpty == isRight, "\(text)")
            taken += isRight ? 1 : 0
        }
        #expect(taken > 100)
    }

    @Test(arguments: [
        (#"{"tests": []}"#, true), (#"{"$schema": "x", "tests": []}"#, true), (#"{}"#, false),
        (#"{"tests": {}}"#, false),
        (#"{"tests": [{"name": "t", "event": "e", "expect": {"outcome": "launch"}}]}"#, true),
        (#"{"tests": [{"name": "t", "event": "e", "expect": {"outcome": "lunch"}}]}"#, false),
        (#"{"tests": [{"name": "t", "event": "e"}]}"#, false),
        (#"{"tests": [{"name": 1, "event": "e", "expect": {"outcome": "skip"}}]}"#, false),
        (
            #"{"tests": [{"name": "t", "event": "e", "expect": {"outcome": "park", "reason": "missing", "at": "/x"}, "set": {"/body/x": {"$remove": true}}}]}"#,
            true
        ),
        (#"{"tests": [{"name": "t", "event": "e", "expect": {"outcome": "launch", "request": []}}]}"#, true),
        (#"{"tests": [{"name": "t", "event": "e", "expect": {"outcome": "launch", "request": [1]}}]}"#, false),
        (#"{"tests": [{"name": "t", "event": "e", "expect": {"outcome": "launch", "request_contains": "x"}}]}"#, false),
        (#"{"tests": [{"name": "t", "event": "e", "expct": {}, "expect": {"outcome": "launch"}}]}"#, false),
    ])
    func testsAreJudgedAlike(text: String, isRight: Bool) throws {
        #expect(tests.faults(try JSONDocument.parse(text).root).isEmpty == isRight)
        let mapping = try #require(Sample.compile(Sample.mapping(#""owner": "a""#)).mapping)
        let report = MappingTester { SourceFile(name: $0, text: "{}") }
            .run(mapping, tests: SourceFile(name: "a.tests.json", text: text))
        let isShaped = !report.diagnostics.contains {
            $0.file == "a.tests.json" && [.wrongShape, .unknownKey, .missingPart].contains($0.code)
        }
        #expect(isShaped == isRight, "\(report.diagnostics)")
    }

    @Test(arguments: ["mapping", "tests"])
    func whatIsCommittedIsValid(kind: String) throws {
        let folder = Corpora.root.appending(path: "mappings")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".json") && !$0.hasSuffix(".schema.json") && $0.hasSuffix(".tests.json") == (kind == "tests")
        }
        #expect(names.count > 2)
        for name in names {
            let root = try JSONDocument.parse(Array(try Data(contentsOf: folder.appending(path: name)))).root
            #expect((kind == "tests" ? tests : mappings).faults(root) == [], "\(name)")
        }
    }
}
