import JSON
import Testing

@testable import EventPattern

/// Section 4.2, row by row: what an entry accepts and what it does not.
///
/// Events are the value of the member `f`.
@Suite(.timeLimit(.minutes(1)))
struct OperatorTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let id: String
        let list: String
        let accepted: [String]
        let refused: [String]
        var testDescription: String { id }
    }

    /// In both columns `-` is an event without the member.
    static let rows: [Row] = [
        Row(
            id: "4.2 text", list: #"["paid"]"#, accepted: [#""paid""#, #""\u0070aid""#, #"["x", "paid"]"#],
            refused: [#""Paid""#, #""paid ""#, "-", "null", #"{"paid": 1}"#, "[]"]),
        Row(id: "4.2 text: 1 is not \"1\"", list: #"["1"]"#, accepted: [#""1""#], refused: ["1", "1.0"]),
        Row(id: "4.2 true", list: "[true]", accepted: ["true"], refused: ["false", #""true""#, "1", "-"]),
        Row(id: "4.2 false", list: "[false]", accepted: ["false"], refused: ["true", "null", "0", "-", #""""#]),
        Row(
            id: "4.2 null", list: "[null]", accepted: ["null", "[null]"], refused: ["-", #""null""#, "[]", "{}", "0"]),
        Row(id: "4.2 empty text", list: #"[""]"#, accepted: [#""""#], refused: ["-", "null", #"" ""#]),
        Row(
            id: "4.2 number", list: "[1]",
            accepted: ["1", "1.0", "1e0", "10e-1", "0.1e1", "1.00000000000000000000000"],
            refused: [#""1""#, "1.0000000000000000000000001", "-1", "true"]),
        Row(
            id: "4.2 number: minus zero", list: "[0]", accepted: ["0", "-0", "0.0", "-0e5", "0e99999999999"],
            refused: ["1"]),
        Row(
            id: "4.2 number: ours are exact decimals", list: "[9007199254740993]", accepted: ["9007199254740993.0"],
            refused: ["9007199254740992", "9007199254740994"]),
        Row(id: "4.2 number: huge exponents", list: "[1e400]", accepted: ["10e399"], refused: ["1e401", "0"]),
        Row(id: "4.2 exactly", list: #"[{"exactly": "a"}]"#, accepted: [#""a""#], refused: [#""A""#, #""ab""#, "-"]),
        Row(
            id: "4.2 prefix", list: #"[{"prefix": "ord"}]"#, accepted: [#""ord""#, #""order""#],
            refused: [#""or""#, #""Order""#, "-", "1"]),
        Row(
            id: "4.2 suffix", list: #"[{"suffix": ".csv"}]"#, accepted: [#""a.csv""#, #"".csv""#],
            refused: [#""a.CSV""#, #""csv""#]),
        Row(
            id: "4.2 prefix ignoring case", list: #"[{"prefix": {"equals-ignore-case": "ЗаК"}}]"#,
            accepted: [#""заказ""#, #""ЗАК""#], refused: [#""за""#, #""ззак""#]),
        Row(
            id: "4.2 suffix ignoring case", list: #"[{"suffix": {"equals-ignore-case": "ник"}}]"#,
            accepted: [#""ДНЕВНИК""#, #""ник""#], refused: [#""ника""#, #""ик""#]),
        Row(
            id: "4.2 equals-ignore-case", list: #"[{"equals-ignore-case": "Straße"}]"#,
            accepted: [#""STRAẞE""#, #""straße""#], refused: [#""STRASSE""#, #""straß""#]),
        Row(
            id: "4.2 wildcard", list: #"[{"wildcard": "a*b*c"}]"#, accepted: [#""abc""#, #""aXbYc""#, #""abbcc""#],
            refused: [#""ab""#, #""abcd""#, #""ac""#, #""xabc""#]),
        Row(
            id: "4.2 wildcard: escapes", list: #"[{"wildcard": "\\*\\\\*"}]"#, accepted: [#""*\\""#, #""*\\x""#],
            refused: [#""x\\""#, #""*""#]),
        Row(
            id: "4.2 wildcard: any text", list: #"[{"wildcard": "*"}]"#, accepted: [#""""#, #""x""#],
            refused: ["1", "-"]),
        Row(
            id: "4.2 wildcard: without star", list: #"[{"wildcard": "ab"}]"#, accepted: [#""ab""#], refused: [#""abc""#]
        ),
        Row(
            id: "4.2 anything-but text", list: #"[{"anything-but": "x"}]"#,
            accepted: [#""y""#, "null", "1", "true", #"["x", "y"]"#], refused: [#""x""#, "-", "[]", "{}", #"["x"]"#]),
        Row(
            id: "4.2 anything-but numbers", list: "[{\"anything-but\": [1, 2.50]}]",
            accepted: ["3", #""1""#, "null"], refused: ["1.0", "2.5", "25e-1", "-"]),
        Row(
            id: "4.2 anything-but prefix", list: #"[{"anything-but": {"prefix": ["a", "b"]}}]"#,
            accepted: [#""c""#, #""""#, "1"], refused: [#""a""#, #""bc""#, "-"]),
        Row(
            id: "4.2 anything-but suffix", list: #"[{"anything-but": {"suffix": "x"}}]"#, accepted: [#""xy""#],
            refused: [#""yx""#]),
        Row(
            id: "4.2 anything-but equals-ignore-case", list: #"[{"anything-but": {"equals-ignore-case": ["Ж", "b"]}}]"#,
            accepted: [#""a""#], refused: [#""ж""#, #""B""#]),
        Row(
            id: "4.2 anything-but wildcard", list: #"[{"anything-but": {"wildcard": "*@test.*"}}]"#,
            accepted: [#""a@b.c""#], refused: [#""a@test.c""#]),
        Row(
            id: "4.2 numeric", list: #"[{"numeric": [">", 0, "<=", 10.10]}]"#,
            accepted: ["0.0000000001", "10.1", "10.10", "1e1", "[99, 5]"],
            refused: ["0", "10.11", #""5""#, "-", "null"]),
        Row(id: "4.2 numeric =", list: #"[{"numeric": ["=", 5]}]"#, accepted: ["5.0"], refused: ["5.1"]),
        Row(
            id: "4.2 numeric <", list: #"[{"numeric": ["<", -1]}]"#, accepted: ["-1.5", "-1e99"], refused: ["-1", "0"]),
        Row(id: "4.2 numeric >=", list: #"[{"numeric": [">=", -1]}]"#, accepted: ["-1", "1e999"], refused: ["-1.01"]),
        Row(
            id: "4.2 numeric: one point", list: #"[{"numeric": [">=", 5, "<=", 5]}]"#, accepted: ["5"], refused: ["5.1"]
        ),
        Row(
            id: "4.2 numeric with text", list: #"[{"numeric": [">=", 10], "text": true}]"#,
            accepted: ["10", #""10""#, #""199.90""#, #""1e3""#, #""10.000""#],
            refused: [#""9.99""#, #"" 10""#, #""10 ""#, #""+10""#, #""010""#, #""10,5""#, #""""#, #""ten""#, "-"]),
        Row(
            id: "4.2 exists true", list: #"[{"exists": true}]"#, accepted: ["null", #""""#, "false", "0", "[[1]]"],
            refused: ["-", "{}", "[]", #"{"a": 1}"#, #"[{"a": 1}]"#]),
        Row(
            id: "4.2 exists false", list: #"[{"exists": false}]"#,
            accepted: ["-", "{}", "[]", #"{"a": 1}"#, #"[{"a": 1}]"#], refused: ["null", #""""#, "false", "0", "[[1]]"]),
        Row(
            id: "4.2 absent or a value", list: #"[{"exists": false}, "x"]"#, accepted: ["-", #""x""#, "[]"],
            refused: [#""y""#, "null"]),
        Row(
            id: "4.2 cidr v4", list: #"[{"cidr": "10.1.2.3/16"}]"#, accepted: [#""10.1.0.0""#, #""10.1.255.255""#],
            refused: [
                #""10.2.0.0""#, #""10.1.0""#, #""10.1.0.0.0""#, #""010.1.0.0""#, #""10.1.0.256""#,
                #""::ffff:10.1.0.0""#,
                #"" 10.1.0.0""#, "10",
            ]),
        Row(
            id: "4.2 cidr v4: the whole and the single", list: #"[{"cidr": "0.0.0.0/0"}]"#,
            accepted: [#""255.255.255.255""#], refused: [#""::""#]),
        Row(
            id: "4.2 cidr mask 32", list: #"[{"cidr": "10.0.0.1/32"}]"#, accepted: [#""10.0.0.1""#],
            refused: [#""10.0.0.2""#]),
        Row(
            id: "4.2 cidr v6", list: #"[{"cidr": "2001:db8::/32"}]"#,
            accepted: [#""2001:db8::1""#, #""2001:0DB8:0:0:0:0:0:1""#, #""2001:db8::1.2.3.4""#],
            refused: [#""2001:db9::""#, #""2001:db8""#, #""2001:db8:::1""#, #""10.0.0.1""#, #""2001:db8::1%eth0""#]),
        Row(
            id: "4.2 cidr mask 128", list: #"[{"cidr": "::1/128"}]"#, accepted: [#""::1""#, #""0:0:0:0:0:0:0:1""#],
            refused: [#""::2""#, #""::0.0.0.2""#]),
    ]

    @Test(arguments: rows)
    func row(_ row: Row) throws {
        let compiled = EventPattern.compile(try json("{\"f\": \(row.list)}"))
        let pattern = try #require(compiled.pattern, "\(row.id): \(compiled.diagnostics)")
        let index = EventIndex([(1, EventCondition(body: pattern))])
        for (values, expected) in [(row.accepted, true), (row.refused, false)] {
            for value in values {
                let event = try json(value == "-" ? "{}" : "{\"g\": 1, \"f\": \(value)}")
                #expect(pattern.matches(event) == expected, "\(row.id): \(value)")
                #expect(index.match(EventView(body: event)) == (expected ? [1] : []), "\(row.id): \(value), by index")
                #expect(pattern.explain(event).matches == expected, "\(row.id): \(value), explained")
            }
        }
    }

    @Test func orTakesAnyBranch() throws {
        let text = #"{"a": [1], "d": {"$or": [{"x": [1]}, {"y": [2], "z": [3]}]}}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        #expect(pattern.matches(try json(#"{"a": 1, "d": {"x": 1}}"#)))
        #expect(pattern.matches(try json(#"{"a": 1, "d": {"y": 2, "z": 3}}"#)))
        #expect(!pattern.matches(try json(#"{"a": 1, "d": {"y": 2}}"#)))
        #expect(!pattern.matches(try json(#"{"d": {"x": 1}}"#)))
    }

    @Test func orCombinesWithinOneElement() throws {
        let text = #"{"items": {"sku": ["A"], "$or": [{"size": ["L"]}, {"sale": [true]}]}}"#
        let pattern = try #require(EventPattern.compile(try json(text)).pattern)
        #expect(pattern.matches(try json(#"{"items": [{"sku": "B"}, {"sku": "A", "sale": true}]}"#)))
        #expect(!pattern.matches(try json(#"{"items": [{"sku": "B", "size": "L"}, {"sku": "A"}]}"#)))
    }
}
