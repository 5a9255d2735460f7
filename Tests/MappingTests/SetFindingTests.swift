import EventPattern
import JSON
import Testing

@testable import Mapping

/// What is said between files, told in full, and the nearest folders of which nothing is said.
@Suite(.timeLimit(.minutes(1)))
struct SetFindingTests {
    /// One file; `when`, `launch` and what else it has.
    private static func file(
        _ name: String, _ when: String = #"{"routing_key": ["order.paid"]}"#, launch: String = #"{"campaign": 1}"#,
        more: String = ""
    ) -> SourceFile {
        let text = """
            {"name": "\(name)",
             "when": \(when),
             "launch": \(launch),
             "recipient": [{"email": "$.e"}]\(more)}
            """
        return SourceFile(name: "\(name).json", text: text)
    }

    private func said(_ files: [SourceFile]) -> [String] {
        MappingSet.compile(files: files).diagnostics.map { found in
            "\(found.file) \(found.code.rawValue) \(found.position) \(found.pointer): \(found.message) | \(found.hint ?? "-")"
        }
    }

    @Test func aNameThatIsTaken() {
        let other = SourceFile(name: "z.json", text: String(decoding: Self.file("a").bytes, as: UTF8.self))
        #expect(
            said([Self.file("a"), other]) == [
                #"z.json E230 1:10 /name: a.json has the name "a" already | names are unique; choose another one"#
            ])
        // The copy comes first by its name, and has the name by no right.
        let copy = SourceFile(name: "a (1).json", bytes: Self.file("a").bytes)
        #expect(said([copy, Self.file("a")]).map { $0.prefix { $0 != ":" } } == ["a (1).json E230 1"])
        #expect(MappingSet.compile(files: [copy, Self.file("a")]).set.mappings.map(\.file) == ["a.json"])
        #expect(said([Self.file("a"), Self.file("A", launch: #"{"campaign": 2}"#)]) == [], "case counts")
    }

    /// Two conditions that one event may meet, and the event that proves it.
    static let meeting: [(String, String, String)] = [
        (
            #"{"routing_key": ["a"]}"#, #"{"routing_key": ["a", "b"]}"#,
            #"{"amqp":{"exchange":"events","routing_key":"a"},"body":{}}"#
        ),
        (
            #"{"routing_key": ["order.*"]}"#, ##"{"routing_key": ["#.paid"]}"##,
            #"{"amqp":{"exchange":"events","routing_key":"order.paid"},"body":{}}"#
        ),
        (
            #"{"routing_key": ["*.*"]}"#, ##"{"routing_key": ["a.#"]}"##,
            #"{"amqp":{"exchange":"events","routing_key":"a.any"},"body":{}}"#
        ),
        (
            #"{"exchange": ["s", "t"]}"#, #"{"exchange": ["t", "u"]}"#,
            #"{"amqp":{"exchange":"t","routing_key":"any"},"body":{}}"#
        ),
        (
            #"{"exchange": ["s"]}"#, #"{"routing_key": ["k"]}"#,
            #"{"amqp":{"exchange":"s","routing_key":"k"},"body":{}}"#
        ),
        (
            #"{"routing_key": ["k"], "body": {"n": [{"numeric": ["<=", 5]}]}}"#,
            #"{"routing_key": ["k"], "body": {"n": [{"numeric": [">=", 5]}]}}"#,
            #"{"amqp":{"exchange":"events","routing_key":"k"},"body":{"n":5}}"#
        ),
        (
            #"{"routing_key": ["k"], "body": {"s": [{"prefix": "ab"}]}}"#,
            #"{"routing_key": ["k"], "body": {"s": [{"suffix": "bc"}]}}"#,
            #"{"amqp":{"exchange":"events","routing_key":"k"},"body":{"s":"abc"}}"#
        ),
        (
            #"{"routing_key": ["k"], "body": {"a": ["x"]}}"#, #"{"routing_key": ["k"], "body": {"b": {"c": [null]}}}"#,
            #"{"amqp":{"exchange":"events","routing_key":"k"},"body":{"a":"x","b":{"c":null}}}"#
        ),
        (
            #"{"routing_key": ["k"], "headers": {"x": [1]}}"#,
            #"{"routing_key": ["k"], "headers": {"x": [1, 2]}, "properties": {"app_id": [{"prefix": "s"}]}}"#,
            #"{"amqp":{"exchange":"events","routing_key":"k","headers":{"x":1},"properties":{"app_id":"s"}},"body":{}}"#
        ),
    ]

    @Test(arguments: meeting)
    func anOverlapIsToldWithItsProof(first: String, second: String, event: String) {
        let message =
            #"b.json W231 2:10 /when: "b" and "a" (a.json) can both want one event, and both launch campaign 1"#
        let proof = "this event would launch it twice: \(event)"
        #expect(said([Self.file("a", first), Self.file("b", second)]) == ["\(message) | \(proof)"])
        #expect(said([Self.file("a", second), Self.file("b", first)]).count == 1)
        // The same files with other targets, or one of them at rest, or the same mapping alone.
        #expect(said([Self.file("a", first), Self.file("b", second, launch: #"{"scenario": 1}"#)]) == [])
        #expect(said([Self.file("a", first), Self.file("b", second, more: #", "enabled": false"#)]) == [])
        #expect(said([Self.file("a", first)]) == [])
    }

    @Test(arguments: [
        (#"{"routing_key": ["order.*"]}"#, #"{"routing_key": ["order.*.paid"]}"#),
        (#"{"routing_key": ["a"]}"#, #"{"routing_key": ["A"]}"#), (#"{"exchange": ["s"]}"#, #"{"exchange": ["t"]}"#),
        (
            #"{"routing_key": ["k"], "body": {"n": [{"numeric": ["<", 5]}]}}"#,
            #"{"routing_key": ["k"], "body": {"n": [{"numeric": [">=", 5]}]}}"#
        ),
        (
            #"{"routing_key": ["k"], "body": {"s": [{"prefix": "a"}]}}"#,
            #"{"routing_key": ["k"], "body": {"s": [{"prefix": "b"}]}}"#
        ),
        (
            #"{"routing_key": ["k"], "body": {"n": [{"exists": false}]}}"#,
            #"{"routing_key": ["k"], "body": {"n": [{"exists": true}]}}"#
        ),
        (
            #"{"routing_key": ["k"], "headers": {"x": [1]}}"#, #"{"routing_key": ["k"], "headers": {"x": ["1"]}}"#
        ),
        (
            #"{"routing_key": ["k"], "body": {"s": ["x"]}}"#,
            #"{"routing_key": ["k"], "body": {"s": [{"anything-but": "x"}, null]}}"#
        ),
    ])
    func whatCannotMeetIsNotTold(first: String, second: String) {
        #expect(said([Self.file("a", first), Self.file("b", second)]) == [])
    }

    @Test func targetsThatAreChosenCountEachByItself() {
        let table =
            #", "tables": {"t": {"x": 1, "y": 2}}, "let": {"k": "$.k"}, "custom_data": {"k": {"$var": "k"}}"#
        let lookup = Self.file("a", launch: #"{"campaign": {"$lookup": "t", "key": "$.k", "default": 9}}"#, more: table)
        func overlaps(_ launch: String) -> [String] {
            said([lookup, Self.file("b", launch: launch)]).map { found in
                String(found.split(separator: "both launch ").last?.prefix { $0 != "|" } ?? "")
            }
        }
        #expect(overlaps(#"{"campaign": 2}"#) == ["campaign 2 "] && overlaps(#"{"campaign": 9}"#) == ["campaign 9 "])
        #expect(overlaps(#"{"campaign": 3}"#) == [] && overlaps(#"{"scenario": 2}"#) == [])
        #expect(overlaps(#"{"campaign": {"$if": {"a": [1]}, "then": 7, "else": 1}}"#) == ["campaign 1 "])
        #expect(overlaps(#"{"campaign": {"$if": {"a": [1]}, "then": 7, "else": 8}}"#) == [])
    }

    @Test(arguments: [
        ("welcome", "welcome", true), ("welcome", "Welcome", true), ("a-b", "a_b", true), ("a", "b", false),
    ])
    func linksAreTheSameAsTheSettingsCompareThem(first: String, second: String, isSame: Bool) {
        let found = said([
            Self.file("a", launch: #"{"link": "\#(first)"}"#), Self.file("b", launch: #"{"link": "\#(second)"}"#),
        ])
        #expect(found.count { $0.contains("W231") } == (isSame ? 1 : 0))
    }

    @Test func everyPairIsTold() {
        let found = said(["a", "b", "c", "d"].map { Self.file($0) })
        let pairs = found.map {
            $0.split(separator: "\"").filter { $0.count == 1 && $0.first?.isLetter == true }.joined()
        }
        #expect(pairs == ["ba", "ca", "cb", "da", "db", "dc"])
    }

    @Test func keysThatAreTheSame() {
        let key = #", "delivery": {"dedup": {"key": "$.id"}}"#
        let other = #"{"campaign": 7}"#
        #expect(
            said([Self.file("a", more: key), Self.file("b", launch: other, more: key)]) == [
                #"b.json W233 4:65 /delivery/dedup/key: "b" and "a" (a.json) make the same deduplication keys | "#
                    + "repeats are counted for each mapping by itself; put its name into the key if they mean different things"
            ])
        for other in [#", "delivery": {"dedup": {"key": "$.no"}}"#, "", key + #", "enabled": false"#] {
            #expect(
                said([Self.file("a", more: key), Self.file("b", launch: #"{"campaign": 7}"#, more: other)]) == [],
                "\(other)")
        }
        // No event is for both, so no key is.
        let cart = Self.file("c", #"{"routing_key": ["cart"]}"#, more: key)
        #expect(said([Self.file("a", more: key), cart]) == [])
    }

    @Test(arguments: [
        (#"{"body": {"s": [{"exists": false}]}}"#, true), (#"{"body": {"s": [{"anything-but": "x"}, null]}}"#, true),
        (#"{"body": {"s": [{"cidr": "10.0.0.0/8"}]}}"#, true), (#"{"body": {"s": ["x", {"exists": false}]}}"#, true),
        (#"{"body": {"s": ["x"]}}"#, false), (#"{"body": {"s": [{"prefix": "x"}]}}"#, false),
        (#"{"body": {"s": [{"suffix": "x"}]}}"#, false), (#"{"body": {"s": [{"numeric": [">", 1]}]}}"#, false),
        (#"{"body": {"s": [{"exists": true}]}}"#, false), (#"{"body": {"s": [{"exists": false}], "t": [1]}}"#, false),
        (#"{"routing_key": ["k"], "body": {"s": [{"exists": false}]}}"#, false),
        (#"{"exchange": ["e"], "body": {"s": [{"exists": false}]}}"#, false),
        (#"{"headers": {"h": [{"exists": false}]}}"#, true), (#"{"headers": {"h": [1]}}"#, false),
    ])
    func whatCannotBeLookedUp(when: String, isTold: Bool) {
        let expected =
            #"a.json W240 2:10 /when: no condition of "a" can be looked up, so every event that comes this way is "#
            + #"compared with it | add a routing key, or one value that the event must have, for example "type": ["order.paid"]"#
        #expect(said([Self.file("a", when)]) == (isTold ? [expected] : []))
    }

    @Test(arguments: [
        (#""id": "$.id""#, true), (#""a": "$.order_id", "b": "$.customerId""#, true), (#""a": "$.order.ID""#, true),
        (#""a": {"$template": "No. {{$.id}}"}"#, true), (#""a": "$.id", "b": {"$meta": "/now"}"#, true),
        (#""a": "$.id", "b": "$.total""#, false), (#""a": "$.idea""#, false), (#""a": "$.paid""#, false),
        (#""a": 1"#, false), (#""a": {"$path": "$.id[*]", "take": "all"}"#, false), (#""a": "$""#, false),
        (#""a": "$['x-id']""#, false),
    ])
    func anEventThatCarriesNothingButItsID(content: String, isTold: Bool) {
        let found = said([Self.file("a", more: #", "content": {\#(content)}"#)])
        #expect(
            found
                == (isTold
                    ? [
                        "a.json W234 4:46 /content: the content uses nothing of the event but an id | "
                            + "let the publisher put into the event what the message shows"
                    ] : []))
    }

    @Test func bindingsAndBatches() {
        let set = MappingSet.compile(files: [
            Self.file("a", #"{"exchange": ["e"]}"#), Self.file("b", launch: #"{"campaign": 2}"#),
            Self.file(
                "c", #"{"exchange": [""], "routing_key": ["cart"]}"#,
                more: #", "delivery": {"batch": {"max_items": 300}}"#),
        ]).set
        func told(_ found: [Diagnostic]) -> [String] {
            found.map {
                "\($0.file) \($0.code.rawValue) \($0.position) \($0.pointer): \($0.message) | \($0.hint ?? "-")"
            }
        }
        let nothing = "no binding of the queue delivers what"
        #expect(
            told(set.unreachable(onQueue: "orders", declares: true)) == [
                #"a.json W232 2:10 /when: \#(nothing) "a" waits for | the queue is bound to its own name "orders"; add "routing_key", and it is bound to that"#,
                #"b.json W232 2:10 /when: \#(nothing) "b" waits for | the queue is bound to its own name "orders"; add "exchange", and it is bound to that"#,
                #"c.json W232 2:10 /when: \#(nothing) "c" waits for | the queue is bound to its own name "orders""#,
            ])
        #expect(set.unreachable(onQueue: "cart", declares: false) == [])
        let unbound = told(MappingSet.unreachable(set.mappings, by: []))
        #expect(!unbound.isEmpty && unbound.allSatisfy { $0.contains("the queue has no bindings") })
        #expect(
            told(set.batchesThatCannotFill(prefetch: 299)) == [
                "c.json W185 4:71 /delivery/batch/max_items: a batch of 300 never fills: the bridge holds 299 events at a time | "
                    + "write 299 or less, or raise the setting broker.prefetch"
            ])
        #expect(set.batchesThatCannotFill(prefetch: 300) == [])
    }
}
