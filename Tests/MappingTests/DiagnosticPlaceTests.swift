import JSON
import Mapping
import Testing

/// Every finding points where the reference says: a row holds the file with `¦` before the place that is meant.
@Suite(.timeLimit(.minutes(1)))
struct DiagnosticPlaceTests {
    /// A finding that must be there, at the marker and at the pointer.
    struct Row: Sendable, CustomTestStringConvertible {
        let code: String
        let pointer: String
        let text: String

        init(_ code: String, _ pointer: String, _ text: String) {
            self.code = code
            self.pointer = pointer
            self.text = text
        }

        /// A row whose text is a member of an otherwise good file.
        init(_ code: String, _ pointer: String, in keys: String) {
            self.init(code, pointer, Sample.mapping(keys))
        }

        var testDescription: String { "\(code) \(pointer)" }
    }

    static let file: [Row] = [
        Row("E101", "", #"{"name": "a", ¦}"#),
        Row("E101", "", "{\n  \"name\": ¦'a'\n}"),
        Row("E102", "/owner", in: #""owner": "a", ¦"owner": "b""#),
        Row("E102", "/content/x", in: #""content": {"x": 1, ¦"x": 2}"#),
        Row("E104", "", String(repeating: "[", count: 64) + "¦[" + String(repeating: "]", count: 65)),
        Row("E105", "", "¦[]"),
        Row("E105", "/name", in: #""name": ¦"a b""#),
        Row("E105", "/enabled", in: #""enabled": ¦"yes""#),
        Row("E105", "/recipient", in: #""recipient": ¦{"email": "a@example.com"}"#),
        Row("E105", "/delivery/attempts", in: #""delivery": {"attempts": ¦0}"#),
        Row("E105", "/delivery/rate/per_second", in: #""delivery": {"rate": {"per_second": ¦0}}"#),
        Row("E105", "/delivery/priority", in: #""delivery": {"priority": ¦"urgent"}"#),
        Row("E105", "/delivery/dedup", in: #""delivery": {"dedup": ¦true}"#),
        Row("E105", "/content", in: #""content": ¦[1]"#),
        Row("E105", "", "¦{\"amqp\": {}, \"body\": {\"id\": 1}}"),
        Row("E110", "/contnet", in: #"¦"contnet": {}"#),
        Row("E110", "/on/mising", in: #""on": {¦"mising": "skip"}"#),
        Row("E110", "/content/x/defualt", in: #""content": {"x": {"$path": "$.a", ¦"defualt": 1}}"#),
        Row("E111", "/content/x/$var", in: #""content": {"x": {"$path": "$.a", ¦"$var": "b"}}"#),
        Row("E112", "/content/x/$pth", in: #""content": {"x": {¦"$pth": "$.a"}}"#),
        Row("E112", "/content/x/$in", in: #""content": {"x": {¦"$in": [1]}}"#),
        Row("E113", "/content/x/take", in: #""content": {"x": {"$template": "a", ¦"take": "first"}}"#),
        Row("E113", "/launch/by", in: #""launch": {"campaign": 1, ¦"by": "md5"}"#),
        Row("E114", "", "¦{\"name\": \"a\", \"when\": {}, \"launch\": {\"campaign\": 1}}"),
        Row("E114", "/content/x", in: #""content": {"x": ¦{"$each": "$.a[*]"}}"#),
        Row("E114", "/for_each", in: #""for_each": ¦{"where": {"a": [1]}}"#),
    ]

    static let paths: [Row] = [
        Row("E120", "/content/x", in: #""content": {"x": "$.a¦&b"}"#),
        Row("E120", "/content/x", in: #""content": {"x": "$.¦99"}"#),
        Row("E120", "/content/x/$path", in: #""content": {"x": {"$path": "¦a.b"}}"#),
        Row("E120", "/content/x", in: #""content": {"x": "$[\"a\"¦x]"}"#),
        Row("E120", "/content/x/$template", in: #""content": {"x": {"$template": "é {{$.a¦&}}"}}"#),
        Row("E120", "/content/x/$meta", in: #""content": {"x": {"$meta": "¦now"}}"#),
        Row("E121", "/content/x", in: #""content": {"x": "$.a¦[*].b"}"#),
        Row("E121", "/content/x/$path", in: #""content": {"x": {"$path": "$¦..b"}}"#),
        Row("E122", "/content/x", in: #""content": {"x": "¦@.a"}"#),
        Row("E122", "/content/x/$template", in: #""content": {"x": {"$template": "{{ ¦@.a }}"}}"#),
        Row("E122", "/content/x/$meta", in: #""content": {"x": {"$meta": "/¦index"}}"#),
        Row("E123", "/content/x/$template", in: #""content": {"x": {"$template": "a ¦{{$.b"}}"#),
        Row("E123", "/content/x/$template", in: #""content": {"x": {"$template": "{{$.a¦[*]}}"}}"#),
        Row("E123", "/content/x/$template", in: #""content": {"x": {"$template": "{{¦}}"}}"#),
        Row("E124", "/content/x/$path", in: #""content": {"x": {"$path": "$[?¦length(@.a)]", "take": "first"}}"#),
        Row("E125", "/content/x/$path", in: #""content": {"x": {"$path": "$[?match(@.a, '¦(')]", "take": "first"}}"#),
        Row("W126", "/content/x", in: #""content": {"x": ¦"$name"}"#),
        Row("W126", "/content/x", in: #""content": {"x": ¦" $.name"}"#),
        Row("W126", "/when/body/$.status", in: #""when": {"body": {¦"$.status": ["paid"]}}"#),
        Row("W126", "/when/body/$or/0/$.a", in: #""when": {"body": {"$or": [{¦"$.a": [1]}, {"b": [1]}]}}"#),
        Row("W126", "/recipient/0/email", in: #""recipient": [{"email": ¦"customer.email"}]"#),
        Row("W127", "/for_each/path", in: #""for_each": {"path": ¦"$.a"}"#),
        Row(
            "W128", "/content/x/item/$path",
            in: #""content": {"x": {"$each": "$.a[*]", "item": {"$path": ¦"$.a[*].t", "take": "first"}}}"#),
        Row("W126", "/content/x/path", in: #""content": {"x": {¦"path": "$.a", "optional": true}}"#),
        Row("W220", "/content/x/$path", in: #""content": {"x": {"$path": "$[?match(@.a, '¦^a')]", "take": "first"}}"#),
    ]

    static let conditions: [Row] = [
        Row("E130", "/when/body/a", in: #""when": {"body": {"a": ¦"x"}}"#),
        Row("E130", "/when/routing_key", in: #""when": {"routing_key": ¦"a.b"}"#),
        Row("E130", "/content/x/$if", in: #""content": {"x": {"$if": ¦[], "then": 1}}"#),
        Row("E131", "/when/body/a/0/prefx", in: #""when": {"body": {"a": [{¦"prefx": "x"}]}}"#),
        Row("E132", "/when/body/a/0/numeric", in: #""when": {"body": {"a": [{"numeric": ¦[">", 5, "<", 3]}]}}"#),
        Row("E133", "/when/body/a/0/anything-but/1", in: #""when": {"body": {"a": [{"anything-but": ["x", ¦1]}]}}"#),
        Row("E134", "/when/body/a/0/wildcard", in: #""when": {"body": {"a": [{"wildcard": ¦"a**b"}]}}"#),
        Row("E135", "/when/body/$or/0/a", in: #""when": {"body": {"a": [1], "$or": [{"a": ¦[2]}, {"b": [1]}]}}"#),
        Row("W193", "/when/exchange/0", in: #""when": {"exchange": [¦"shop.*"]}"#),
        Row("W136", "/when/body/a", in: #""when": {"body": {"a": ¦[{"exists": true}, {"exists": false}]}}"#),
        Row("W139", "/when/body/a", in: #""when": {"body": {"a": ¦[{"anything-but": "x"}]}}"#),
        Row("E190", "/when/routing_key/0", in: #""when": {"routing_key": [¦"order*"]}"#),
        Row("W191", "/when/routing_key/1", in: #""when": {"routing_key": ["a.b", ¦"a.b"]}"#),
        Row("W192", "/when/routing_key/1", in: #""when": {"routing_key": ["a.*", ¦"a.b"]}"#),
    ]

    static let recipients: [Row] = [
        Row("E140", "/recipient/0", in: #""recipient": [¦{"matching": "custom", "field_name": "a"}]"#),
        Row("E140", "/recipient/0", in: #""recipient": [¦{"matching": "phone"}]"#),
        Row("E141", "/recipient/0/phone", in: #""recipient": [{"email": "$.a", ¦"phone": "$.b"}]"#),
        Row("E141", "/recipient/0/email", in: #""recipient": [{"custom_request": {"a": "$.a"}, ¦"email": "$.b"}]"#),
        Row("E142", "/recipient/0/matching", in: #""recipient": [{"matching": ¦"emial", "email": "$.a"}]"#),
        Row("W143", "/recipient/1", in: #""recipient": [{"email": "a@example.com"}, ¦{"email": "$.a"}]"#),
        Row("E144", "/recipient/0/matching", in: #""recipient": [{"matching": ¦"email_sub", "email": "$.a"}]"#),
        Row("E150", "/launch", in: #""launch": ¦{}"#),
        Row("E150", "/launch/scenario", in: #""launch": {"campaign": 1, ¦"scenario": 2}"#),
        Row("E151", "/launch/campaign", in: #""launch": {"campaign": ¦"4101"}"#),
        Row("E151", "/launch/campaign", in: #""launch": {"campaign": ¦0}"#),
        Row("E151", "/launch/campaign", in: #""launch": {"campaign": ¦"$.id"}"#),
        Row(
            "E151", "/launch/campaign/default",
            in: #""tables": {"t": {"a": 1}}, "launch": {"campaign": {"$lookup": "t", "key": "$.k", "default": ¦1.5}}"#),
        Row(
            "E152", "/tables/t/b",
            in:
                #""tables": {"t": {"a": 1, "b": ¦"2"}}, "launch": {"campaign": {"$lookup": "t", "key": "$.k", "default": 1}}"#
        ),
    ]

    static let names: [Row] = [
        Row(
            "E160", "/content/x/$var",
            in: #""let": {"currency": "$.c"}, "content": {"x": {"$var": ¦"curency"}, "y": {"$var": "currency"}}"#),
        Row("E160", "/content/x/$template", in: #""content": {"x": {"$template": "{{$.a}} {{ ¦nobody }}"}}"#),
        Row("W161", "/let/a", in: #""let": {¦"a": "$.a"}"#),
        Row("E162", "/let/b/$var", in: #""let": {"a": {"$var": "b"}, "b": {"$var": ¦"a"}}"#),
        Row(
            "E163", "/content/x/$lookup",
            in: #""tables": {"table": {}}, "content": {"x": {"$lookup": ¦"tabel", "key": "a", "default": 1}}"#),
        Row("W164", "/content/x", in: #""tables": {"t": {}}, "content": {"x": ¦{"$lookup": "t", "key": "$.a"}}"#),
        Row("W165", "/tables/t", in: #""tables": {¦"t": {}}"#),
        Row(
            "W166", "/content/x/key",
            in: #""tables": {"t": {"a": 1}}, "content": {"x": {"$lookup": "t", "key": ¦"b", "default": 1}}"#),
        Row("E170", "/content/x/pipe/0", in: #""content": {"x": {"$path": "$.a", "pipe": [¦"trm"]}}"#),
        Row("E170", "/content/x/pipe/0/jion", in: #""content": {"x": {"$path": "$.a", "pipe": [{¦"jion": ","}]}}"#),
        Row("E171", "/content/x/pipe/0", in: #""content": {"x": {"$path": "$.a", "pipe": [¦"join"]}}"#),
        Row("E171", "/content/x/pipe/0/join", in: #""content": {"x": {"$path": "$.a", "pipe": [{"join": ¦5}]}}"#),
        Row(
            "E171", "/content/x/pipe/0/join/sep",
            in: #""content": {"x": {"$path": "$.a", "pipe": [{"join": {"separator": "", ¦"sep": ","}}]}}"#),
        Row("E172", "/content/x/pipe/1", in: #""content": {"x": {"$path": "$.a", "pipe": ["count", ¦"trim"]}}"#),
        Row("E172", "/content/x/pipe/0/join", in: #""content": {"x": {"$template": "a", "pipe": [{¦"join": ","}]}}"#),
        Row(
            "E173", "/content/x/pipe/1/date/zone",
            in:
                #""content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": "d", "zone": ¦"Europe/Moskow", "locale": "ru"}}]}}"#
        ),
        Row(
            "E122", "/event/id",
            in: #""for_each": {"path": "$.a[*]"}, "let": {"v": "@.v"}, "event": {"id": ¦{"$var": "v"}}"#),
        Row("E180", "/delivery/expire_after", in: #""delivery": {"expire_after": ¦"6h"}"#),
        Row("E180", "/delivery/dedup/window", in: #""delivery": {"dedup": {"window": ¦"P1M"}}"#),
        Row("E182", "/delivery/batch", in: #""launch": {"scenario": 1}, "delivery": {"batch": ¦{}}"#),
        Row("W184", "/content", in: #""content": ¦{"x": "$.a"}, "delivery": {"batch": {}}"#),
        Row("E211", "/delivery/dedup/key", in: #""delivery": {"dedup": {"key": ¦"always"}}"#),
        Row("E213", "/for_each/unique_by", in: #""for_each": {"path": "$.a[*]", "unique_by": ¦"$.id"}"#),
        Row(
            "W174", "/content/x/pipe/1/date/pattern",
            in:
                #""content": {"x": {"$path": "$.a", "pipe": ["datetime", {"date": {"pattern": ¦"dd.mm.yyyy", "zone": "UTC"}}]}}"#
        ),
        Row(
            "E212", "/delivery/dedup/key",
            in: #""for_each": {"path": "$.a[*]"}, "delivery": {"dedup": {"key": ¦"$.id"}}"#),
    ]

    @Test(arguments: file + paths + conditions + recipients + names)
    func place(_ row: Row) throws {
        let marker = try #require(row.text.unicodeScalars.firstIndex(of: "¦"))
        let before = Array(String(row.text.unicodeScalars[..<marker]).utf8)
        let text = row.text.replacing("¦", with: "")
        let position = JSONPosition(offset: before.count, in: before)
        let diagnostics = Sample.compile(text).diagnostics
        let found = diagnostics.filter { $0.code.rawValue == row.code && $0.pointer.description == row.pointer }
        #expect(found.map(\.position.description) == [position.description], "\(diagnostics.map(\.description))")
    }

    @Test func everyCodeThatOneFileCanShowIsInTheTable() {
        let elsewhere: Set<String> = [
            // Whole folders, test events and tests.
            "E106", "E230", "W231", "W232", "W233", "W234", "W240", "W200", "E202", "W203", "E204", "W221", "W137",
            "W138", "W222", "W108", "W241", "W205", "W145", "W206", "W207", "W208",
            // Limits and functions that have tables of their own.
            "E103", "E139", "W107",
            // The settings.
            "W185",
        ]
        let shown = Set((Self.file + Self.paths + Self.conditions + Self.recipients + Self.names).map(\.code))
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).subtracting(elsewhere) == shown)
    }

    @Test func aMessageReadsAsTheReferenceShowsIt() throws {
        let text = Sample.mapping(
            "\"let\": {\"currency\": \"$.c\"},\n\"content\": {\"x\": {\"$var\": \"curency\"}, \"y\": {\"$var\": \"currency\"}}"
        )
        let diagnostic = try #require(Sample.compile(text, name: "order.json").diagnostics.first)
        #expect(
            diagnostic.description == """
                order.json:7:27: error E160: there is no variable "curency"
                  at /content/x/$var
                  did you mean "currency"?
                """)
        #expect(
            diagnostic.json.text() == #"{"file":"order.json","line":7,"column":27,"severity":"error","code":"E160","#
                + #""pointer":"/content/x/$var","message":"there is no variable \"curency\"","hint":"did you mean \"currency\"?"}"#
        )
    }

    @Test func theExampleOfTheReferenceIsReproduced() throws {
        let text = """
            {
              "name": "order",
              "when": {},
              "let": {
                "currency": "$.currency"
              },
              "launch": {
                "campaign": 1
              },
              "recipient": [
                { "email": "$.email" }
              ],
              "custom_data": {
                "currency": { "$var": "currency" }
              },
              "content": {
                "total": { "$path": "$.total", "pipe": ["decimal", { "money": { "currency": { "$var": "curency" }, "locale": "ru" } }] }
              }
            }
            """
        let diagnostics = Sample.compile(text, name: "order.mapping.json").diagnostics
        #expect(
            diagnostics.map(\.description) == [
                """
                order.mapping.json:17:91: error E160: there is no variable "curency"
                  at /content/total/pipe/1/money/currency/$var
                  did you mean "currency"?
                """
            ])
    }

    @Test func aRequiredKeyThatIsMisspeltIsToldOnce() {
        let text = #"{"name": "a", "when": {}, "lanch": {"campaign": 1}, "recipient": [{"email": "$.e"}]}"#
        #expect(Sample.compile(text).diagnostics.map(\.code) == [.unknownKey])
    }

    @Test func allFaultsAreReportedAtOnce() {
        let text = Sample.mapping(
            #"""
            "owner": 1, "contnet": {}, "let": {"a": "$.&", "b": {"$var": "c"}}, "content": {"x": {"$pth": 1}, "y": "@.a"},
            "delivery": {"expire_after": "6h", "attempts": 0}, "when": {"body": {"a": 1}}
            """#)
        let codes = Set(Sample.compile(text).diagnostics.map(\.code.rawValue))
        #expect(codes.isSuperset(of: ["E105", "E110", "E120", "E160", "E112", "E122", "E180", "E130"]))
    }
}
