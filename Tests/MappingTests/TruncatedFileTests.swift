import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// Files that end too early, hold bytes of no text, or are as big and deep as they may be.
@Suite(.timeLimit(.minutes(1)))
struct TruncatedFileTests {
    private static let mapping = Sample.mapping(
        #"""
        "when": {"routing_key": ["order.*"], "body": {"status": ["paid", null], "n": [{"numeric": [">", 0.5e1]}]}},
        "let": {"name": "$.имя"}, "content": {"x": {"$template": "\u00e9 {{name}}", "default": true}, "y": [1, -2.50]}
        """#)

    private static let tests =
        #"{"tests": [{"name": "é", "event": "e.json", "set": {"/body/n": 7}, "expect": {"outcome": "no_match"}}]}"#

    private func compile(_ bytes: some Sequence<UInt8>) -> (mapping: Mapping?, diagnostics: [Diagnostic]) {
        MappingSet.compile(SourceFile(name: "a.json", bytes: Array(bytes)))
    }

    @Test func everyPartOfAMappingIsRefusedWhereItEnds() {
        let bytes = Array(Self.mapping.utf8)
        #expect(compile(bytes).mapping != nil, "\(compile(bytes).diagnostics)")
        for count in 0..<bytes.count {
            let (mapping, found) = compile(bytes[..<count])
            #expect(mapping == nil && found.map(\.code) == [.syntax], "\(count) bytes: \(found)")
            // A text that ends within a character is told where that begins; all else at the end.
            let end = JSONPosition(offset: count, in: Array(bytes[..<count]))
            #expect(found.first.map { $0.position.line <= end.line } == true)
            #expect(found.first?.hint != nil, "\(count) bytes: \(found)")
        }
    }

    @Test func bytesOfNoTextAreRefusedWhereTheyStand() {
        let bytes = Array(Self.mapping.utf8)
        for byte in [0xFF, 0xC0, 0xFE, 0x00, 0x1F] as [UInt8] {
            for place in stride(from: 0, through: bytes.count, by: 3) {
                var damaged = bytes
                damaged.insert(byte, at: place)
                let (mapping, found) = compile(damaged)
                #expect(mapping == nil && found.map(\.code) == [.syntax], "\(byte) at \(place): \(found)")
                let told = found.first?.position
                // The byte itself, or the character or number that it breaks.
                let line = JSONPosition(offset: place, in: damaged).line
                #expect(told.map { $0.line == line } == true, "\(byte) at \(place): \(found)")
            }
        }
    }

    @Test func everyPartOfAFileOfTestsIsRefusedAndRunsNothing() throws {
        let mapping = try #require(compile(Self.mapping.utf8).mapping)
        let bytes = Array(Self.tests.utf8)
        let tester = MappingTester { SourceFile(name: $0, text: #"{"status": "paid", "n": 9}"#) }
        let whole = tester.run(mapping, tests: SourceFile(name: "t.json", bytes: bytes))
        #expect(whole.isPassed && whole.results.count == 1, "\(whole.diagnostics)")
        for count in 0..<bytes.count {
            let report = tester.run(mapping, tests: SourceFile(name: "t.json", bytes: Array(bytes[..<count])))
            #expect(report.results.isEmpty && !report.isPassed, "\(count) bytes")
            #expect(report.diagnostics.filter { $0.file == "t.json" }.map(\.code) == [.syntax], "\(count) bytes")
        }
    }

    @Test func everyPartOfAnEventIsNone() {
        let bytes = Array(#"{"amqp": {"routing_key": "ü", "headers": {"h": [1.5, null]}}, "body": {"a": "\n"}}"#.utf8)
        #expect(EventFile.read(SourceFile(name: "e", bytes: bytes)).0?.routingKey == "ü")
        for count in 0..<bytes.count {
            let (event, found) = EventFile.read(SourceFile(name: "e", bytes: Array(bytes[..<count])))
            #expect(event == nil && found.map(\.code) == [.eventFile], "\(count) bytes")
            guard case .undecodable(let reason, let detail) = EventDecoder.decode(Array(bytes[..<count])) else {
                Issue.record("\(count) bytes are no event")
                continue
            }
            #expect(reason == .notJSON && !detail.isEmpty && !detail.contains("\n"))
        }
    }

    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func aFileIsAsBigAsItMayBe(more: Int, isTaken: Bool) {
        let start = Self.mapping.dropLast() + ", \"description\": \""
        let text = start + String(repeating: "x", count: (1 << 20) + more - start.utf8.count - 2) + "\"}"
        let (mapping, found) = compile(text.utf8)
        #expect(text.utf8.count == (1 << 20) + more && (mapping != nil) == isTaken)
        #expect(found.map(\.code) == (isTaken ? [] : [.tooBig]))
        let hint = "a mapping is a few kilobytes; long tables belong into the publisher"
        #expect(found.first?.hint == (isTaken ? nil : hint))
    }

    @Test(arguments: [(62, true), (63, true), (64, false), (100_000, false)])
    func aFileIsAsDeepAsItMayBe(lists: Int, isTaken: Bool) {
        // The file and its content are two levels themselves.
        let value = String(repeating: "[", count: lists - 1) + String(repeating: "]", count: lists - 1)
        let (mapping, found) = compile(Sample.mapping(#""content": {"x": \#(value)}"#).utf8)
        #expect((mapping != nil) == isTaken && found.map(\.code) == (isTaken ? [] : [.tooDeep]))
        #expect(found.first?.hint == (isTaken ? nil : "nest less"))
    }

    @Test func aLongTableAndAWidePatternAreTaken() throws {
        let entries = (0..<20_000).map { #""k\#($0)": \#($0 + 1)"# }.joined(separator: ",")
        let keys =
            #""tables": {"t": {\#(entries)}}, "launch": {"campaign": {"$lookup": "t", "key": "$.k", "default": 7}}"#
        let plan = try Sample.plan(Sample.mapping(keys), body: #"{"k": "k19999"}"#)
        #expect(plan.launches.map(\.launch.target) == [.campaign(20_000)])
        let values = (0..<5_000).map { "\"v\($0)\"" }.joined(separator: ",")
        let wide = Sample.mapping(#""when": {"body": {"a": [\#(values)]}}"#)
        #expect(try Sample.plan(wide, body: #"{"a": "v4999"}"#).launches.count == 1)
        #expect(try Sample.plan(wide, body: #"{"a": "v5000"}"#).mappings.isEmpty)
    }

    @Test func alternativesThatMultiplyAreRefused() {
        // Each `$or` of two doubles the trees that the pattern comes to.
        func pattern(_ count: Int) -> String {
            (0..<count).reversed().reduce(#"{"z": [1]}"#) { inner, number in
                #"{"$or": [{"a\#(number)": [1]}, {"b\#(number)": [1]}], "n\#(number)": \#(inner)}"#
            }
        }
        func codes(_ count: Int) -> [DiagnosticCode] {
            compile(Sample.mapping(#""when": {"body": \#(pattern(count))}"#).utf8).diagnostics.map(\.code)
        }
        #expect(codes(4) == [] && codes(30) == [.patternTooBig])
    }

    @Test func oneSetServesManyThreads() async throws {
        let set = MappingSet([try #require(compile(Self.mapping.utf8).mapping)])
        let bodies = (0..<20).map { #"{"status": "paid", "n": \#($0), "имя": "Анна \#($0)"}"# }
        func requests() throws -> [[UInt8]] {
            try bodies.flatMap { text in
                let view = EventView(routingKey: "order.1", body: try JSONDocument.parse(text).root)
                return set.evaluate(Event(view: view, now: Instant(seconds: 0))).launches.map(\.request.body)
            }
        }
        let expected = try requests()
        #expect(expected.count == 14)
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try (0..<20).allSatisfy { _ in try requests() == expected } } }
            for try await isSame in group { #expect(isSame) }
        }
    }
}
