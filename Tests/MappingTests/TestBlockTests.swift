import JSON
import Mapping
import Testing

/// Everything that can be wrong with one test beside a mapping, told in full where it stands.
@Suite(.timeLimit(.minutes(1)))
struct TestBlockTests {
    private static let mapping = Sample.mapping(
        #"""
        "when": {"routing_key": ["order.*"], "body": {"status": ["paid"], "total": [{"numeric": [">", 0]}]}},
        "content": {"number": "$.number"}
        """#, recipient: #"[{"email": "$.email"}, {"matching": "phone", "phone": "$.phone"}]"#)

    private static let files = [
        "events/e.json": #"""
        {"amqp": {"routing_key": "order.web"}, "body":
          {"status": "paid", "number": "1042", "total": 5.10, "email": "a@example.com", "items": [1, 2]}}
        """#,
        "events/broken.json": #"{"status": "paid",}"#,
        "events/odd.json": #"{"amqp": {"routing_key": 5}, "body": {}}"#,
        "events/extra.json": #"{"amqp": {"rooting_key": "a"}, "body": {}}"#,
        "events/bare.json": #"{"status": "paid"}"#,
    ]

    /// What is said about a file of tests that holds this one, without what is said about the mapping.
    private func said(_ test: String) throws -> [Diagnostic] {
        let mapping = try #require(Sample.compile(Self.mapping).mapping)
        let tester = MappingTester { name in Self.files[name].map { SourceFile(name: name, text: $0) } }
        let report = tester.run(mapping, tests: SourceFile(name: "t.json", text: "{\"tests\": [\n\(test)\n]}"))
        return report.diagnostics.filter { $0.file == "t.json" }
    }

    /// A test of the event with an edit, and what is said: code and place, message, hint.
    static let edits: [(set: String, place: String, message: String, hint: String)] = [
        (
            #"{"body/number": 1}"#, "E204 2:49 /tests/0/set/body~1number", #""body/number" is no JSON Pointer"#,
            #"for example "/body/total_price""#
        ),
        (
            #"{"$.a.b": 1}"#, "E204 2:49 /tests/0/set/$.a.b", #""$.a.b" is no JSON Pointer"#, #"write "/body/a/b""#
        ),
        (
            #"{"/body~2": 1}"#, "E204 2:49 /tests/0/set/~1body~02", #""/body~2" is no JSON Pointer"#,
            #"for example "/body/total_price""#
        ),
        (
            #"{"/number": 1}"#, "E204 2:49 /tests/0/set/~1number", #""/number" is outside of the event"#,
            #"begin with /body or /amqp: "/body/number""#
        ),
        (
            #"{"/body/items/2": 1}"#, "E204 2:49 /tests/0/set/~1body~1items~12",
            #"the event cannot be edited: there is no element "2"; the list has 2"#,
            #"look into "events/e.json" for what there is"#
        ),
        (
            #"{"/body/items/0": 9, "/body/items/x": 1}"#, "E204 2:69 /tests/0/set/~1body~1items~1x",
            #"the event cannot be edited: there is no element "x"; the list has 2"#,
            #"look into "events/e.json" for what there is"#
        ),
        (
            #"{"/body/number/x": 1}"#, "E204 2:49 /tests/0/set/~1body~1number~1x",
            #"the event cannot be edited: there is a text where "x" should be"#,
            #"look into "events/e.json" for what there is"#
        ),
        (
            #"{"/body/gone": {"$remove": true}}"#, "E204 2:49 /tests/0/set/~1body~1gone",
            #"the event cannot be edited: there is no member "gone" to remove"#,
            #"look into "events/e.json" for what there is"#
        ),
        (
            #"{"": {"$remove": true}}"#, "E204 2:49 /tests/0/set/",
            "the event cannot be edited: the whole event cannot be removed",
            #"name a member of it: "/body/total_price""#
        ),
        (
            #"{"/body": {"$remove": true}}"#, "E204 2:24 /tests/0/event",
            #"the edited event is none: it must have a "body", and "amqp" must be an object"#,
            #"edit members of them, for example "/body/total_price""#
        ),
        (
            #"{"/amqp": 5}"#, "E204 2:24 /tests/0/event",
            #"the edited event is none: it must have a "body", and "amqp" must be an object"#,
            #"edit members of them, for example "/body/total_price""#
        ),
        (
            #"{"/amqp/routing_key": 5}"#, "E204 2:24 /tests/0/event",
            #"the edited event is none: "routing_key" must be a text, and it is a number"#,
            #"for example "routing_key": "order.web.paid""#
        ),
        (
            #"{"/amqp/exchnge": "x"}"#, "E204 2:24 /tests/0/event",
            #"the edited event is none: "amqp" has no member "exchnge""#, #"did you mean "exchange"?"#
        ),
        (
            #"{"/body/nubmer": null}"#, "W205 2:49 /tests/0/set/~1body~1nubmer",
            #"the event has nothing at "/body/nubmer""#, #"did you mean "/body/number"?"#
        ),
    ]

    @Test(arguments: edits)
    func anEditIsTold(set: String, place: String, message: String, hint: String) throws {
        let test = #"{"name": "t", "event": "events/e.json", "set": \#(set), "expect": {"outcome": "launch"}}"#
        let found = try said(test)
        #expect(found.map { "\($0.code.rawValue) \($0.position) \($0.pointer)" } == [place])
        #expect(found.map(\.message) == [message] && found.first?.hint == hint)
    }

    @Test(arguments: [
        #"{"/body/number": "1"}"#, #"{"/body/$.a.b": 1}"#, #"{"/body~1": 1}"#.replacing("~1", with: "/a~1b"),
        #"{"/body/items/1": 1}"#, #"{"/body/items/-": 1}"#, #"{"/body/a/b/c": 1}"#,
        #"{"/body/items": {"$remove": true}}"#, #"{"/body/new": null}"#, #"{"/amqp/exchange": "x"}"#,
        #"{"/amqp/headers": {"h": 1}}"#,
        #"{"/body/items/0": {"$remove": true}, "/body/items/0/x": 1}"#
            .replacing("/body/items/0/x", with: "/body/x"),
        #"{"/body/x": {"$remove": false}}"#, "{}",
    ])
    func theNearestEditIsMade(set: String) throws {
        let test = #"{"name": "t", "event": "events/e.json", "set": \#(set), "expect": {"outcome": "launch"}}"#
        #expect(try said(test) == [])
    }

    @Test(arguments: [
        // An event file, whether edits stand beside it or not, and what is said of it.
        ("none", #"there is no event file "events/none.json""#, "paths begin at the folder of the mappings"),
        (
            "broken",
            #""events/broken.json": this is no event: expected a member name in double quotes, found "}""#,
            #"an event file is JSON: {"amqp": {"exchange": …, "routing_key": …}, "body": {…}}"#
        ),
        (
            "odd", #""events/odd.json": "routing_key" must be a text, and it is a number"#,
            #"for example "routing_key": "order.web.paid""#
        ),
        ("extra", #""events/extra.json": "amqp" has no member "rooting_key""#, #"did you mean "routing_key"?"#),
    ])
    func anEventFileIsTold(name: String, message: String, hint: String) throws {
        for set in ["{}", #"{"/body/x": 1}"#] where name == "none" || name == "broken" || set == "{}" {
            let test =
                #"{"name": "t", "event": "events/\#(name).json", "set": \#(set), "expect": {"outcome": "launch"}}"#
            let found = try said(test)
            #expect(found.map { "\($0.code.rawValue) \($0.position) \($0.pointer)" } == ["E204 2:24 /tests/0/event"])
            #expect(found.map(\.message) == [message] && found.first?.hint == hint, "\(set)")
        }
    }

    @Test(arguments: [
        (#""outcome": "launch", "reason": "missing""#, ["E113 2:73 /tests/0/expect/reason"]),
        (#""outcome": "launch", "at": "/content""#, ["E113 2:73 /tests/0/expect/at"]),
        (
            #""outcome": "no_match", "reason": "limit", "at": "/y""#,
            ["E113 2:75 /tests/0/expect/reason", "E113 2:94 /tests/0/expect/at"]
        ),
        (#""outcome": "park", "reason": "missing", "at": "/content/number""#, []),
        (#""outcome": "skip", "reason": "unmatched""#, []), (#""outcome": "launch""#, []),
        (#""outcome": "no_match""#, []),
    ])
    func whatCannotStopHasNoReason(expect: String, places: [String]) throws {
        let found = try said(#"{"name": "t", "event": "events/e.json", "expect": {\#(expect)}}"#)
            .filter { $0.code != .failingTest }
        #expect(found.map { "\($0.code.rawValue) \($0.position) \($0.pointer)" } == places)
        #expect(found.allSatisfy { $0.hint == #"take it out, or expect "skip" or "park""# })
    }

    @Test func whatIsWrongMayBeMended() throws {
        let set = #"{"/amqp/routing_key": "order.x", "/body": {"status": "new"}}"#
        let test = #"{"name": "t", "event": "events/odd.json", "set": \#(set), "expect": {"outcome": "no_match"}}"#
        #expect(try said(test) == [])
    }

    @Test func aBareBodyIsEditedInTheLongForm() throws {
        let set = #"{"/amqp/routing_key": "order.x", "/body/total": 1, "/body/number": 7, "/body/email": "a@b.c"}"#
        let test = #"{"name": "t", "event": "events/bare.json", "set": \#(set), "expect": {"outcome": "launch"}}"#
        #expect(
            try said(test.replacing(#""/amqp/routing_key": "order.x""#, with: #""/amqp": {"routing_key": "order.x"}"#))
                == [])
        #expect(try said(test) == [], "a table that is not there is made")
    }

    @Test(arguments: [
        (
            #""expect": {"outcome": "skip"}"#, #"outcome: expected "skip", found "launch""#,
            "mend the mapping, or what the test expects"
        ),
        (
            #""expect": {"outcome": "no_match"}"#, #"outcome: expected "no_match", found "launch""#,
            "mend the mapping, or what the test expects"
        ),
        (
            #""set": {"/body/status": "new"}, "expect": {"outcome": "launch"}"#,
            #"outcome: expected "launch", found "no_match (status is \"new\"; wanted [\"paid\"])""#,
            "mend the mapping, or what the test expects"
        ),
        (
            #""set": {"/body/number": null}, "expect": {"outcome": "park", "reason": "lookup", "at": "/content"}"#,
            #"reason: expected "lookup", found "missing ($.number selects nothing, or null)""#,
            "and 1 more difference; `trigger-bridge test` shows all of them"
        ),
        (
            #""expect": {"outcome": "launch", "request_contains": {"content": {"number": "8"}}}"#,
            #"/content/number: expected "8", found "1042""#, "mend the mapping, or what the test expects"
        ),
        (
            #""expect": {"outcome": "launch", "request": []}"#,
            #"/0: not expected, found {"campaign":1,"matching":"email","email":"a@example.com","content":{"number":"1042"}}"#,
            "mend the mapping, or what the test expects"
        ),
    ])
    func aTestThatFailsSaysWhy(rest: String, why: String, hint: String) throws {
        let found = try said(#"{"name": "t", "event": "events/e.json", \#(rest)}"#)
        #expect(found.map { "\($0.code.rawValue) \($0.position) \($0.pointer)" } == ["E202 2:10 /tests/0/name"])
        #expect(found.map(\.message) == [#"the test "t" fails: "# + why] && found.first?.hint == hint)
    }
}
