import Altcraft
import EventPattern
import Functions
import JSON
import Mapping
import Outcome
import Testing

/// What a preview says of each kind of stop: the line for people, and the members for tools.
@Suite(.timeLimit(.minutes(1)))
struct StopTraceTests {
    /// A mapping, an event that it stops at, and what is told.
    struct Case: Sendable, CustomTestStringConvertible {
        let keys: String
        let recipient: String
        let body: String
        let line: String
        let path: String?

        var testDescription: String { line }

        init(
            _ keys: String, _ body: String, _ line: String, path: String? = nil,
            recipient: String = #"[{"email": "a@example.com"}]"#
        ) {
            (self.keys, self.recipient, self.body, self.line, self.path) = (keys, recipient, body, line, path)
        }
    }

    static let cases = [
        Case(
            #""content": {"a": "$.x.y"}"#, "{}", "parked, missing at /content/a: $.x.y selects nothing, or null",
            path: "$.x.y"),
        Case(
            #""content": {"a": {"$meta": "/headers/h"}}"#, "{}",
            "parked, missing at /content/a: the message has nothing at /headers/h", path: "/headers/h"),
        Case(
            #""content": {"a": {"$path": "$.t", "pipe": ["nonblank"]}}"#, #"{"t": " "}"#,
            "parked, missing at /content/a: nonblank rejects the value: the text is blank", path: "$.t"),
        Case(
            #""let": {"v": "$.t"}, "content": {"a": {"$var": "v"}}"#, "{}",
            "parked, missing at /content/a: the variable \"v\" has no value: $.t selects nothing, or null", path: "$.t"),
        Case(
            #""content": {"a": {"$coalesce": ["$.p", "$.q"]}}"#, "{}",
            "parked, missing at /content/a: $.p selects nothing, or null; $.q selects nothing, or null", path: "$.p"),
        Case(
            #""content": {"a": {"$each": "$.l[*]", "item": "@", "empty": "fail"}}"#, "{}",
            "parked, missing at /content/a: $.l[*] selects no element", path: "$.l[*]"),
        Case(
            #""content": {"a": {"$each": "$.l[*]", "item": "@.n"}}"#, #"{"l": [{"n": 1}, {}]}"#,
            "parked, missing at /content/a/item: @.n selects nothing, or null", path: "$['l'][1].n"),
        Case(
            #""content": {"a": {"$path": "$.t", "pipe": [{"replace": {"find": "x", "with": "$.w"}}]}}"#, #"{"t": "x"}"#,
            "parked, missing at /content/a: \"with\" of replace has no value: $.w selects nothing, or null", path: "$.w"
        ),
        Case(
            #""content": {"a": {"$path": "$.t", "pipe": ["trim"]}}"#, #"{"t": 5}"#,
            "parked, invalid at /content/a: trim cannot work: trim takes a text, and this is a number", path: "$.t"),
        Case(
            #""content": {"a": {"$template": "<{{$.o}}>"}}"#, #"{"o": {}}"#,
            "parked, invalid at /content/a: {{$.o}} is an object, which cannot stand in a text", path: "$.o"),
        Case(
            #""content": {"a": {"$path": "$.l[*]", "take": "only"}}"#, #"{"l": [1, 2, 3]}"#,
            "parked, invalid at /content/a: $.l[*] selects 3 values, and \"take\" says there is only one",
            path: "$.l[*]"),
        Case(
            #""content": {"a": {"$merge": ["$.n"]}}"#, #"{"n": 1}"#,
            "parked, invalid at /content/a/$merge/0: $merge takes objects, and this is a number"),
        Case(
            #""content": "$.n""#, #"{"n": 1}"#,
            "parked, invalid at /content: this must be an object, and it is a number"),
        Case(
            #""tables": {"t": {"a": 1}}, "content": {"a": {"$lookup": "t", "key": "$.k"}}"#, #"{"k": "b"}"#,
            "parked, lookup at /content/a: the table \"t\" has no entry \"b\""),
        Case(
            #""owner": "a""#, "{}",
            "parked, no_recipient at /recipient/0/email: no alternative is complete: $.e selects nothing, or null",
            path: "$.e", recipient: #"[{"email": "$.e"}]"#),
        Case(
            #""on": {"no_recipient": "skip"}"#, #"{"e": ""}"#,
            "skipped, no_recipient at /recipient/0/email: no alternative is complete: \"email\" is an empty text",
            recipient: #"[{"email": "$.e"}]"#),
        Case(
            #""owner": "a""#, "{}",
            "parked, no_recipient at /recipient: no alternative is complete: "
                + "$.e selects nothing, or null; $.p selects nothing, or null", path: "$.e",
            recipient: #"[{"email": "$.e"}, {"matching": "phone", "phone": "$.p"}]"#),
        Case(
            #""for_each": {"path": "$.l[*]"}"#, "{}", "skipped, unmatched at /for_each: \"for_each\" finds no element",
            path: "$.l[*]"),
        Case(
            #""for_each": {"path": "$.l[*]", "limit": 1}"#, #"{"l": [1, 2]}"#,
            "parked, limit at /for_each: \"for_each\" finds 2 elements, and at most 1 are allowed", path: "$.l[*]"),
        Case(
            #""for_each": {"path": "$.l[*]", "unique_by": "@"}"#, #"{"l": [1, 1]}"#,
            "skipped, duplicate at /for_each/unique_by (element 1): an element before it has the same \"unique_by\"",
            path: "$['l'][1]"),
        Case(
            #""event": {"time": "$.t"}"#, #"{"t": "soon"}"#,
            "parked, invalid at /event/time: \"time\" must be a moment in time, and this is a text; put \"datetime\" at the end of its pipe"
        ),
        Case(
            #""event": {"id": "$.id"}"#, "{}", "parked, missing at /event/id: $.id selects nothing, or null",
            path: "$.id"),
        Case(
            #""on": {"missing": "skip"}, "content": {"a": "$.a"}"#, "{}",
            "skipped, missing at /content/a: $.a selects nothing, or null",
            path: "$.a"),
        Case(
            #""subscription_filter": {"email": {"$path": "$.e", "optional": true}}"#, "{}",
            "parked, missing at /subscription_filter: the subscription is not named: there is no \"email\", no \"phone\", and not both of "
                + "\"provider\" and \"subscription_id\""),
    ]

    @Test(arguments: cases)
    func aStopSaysWhereAndWhy(_ stop: Case) throws {
        let (mapping, diagnostics) = Sample.compile(Sample.mapping(stop.keys, recipient: stop.recipient))
        let set = MappingSet([try #require(mapping, "\(diagnostics.map(\.description))")])
        let event = Event(
            view: EventView(headers: try JSONDocument.parse("{}").root, body: try JSONDocument.parse(stop.body).root),
            now: Instant(seconds: 0))
        let preview = set.preview(event)
        let found = try #require(preview.plan.stops.first)
        #expect("\(found)" == stop.line)
        #expect(found.path == stop.path)
        #expect(PreviewText { _ in "" }.render(preview).contains("\n  \(stop.line)\n"))
        let json = try #require(PreviewJSON { _ in .null }.render(preview)["stops"]?.elements?.first)
        #expect(json["outcome"]?.string == (stop.line.hasPrefix("skipped") ? "skip" : "park"))
        #expect(json["reason"]?.string == found.reason.rawValue && json["class"]?.string == found.launchClass.rawValue)
        #expect(json["at"]?.string == found.pointer.description && json["detail"]?.string == found.detail)
        #expect(json["path"]?.string == stop.path)
        #expect((json["element"] == nil) == (found.element == nil || found.element == .only))
        // The bridge, which keeps no notes, comes to the same.
        #expect(set.evaluate(event).stops.first == found)
    }

    @Test func aPreviewIsBounded() throws {
        let list = (0..<6_000).map(String.init).joined(separator: ",")
        let mapping = Sample.mapping(#""content": {"a": {"$each": "$.l[*]", "item": "@"}, "t": "$.t"}"#)
        let set = MappingSet([try #require(Sample.compile(mapping).mapping)])
        let long = String(repeating: "é", count: 500)
        let body = try JSONDocument.parse("{\"t\": \"\(long)\", \"l\": [\(list)]}").root
        let preview = set.preview(Event(view: EventView(body: body), now: Instant(seconds: 0)))
        let previewed = try #require(preview.mappings.first)
        // Each element is entered and read; recipient and text come beside them.
        #expect(previewed.notes.count == 5_000 && previewed.notesLeftOut == 12_002 - 5_000)
        let text = PreviewText { _ in "" }.render(preview)
        #expect(text.contains("… and \(previewed.notesLeftOut) more steps") && text.contains("launches campaign 1"))
        let short = try JSONDocument.parse("{\"t\": \"\(long)\"}").root
        let cut = PreviewText { _ in "" }.render(
            set.preview(Event(view: EventView(body: short), now: Instant(seconds: 0))))
        #expect(cut.contains("é…\n") && !cut.contains(long))
    }
}
