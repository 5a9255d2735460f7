import JSON
import Mapping
import Testing

/// The words of messages: each names what is wrong and what to write instead.
@Suite(.timeLimit(.minutes(1)))
struct MessageTests {
    /// A file's only error: message and hint.
    struct Row: Sendable, CustomTestStringConvertible {
        let keys: String
        let message: String
        let hint: String?

        var testDescription: String { message }

        init(_ keys: String, _ message: String, _ hint: String?) {
            self.keys = keys
            self.message = message
            self.hint = hint
        }
    }

    static let rows: [Row] = [
        Row(#""contnet": {}"#, #"there is no key "contnet" here"#, #"did you mean "content"?"#),
        Row(
            #""on": {"anything": "skip"}"#, #"there is no key "anything" here"#,
            #"here one can write "no_recipient", "missing", "invalid""#),
        Row(#""on": {"missing": "skp"}"#, #""skp" is none of "park", "skip""#, #"did you mean "skip"?"#),
        Row(
            #""recipient": {"email": "$.e"}"#, "this must be a list, and it is an object",
            #"put it in brackets: [{"email":"$.e"}]"#),
        Row(#""delivery": {"attempts": "5"}"#, "this must be a whole number, and it is a text", nil),
        Row(#""delivery": {"attempts": 2000}"#, "this must be a whole number from 1 to 1000", nil),
        Row(
            #""delivery": {"expire_after": "6 hours"}"#, #""6 hours" is no duration of ISO 8601"#,
            #"for example "PT30M" (30 minutes), "PT6H" (6 hours), "P7D" (7 days)"#),
        Row(
            #""delivery": {"expire_after": "P1M"}"#, "years and months have no fixed length",
            #"write days, for example "P30D""#),
        Row(
            #""name": "a b""#, #"a name is made of letters a to z, digits, "-", "_" and ".""#,
            #"for example "order-paid""#),
        Row(
            #""content": {"x": {"$pth": "$.a"}}"#, #"there is no instruction "$pth""#,
            #"did you mean "$path"? Or write "$$pth" for a key named "$pth""#),
        Row(
            #""content": {"x": {"$in": [1]}}"#, #"there is no instruction "$in""#,
            #"write "$$in" for a key named "$in""#),
        Row(
            #""content": {"x": {"$path": "$.a", "$var": "b"}}"#,
            #""$var" stands beside "$path": an object holds one instruction"#,
            "nest them, or take one out"),
        Row(
            #""content": {"x": {"$literal": 1, "default": 2}}"#, #""default" does not belong to "$literal""#,
            "it has none"),
        Row(
            #""content": {"x": {"$path": "$.a", "optionl": true}}"#, #"there is no companion "optionl" of "$path""#,
            #"did you mean "optional"?"#),
        Row(
            #""content": {"x": {"$each": "$.a[*]"}}"#, #""$each" needs "item" beside it"#,
            #"for example "item": {"title": "@.title"}"#),
        Row(
            #""content": {"x": "$.a[*]"}"#, #""$.a[*]" may select several values, and nothing says which are meant"#,
            #"write {"$path": "$.a[*]", "take": "first"}, or "all" for a list"#),
        Row(
            #""content": {"x": {"$path": "$..a"}}"#,
            #""$..a" may select several values, and nothing says which are meant"#,
            #"add "take": "first", "all" or "only""#),
        Row(
            #""content": {"x": "@.a"}"#, #""@" stands outside "for_each" and "$each", so there is no element"#,
            #"write "$.a" for the event itself"#),
        Row(
            #""content": {"x": {"$template": "{{$.a"}}"#, "this placeholder is not closed", #"write "}}" behind it"#),
        Row(
            #""content": {"x": {"$template": "{{$.a[*]}}"}}"#,
            #""$.a[*]" may select several values, and nothing says which are meant"#,
            #"name the value in "let" with "take", and write {{name}}"#),
        Row(
            #""content": {"x": {"$meta": "/hedders/a"}}"#, #"there is nothing at "/hedders/a""#,
            #"did you mean "headers"?"#),
        Row(#""content": {"x": {"$var": "a"}}"#, #"there is no variable "a""#, #"name values in "let""#),
        Row(
            #""let": {"a": {"$var": "a"}}, "content": {"x": {"$var": "a"}}"#, #"the variable "a" depends on itself"#,
            "one of the variables in the circle must do without the others"),
        Row(
            #""content": {"x": {"$path": "$.a", "pipe": ["lowrcase"]}}"#, #"there is no function "lowrcase""#,
            #"did you mean "lowercase"?"#),
        Row(
            #""content": {"x": {"$path": "$.a", "pipe": ["join"]}}"#, #""join" needs "separator""#,
            #"for example {"join":", "}"#),
        Row(
            #""content": {"x": {"$path": "$.a[*]", "take": "all", "pipe": ["trim"]}}"#,
            #""trim" takes a text, and what comes here is a list"#, #"put "string" before it"#),
        Row(
            #""launch": {"campaign": "4101"}"#, "an id is a positive whole number, and this is a text",
            "write the number without quotes"),
        Row(
            #""launch": {"campaign": "$.campaign"}"#,
            #"what is launched must stand in the file: a number, "$lookup" or "$if""#,
            #"put the possible numbers into a table, and write {"$lookup": "table", "key": …}"#),
        Row(
            #""launch": {"campaign": {"$path": "$.campaign"}}"#,
            #"what is launched must stand in the file: a number, "$lookup" or "$if""#,
            #"put the possible numbers into a table, and write {"$lookup": "table", "key": …}"#),
        Row(
            #""launch": {}"#, "nothing is launched", #"write "campaign" or "scenario" with its number"#),
        Row(
            #""recipient": [{"matching": "emial", "email": "$.e"}]"#, #"there is no matching mode "emial""#,
            #"did you mean "email"?"#),
        Row(
            #""recipient": [{"matching": "custom", "field_value": "$.e"}]"#, #"matching "custom" needs "field_name""#,
            #"for example {"matching": "custom", "field_name": "CRM_ID", "field_value": "example123"}"#),
        Row(
            #""recipient": [{"email": "$.e", "phone": "$.p"}]"#, #"matching "email" does not use "phone""#,
            "take it out, or write another alternative for it"),
        Row(
            #""recipient": [{"custom_request": "$.q"}]"#,
            "a custom_request must be written in the mapping; an event only fills values into it", nil),
        Row(
            #""delivery": {"dedup": {"key": "x"}}"#,
            "this key is the same for all events, so only the first would launch",
            #"put something of the event into it, for example {"$template": "order:{{$.id}}"}"#),
    ]

    @Test(arguments: rows)
    func words(_ row: Row) throws {
        let errors = Sample.compile(Sample.mapping(row.keys)).diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.message) == [row.message])
        #expect(errors.first?.hint == row.hint)
    }

    @Test(arguments: [
        ("{\"name\": \"a\",}", "remove the comma before it"),
        ("{\"a\": 1, // x\n}", "JSON has no comments; use \"description\""),
        ("{'a': 1}", "use double quotes"), ("{\"a\": 1 \"b\": 2}", nil),
        ("{\"a\": \"x\" \"b\": 2}", "a comma is missing before it"),
        ("", nil), ("\u{FEFF}{}", nil),
    ])
    func slipsInJSON(text: String, hint: String?) throws {
        let diagnostics = Sample.compile(text).diagnostics
        #expect(diagnostics.map(\.code) == [.syntax])
        #expect(diagnostics.first?.hint == hint)
    }

    @Test func controlCharactersOfAFileDoNotReachTheTerminal() {
        let diagnostics = Sample.compile(Sample.mapping("\"a\\u001b[2J\\n\": 1")).diagnostics
        let text = diagnostics.map(\.description).joined()
        #expect(text.contains("\\u{1b}[2J\\u{a}") && !text.unicodeScalars.contains("\u{1B}"))
        #expect(diagnostics.first?.json["message"]?.string?.contains("\u{1B}") == true)
    }

    @Test func bytesThatAreNoTextAreASyntaxError() {
        let (mapping, diagnostics) = MappingSet.compile(SourceFile(name: "a.json", bytes: [0x7B, 0xFF, 0x7D]))
        #expect(mapping == nil && diagnostics.map(\.code) == [.syntax])
        let big = MappingSet.compile(SourceFile(name: "a.json", bytes: Array(repeating: 0x20, count: 2 << 20)))
            .diagnostics
        #expect(big.map(\.code) == [.tooBig])
    }
}
