import EventPattern
import Functions
import JSON
import Testing

@testable import Mapping

/// What is checked and decided across files.
@Suite(.timeLimit(.minutes(1)))
struct SetTests {
    private func file(_ name: String, _ keys: String) -> SourceFile {
        SourceFile(name: "\(name).json", text: Sample.mapping("\"name\": \"\(name)\",\n" + keys))
    }

    private func codes(_ files: [SourceFile]) -> [String] {
        MappingSet.compile(files: files).diagnostics.map { "\($0.file) \($0.code.rawValue) \($0.pointer)" }
    }

    @Test func namesAreUnique() {
        let other = SourceFile(name: "b.json", text: Sample.mapping("\"name\": \"a\", \"launch\": {\"campaign\": 2}"))
        let (set, diagnostics) = MappingSet.compile(files: [file("a", "\"owner\": \"a\""), other])
        #expect(diagnostics.map(\.code) == [.duplicateName])
        #expect(diagnostics.first?.file == "b.json" && diagnostics.first?.pointer.description == "/name")
        #expect(set.mappings.map(\.file) == ["a.json"])
    }

    @Test func overlapsAreShownWithAnEventThatProvesThem() throws {
        let paid = #""when": {"routing_key": ["order.*.paid"], "body": {"status": ["paid", "new"]}}"#
        let web = #""when": {"routing_key": ["order.web.#"], "body": {"status": ["paid"]}}"#
        let diagnostics = MappingSet.compile(files: [file("a", paid), file("b", web)]).diagnostics
        let overlap = try #require(diagnostics.first { $0.code == .overlap })
        #expect(overlap.file == "b.json" && overlap.pointer.description == "/when")
        #expect(overlap.message.contains("campaign 1"))
        #expect(overlap.hint?.contains(#""routing_key":"order.web.paid""#) == true)
        // Other targets, other keys, other values, or a mapping that takes no part: no overlap.
        for other in [
            web + #", "launch": {"campaign": 2}"#, web + #", "enabled": false"#,
            #""when": {"routing_key": ["cart.#"]}"#, #""when": {"body": {"status": ["refunded"]}}"#,
        ] {
            #expect(!codes([file("a", paid), file("b", other)]).contains { $0.contains("W231") })
        }
    }

    @Test func keysThatLookAlikeAreNamed() {
        let key = #""delivery": {"dedup": {"key": {"$template": "order:{{$.id}}"}}}"#
        #expect(
            codes([file("a", #""launch": {"campaign": 2},"# + key), file("b", key)]).contains(
                "b.json W233 /delivery/dedup/key"))
    }

    @Test func whatCannotBeLookedUpIsNamed() {
        let residual = #""when": {"body": {"a": [{"anything-but": "x"}]}}"#
        #expect(codes([file("a", residual)]).contains("a.json W240 /when"))
        let bound = #""when": {"routing_key": ["a.b"], "body": {"a": [{"anything-but": "x"}]}}"#
        #expect(!codes([file("a", bound)]).contains { $0.contains("W240") })
    }

    @Test func thinEventsAreNamed() {
        #expect(codes([file("a", #""content": {"order": "$.order_id"}"#)]).contains("a.json W234 /content"))
        #expect(
            !codes([file("a", #""content": {"order": "$.order_id", "n": "$.n"}"#)]).contains("a.json W234 /content"))
    }

    @Test func bindingsThatDeliverNothingAreNamed() throws {
        let set = MappingSet.compile(files: [file("a", #""when": {"exchange": ["e"], "routing_key": ["order.*"]}"#)])
            .set
        func warnings(_ exchange: String, _ key: String) throws -> [DiagnosticCode] {
            let bindings = [QueueBinding(exchange: exchange, pattern: try RoutingKeyPattern(key))]
            return MappingSet.unreachable(set.mappings, by: bindings).map(\.code)
        }
        #expect(try warnings("e", "order.#") == [])
        #expect(try warnings("e", "cart.#") == [.unreachableMapping])
        #expect(try warnings("f", "order.#") == [.unreachableMapping])
    }

    @Test func whatTheBridgeItselfBindsIsKnown() {
        let files = [
            file("a", #""when": {"exchange": ["e"], "routing_key": ["order.*"]}"#),
            file("b", #""launch": {"campaign": 2}, "when": {"routing_key": ["order.paid"]}"#),
            file("c", #""launch": {"campaign": 3}, "when": {"routing_key": ["cart"]}"#),
            file("d", #""launch": {"campaign": 4}, "when": {"exchange": [""], "routing_key": ["orders"]}"#),
            file("e", #""launch": {"campaign": 5}, "when": {"exchange": [""], "routing_key": ["cart"]}"#),
            file("f", #""launch": {"campaign": 6}, "when": {"exchange": ["e"]}"#),
            file("g", #""launch": {"campaign": 7}, "enabled": false, "when": {"routing_key": ["x"]}"#),
        ]
        let set = MappingSet.compile(files: files).set
        let declared = set.unreachable(onQueue: "orders", declares: true)
        #expect(declared.map(\.file) == ["c.json", "e.json"])
        #expect(
            declared.first?.hint
                == #"the queue is bound to its own name "orders", e order.*; add "exchange", and it is bound to that"#)
        #expect(set.unreachable(onQueue: "orders", declares: false).map(\.file) == ["e.json"])
        #expect(set.unreachable(onQueue: nil, declares: false) == [])
    }

    @Test func batchesThatNeverFillAreNamed() {
        let batch = #""delivery": {"batch": {"max_items": 300}}"#
        let files = [
            file("a", batch), file("b", #""launch": {"campaign": 2}, "for_each": {"path": "$.a[*]"}, "# + batch),
            file("c", #""launch": {"campaign": 3}, "delivery": {"batch": {}}"#),
        ]
        let set = MappingSet.compile(files: files).set
        let found = set.batchesThatCannotFill(prefetch: 200)
        #expect(
            found.map { "\($0.file) \($0.code.rawValue) \($0.pointer)" } == ["a.json W185 /delivery/batch/max_items"])
        #expect(set.batchesThatCannotFill(prefetch: 300) == [])
    }

    @Test func eachPairIsSaidOnceHoweverManyTargetsItShares() {
        let keys =
            #""tables": {"t": {"x": 1, "y": 2, "z": 3}}, "launch": {"campaign": {"$lookup": "t", "key": "$.k", "default": 1}}"#
        let overlaps = codes([file("a", keys), file("b", keys)]).filter { $0.contains("W231") }
        #expect(overlaps == ["b.json W231 /when"])
    }

    @Test func aFaultyFileIsLeftOutAndTheOthersGoLive() {
        let (set, diagnostics) = MappingSet.compile(files: [file("a", #""x": 1"#), file("b", #""owner": "b""#)])
        #expect(set.mappings.map(\.name) == ["b"])
        #expect(diagnostics.map(\.file) == ["a.json"])
    }

    @Test func theVersionFollowsTheContentOfAllFilesAndNothingElse() {
        let files = [file("a", #""owner": "a""#), file("b", #""launch": {"campaign": 2}"#)]
        let version = MappingSet.compile(files: files).set.version
        #expect(version == MappingSet.compile(files: files.reversed()).set.version)
        #expect(version != MappingSet.compile(files: [files[0]]).set.version)
        #expect(version != MappingSet.compile(files: [file("a", #""owner": "c""#), files[1]]).set.version)
    }

    @Test func onlyWhatMappingsReadIsAskedFor() {
        let plain = MappingSet.compile(files: [file("a", #""owner": "a""#)]).set
        #expect(plain.reads == [])
        let reading = MappingSet.compile(files: [
            file("a", #""when": {"headers": {"a": [1]}}"#),
            file("b", #""launch": {"campaign": 2}, "custom_data": {"m": {"$meta": "/properties/app_id"}}"#),
        ]).set
        #expect(reading.reads == [.headers, .properties])
    }

    @Test func everyMappingThatWantsAnEventLaunches() throws {
        let files = [
            file("a", #""when": {"routing_key": ["order.*"]}"#), file("b", #""launch": {"campaign": 2}"#),
            file("c", #""when": {"routing_key": ["cart"]}, "launch": {"campaign": 3}"#),
        ]
        let view = EventView(routingKey: "order.paid", body: try JSONDocument.parse("{}").root)
        let plan = MappingSet.compile(files: files).set.evaluate(Event(view: view, now: Instant(seconds: 0)))
        #expect(plan.mappings.map(\.mapping.name) == ["a", "b"])
    }
}
