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
        let hint: String

        var testDescription: String { message }

        init(_ keys: String, _ message: String, _ hint: String) {
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
        Row(#""delivery": {"attempts": "5"}"#, "this must be a whole number, and it is a text", "for example 5"),
        Row(#""delivery": {"attempts": 2000}"#, "this must be a whole number from 1 to 1000", "for example 5"),
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
            #""content": {"x": {"$path": "$.a", "$default": "x"}}"#, #"there is no instruction "$default""#,
            #"did you mean "default"? Or write "$$default" for a key named "$default""#),
        Row(
            #""content": {"x": {"$concat": ["a"]}}"#, #"there is no instruction "$concat""#,
            #"texts are joined by {"$template": "Order {{$.name}}"}. Or write "$$concat" for a key named "$concat""#),
        Row(
            #""content": {"x": {"$template": "{{$.name | upper}}"}}"#,
            "a placeholder takes a path or a name, and no functions",
            #"name the value in "let", with its "pipe", and write {{name}}"#),
        Row(
            #""recipient": {"matching": "email", "email": {"$path": "$.email", "pipe": ["trim", "lowercase"]}}"#,
            "this must be a list, and it is an object", "put it in brackets: [{…}]"),
        Row(
            #""recipient": [{"custom_request": "Lang = ru"}]"#,
            "a query is an object of conditions, and this is a text",
            #"for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}"#),
        Row(
            #""attach": [{"name": "a.pdf", "data": "$.invoice"}]"#,
            #""type" is missing, so an event could choose what kind of file this is"#,
            #"write "type": "application/pdf" beside "data""#),
        Row(
            #""delivery": {"expire_after": "P6H"}"#, #""P6H" is no duration of ISO 8601"#, #"did you mean "PT6H"?"#),
        Row(
            #""delivery": {"expire_after": "PT2D"}"#, #""PT2D" is no duration of ISO 8601"#, #"did you mean "P2D"?"#),
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
            #"write "$.a" for the event itself; in a list, "$each" gives the elements"#),
        Row(
            #""content": {"x": {"$template": "{{$.a"}}"#, "this placeholder is not closed", #"write "}}" behind it"#),
        Row(
            #""content": {"x": {"$template": "{{$.a[*]}}"}}"#,
            #""$.a[*]" may select several values, and nothing says which are meant"#,
            #"name the value in "let" with "take", and write {{name}}"#),
        Row(
            #""content": {"x": {"$meta": "/hedders/a"}}"#, #"there is nothing at "/hedders/a""#,
            #"did you mean "headers"?"#),
        Row(#""content": {"x": {"$var": "a"}}"#, #"there is no variable "a""#, #"name the value in "let""#),
        Row(
            #""content": {"x": {"$template": "{{name}}"}}"#, #"there is no variable "name""#,
            #"write {{$.name}} for what the event holds, or name the value in "let""#),
        Row(
            #""content": {"x": {"$lookup": "t", "key": "a", "default": 1}}"#, #"there is no table "t""#,
            #"write it into "tables", for example {"t": {"ru-RU": 4101}}"#),
        Row(
            #""content": {"x": {"$path": "$.a", "pipe": "trim"}}"#,
            "this must be a list of functions, and it is a text",
            #"put it in brackets: ["trim"]"#),
        Row(
            #""recipient": []"#, "this list needs at least one entry",
            #"for example [{"matching": "email", "email": "$.email"}]"#),
        Row(
            #""delivery": {"dedup": true}"#, "this can only be false; to have it, leave it out",
            #"for example {"key": {"$template": "order-paid:{{$.id}}"}, "window": "P7D"}"#),
        Row(
            #""launch": {"campaign": 0}"#, "an id is a positive whole number, and this is 0",
            "it is the number after # beside the name in Altcraft, for example 4101"),
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
            #"for example {"matching": "custom", "field_name": "CRM_ID", "field_value": "$.field_value"}"#),
        Row(
            #""recipient": [{"email": "$.e", "phone": "$.p"}]"#, #"matching "email" does not use "phone""#,
            "take it out, or write another alternative for it"),
        Row(
            #""recipient": [{"custom_request": "$.q"}]"#,
            "a custom_request must be written in the mapping; an event only fills values into it",
            #"for example {"custom_request": {"Wishlist": {"$$in": ["$.sku"]}}}"#),
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
        (#"{"a": "the "crm" team"}"#, #"a quote inside a text is written \""#),
        (#"{"a": "$.items[?@.title == "x"].title"}"#, "inside a path write single quotes: 'text'"),
        (##"{"a": #5001}"##, "write the number without #"),
        ("{\"a\": \"x\ty\"}", #"a tab in a text is written \t; or write a space"#),
        ("{\"a\": 1, // x\n}", "JSON has no comments; use \"description\""),
        ("{'a': 1}", "use double quotes"), ("{\"a\": 1 \"b\": 2}", "a comma is missing before it"),
        ("{\"a\": \"x\" \"b\": 2}", "a comma is missing before it"),
        ("{\"a\": {} {}}", "a comma is missing before it"),
        ("{\"a\" = 1}", "write a colon"), ("{\"a\": 1; \"b\": 2}", "write a comma"),
        ("{\"a\": True}", "write true"), ("{\"a\": None}", "write null"),
        ("{a: 1}", "write it in double quotes: \"a\""),
        ("{\"a\": \u{201C}b\u{201D}}", "write straight double quotes \" in place of curly ones"),
        ("{\"a\": \"b\u{201D}\n}", "write straight double quotes \" in place of curly ones"),
        ("{\"a\": \"b\n}", "close the text with \" on the line where it begins; a line break in a text is \\n"),
        ("{\"a\":\u{A0}1}", "write a plain space, or nothing"),
        ("{\"a\": 1", "the { of line 1 is not closed: write } where it ends"),
        ("{\"a\" 1}", "write a colon behind the name"), ("{\"a\" \"b\"}", "write a colon behind the name"),
        ("{\"a\", 1}", "write a colon behind the name"),
        ("{\"a\": {\"by\": 12,50}}", "numbers have a decimal point: write 12.50"),
        ("{\"a\": 1,\n<!-- x -->\n\"b\": 2}", "JSON has no comments; use \"description\""),
        ("{\"a\": [1, 2", "the [ of line 1 is not closed: write ] where it ends"),
        ("{} {}", "take out what follows; a file holds one mapping"),
        ("{\"a\": [1}", "close what was opened last: a [ by ], a { by }"),
        ("{\"a\": 01}", "write it without the zero, or in double quotes where the digits are a text"),
        ("name: a\n", "a mapping is JSON and begins with {"),
        ("", "begin with `trigger-bridge init`"), ("\u{FEFF}{}", "save the file as UTF-8 without a byte order mark"),
    ])
    func slipsInJSON(text: String, hint: String?) throws {
        let diagnostics = Sample.compile(text).diagnostics
        #expect(diagnostics.map(\.code) == [.syntax])
        #expect(diagnostics.first?.hint == hint)
    }

    @Test func aTextThatIsOpenAtTheEndOfItsLineIsNamed() {
        let found = Sample.compile("{\n  \"owner\": \"crm,\n  \"name\": \"a\"\n}").diagnostics.first
        #expect(found?.message == "the text that begins in this line is not closed" && found?.position.line == 2)
    }

    /// Which bracket lacks its partner shows by how the file is indented.
    @Test(arguments: [
        (
            "{\n  \"when\": { \"body\": { \"s\": [\"{\"] },\n  \"launch\": {\n    \"campaign\": 1\n  }\n}\n",
            "the { of line 2"
        ),
        (
            "{\n  \"when\": {\n    \"body\": { \"s\": [1] }\n  ,\n  \"a\": [\n    1\n  ]\n}\n",
            "the { of line 2"
        ),
        ("{\n  \"a\": {\n    \"b\": {\n      \"c\": 1\n  },\n  \"d\": 1\n}\n", "the { of line 3"),
        ("{\r\n\t\"a\": [\r\n\t\t{ \"\\\"}\": 1,\r\n\t\t\"c\": 1 }\r\n", "the [ of line 2"),
    ])
    func theBracketThatIsNotClosedIsNamed(text: String, start: String) {
        let hint = Sample.compile(text).diagnostics.first?.hint ?? ""
        #expect(hint.hasPrefix(start + " is not closed"), "\(hint)")
    }

    /// A file's only finding, where the file is right and hardly meant so.
    static let doubts: [(keys: String, code: String, hint: String)] = [
        (
            #""content": {"x": "$name", "y": "$5", "z": "@shop", "w": "$a and $b"}"#, "W126",
            #"write "$.name", or {"$literal": …} where the text is meant"#
        ),
        (
            #""content": {"x": {"$each": "$.a[*]", "item": "@sku"}}"#, "W126",
            #"write "@.sku", or {"$literal": …} where the text is meant"#
        ),
        (
            #""content": {"x": {"$template": "Order {$.name}"}}"#, "W126",
            "a placeholder has two braces on each side: {{$.name}}"
        ),
        (
            #""content": {"x": {"$each": "$.a", "item": "@.sku"}}"#, "W127",
            #"write "$.a[*]" for the elements of a list"#
        ),
        (#""for_each": {"path": "$.a"}"#, "W127", #"write "$.a[*]" for the elements of a list"#),
        (
            #""when": {"exchange": ["shop.*"], "routing_key": ["a"]}"#, "W193",
            #"list the names, or leave "exchange" out and use "routing_key""#
        ),
    ]

    @Test(arguments: doubts)
    func isDoubted(keys: String, code: String, hint: String) {
        let diagnostics = Sample.compile(Sample.mapping(keys)).diagnostics
        #expect(diagnostics.map(\.code.rawValue) == [code])
        #expect(diagnostics.first?.hint == hint)
    }

    @Test func aLiteralIsNoDoubt() {
        #expect(Sample.compile(Sample.mapping(#""content": {"x": {"$literal": "$name"}}"#)).diagnostics == [])
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
        #expect(big.first?.message == "the file has more than the 1048576 bytes that are allowed")
    }
}
