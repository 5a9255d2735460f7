import JSON
import Testing

@testable import EventPattern

/// Texts with escapes, letters that only look alike, and addresses at the edges of their blocks.
///
/// Both columns are JSON, so what is escaped in one may stand plain in the other.
@Suite(.timeLimit(.minutes(1)))
struct TextEdgeTests {
    typealias Row = NumberEdgeTests.Row

    static let escapes = [
        Row(#"["A"]"#, [#""\u0041""#], not: [#""\u0061""#, #""\\u0041""#, #""А""#, #""A\u0000""#, #""Ａ""#]),
        Row(
            #"["\"\\\/\b\f\n\r\t"]"#, [#""\u0022\u005c\u002f\u0008\u000c\u000a\u000d\u0009""#, #""\"\\/\b\f\n\r\t""#],
            not: [#""\"\\/\b\f\n\r""#, #""\"\\\\/\b\f\n\r\t""#]),
        Row(#"["\ud83d\ude00"]"#, [#""😀""#, #""\uD83D\uDE00""#], not: [#""😁""#, #""\ud83d\ude01""#]),
        Row(#"["\u0000"]"#, [#""\u0000""#], not: [#""""#, #""\u0000\u0000""#, #""0""#]),
        Row(#"["é"]"#, [#""\u00e9""#, #""\u00E9""#], not: [#""e\u0301""#, #""e""#]),
        Row(#"["\u212b"]"#, [#""\u212B""#], not: [#""\u00c5""#, #""A\u030a""#]),
        Row(#"[{"prefix": "é"}]"#, [#""été""#, #""é""#], not: [#""e\u0301t""#, #""\u00c3""#, #""""#]),
        Row(#"[{"prefix": "e"}]"#, [#""e\u0301""#, #""e""#], not: [#""é""#]),
        Row(#"[{"suffix": "\u0301"}]"#, [#""e\u0301""#], not: [#""é""#, #""\u0301e""#]),
        Row(#"[{"suffix": "\n"}]"#, [#""a\n""#, #""\u000a""#], not: [#""a""#, #""a\r""#, #""a\\n""#]),
        Row(#"[{"exactly": "*"}]"#, [#""*""#], not: [#""x""#, #""\\*""#]),
        Row(#"[{"prefix": "a*"}]"#, [#""a*b""#], not: [#""ab""#]),
        Row(#"[{"anything-but": "\u00e9"}]"#, [#""e\u0301""#, #""É""#], not: [#""é""#]),
        Row(#"[{"anything-but": {"prefix": "\ud83d\ude00"}}]"#, [#""😁""#, #""""#], not: [#""😀x""#]),
    ]

    /// Half a pair stands for U+FFFD, whichever half it is.
    static let halves = [
        Row(
            #"["\ud83d"]"#, [#""\ud83d""#, #""\ude00""#, #""\ufffd""#, #""\uD83D""#],
            not: [#""\ud83d\ude00""#, #""""#, #""\ud83d\ud83d""#, #""?""#]),
        Row(
            #"["\ud83dA"]"#, [#""\ufffdA""#, #""\ude00\u0041""#], not: [#""A""#, #""\ud83d""#, #""\ud83d\ude00A""#]),
        Row(#"[{"prefix": "\ufffd"}]"#, [#""\ud800x""#], not: [#""\ud83d\ude00""#, #""x\ud800""#]),
        Row(#"[{"wildcard": "*\udc00"}]"#, [#""a\ufffd""#, #""\udc00""#], not: [#""\ud800\udc00""#]),
    ]

    static let wildcards = [
        Row(#"[{"wildcard": "\u002a"}]"#, [#""""#, #""x""#, #""*""#], not: ["1", "null"]),
        Row(#"[{"wildcard": "\\*"}]"#, [#""*""#], not: [#""""#, #""x""#, #""\\*""#]),
        Row(#"[{"wildcard": "\\\\*"}]"#, [#""\\""#, #""\\x""#], not: [#""*""#, #""x\\""#]),
        Row(#"[{"wildcard": "\\\\\\*"}]"#, [#""\\*""#], not: [#""\\""#, #""\\x""#, #""*""#]),
        Row(#"[{"wildcard": "*\\*"}]"#, [#""*""#, #""x*""#, #""**""#], not: [#""x""#, #""*x""#]),
        Row(#"[{"wildcard": "\\**\\*"}]"#, [#""**""#, #""*x*""#], not: [#""*""#, #""*x""#, #""x*""#]),
        Row(#"[{"wildcard": "a*a"}]"#, [#""aa""#, #""aba""#, #""aaa""#], not: [#""a""#, #""ab""#]),
        Row(#"[{"wildcard": "ab*ab*ab"}]"#, [#""ababab""#, #""abxabyab""#], not: [#""abab""#, #""ababxa""#]),
        Row(#"[{"wildcard": "*aab*"}]"#, [#""aaab""#, #""xaaaabx""#], not: [#""aa""#, #""abab""#]),
        Row(#"[{"wildcard": "*\u0301"}]"#, [#""e\u0301""#], not: [#""é""#]),
        Row(#"[{"wildcard": "é*"}]"#, [#""é""#, #""éa""#], not: [#""e\u0301""#, #""\u00c3x""#]),
        Row(#"[{"wildcard": "*\n*"}]"#, [#""a\nb""#, #""\n""#], not: [#""a\\nb""#, #""ab""#]),
        Row(#"[{"wildcard": "*😀"}]"#, [#""x\ud83d\ude00""#], not: [#""😁""#]),
    ]

    static let cases = [
        Row(#"[{"equals-ignore-case": "ПРИВЕТ"}]"#, [#""привет""#, #""Привет""#], not: [#""приве""#, #""приветы""#]),
        Row(#"[{"equals-ignore-case": "kelvin"}]"#, [#""\u212aELVIN""#, #""KELVIN""#], not: [#""celvin""#]),
        Row(#"[{"equals-ignore-case": "sos"}]"#, [#""ſoſ""#, #""SOS""#], not: [#""ßo""#]),
        Row(#"[{"equals-ignore-case": "straße"}]"#, [#""STRAẞE""#], not: [#""STRASSE""#]),
        Row(#"[{"equals-ignore-case": "i"}]"#, [#""I""#], not: [#""İ""#, #""ı""#, #""í""#]),
        Row(#"[{"equals-ignore-case": "ς"}]"#, [#""σ""#, #""Σ""#], not: [#""s""#]),
        Row(#"[{"equals-ignore-case": ""}]"#, [#""""#], not: [#"" ""#, "null", "-"]),
        Row(
            #"[{"prefix": {"equals-ignore-case": "é"}}]"#, [#""\u00c9cole""#],
            not: [#""E\u0301cole""#, #""ecole""#]),
        Row(#"[{"suffix": {"equals-ignore-case": "σ"}}]"#, [#""οδος""#, #""ΟΔΟΣ""#], not: [#""οδο""#]),
        Row(
            #"[{"anything-but": {"equals-ignore-case": ["VIP", "new"]}}]"#, [#""v ip""#, "1"],
            not: [#""vip""#, #""NEW""#]),
    ]

    static let addresses = [
        Row(
            #"[{"cidr": "192.168.4.0/22"}]"#, [#""192.168.4.0""#, #""192.168.7.255""#],
            not: [#""192.168.3.255""#, #""192.168.8.0""#, #""192.168.4""#, #""192.168.4.0/22""#, #""192.168.4.00""#]),
        Row(
            #"[{"cidr": "10.0.0.1/31"}]"#, [#""10.0.0.0""#, #""10.0.0.1""#], not: [#""10.0.0.2""#, #""9.255.255.255""#]),
        Row(#"[{"cidr": "128.0.0.0/1"}]"#, [#""128.0.0.0""#, #""255.255.255.255""#], not: [#""127.255.255.255""#]),
        Row(
            #"[{"cidr": "0.0.0.0/0"}]"#, [#""0.0.0.0""#, #""255.255.255.255""#],
            not: [
                #""256.0.0.0""#, #""1.2.3""#, #""1.2.3.4.5""#, #""1..2.3""#, #"".1.2.3""#, #""1.2.3.""#, #""1.2.3.4 ""#,
            ]),
        Row(
            #"[{"cidr": "::/0"}]"#,
            [
                #""::""#, #""1::""#, #""::1""#, #""1:2:3:4:5:6:7:8""#, #""::1.2.3.4""#, #""1:2:3:4:5:6:1.2.3.4""#,
                #""1:2:3:4:5:6:7::""#,
            ],
            not: [
                #"":""#, #"":::""#, #""1:2:3:4:5:6:7""#, #""1:2:3:4:5:6:7:8:9""#, #""1::2::3""#, #""12345::""#,
                #""g::""#,
                #""1:2:3:4:5:6:7:1.2.3.4""#, #""1.2.3.4::""#, #""::1.2.3.256""#, #""[::1]""#, #""::1/128""#, #"":1::""#,
                #""1:2:3:4::5:6:7:8""#, #""1.2.3.4""#, #""""#,
            ]),
        Row(
            #"[{"cidr": "2001:db8:0:8000::/49"}]"#,
            [#""2001:db8:0:8000::""#, #""2001:DB8:0:ffff:ffff:ffff:ffff:ffff""#],
            not: [#""2001:db8:0:7fff:ffff:ffff:ffff:ffff""#, #""2001:db8:1::""#]),
        Row(
            #"[{"cidr": "::ffff:10.0.0.0/104"}]"#, [#""::ffff:10.1.2.3""#, #""::FFFF:0a01:0203""#],
            not: [#""10.1.2.3""#, #""::ffff:11.0.0.0""#]),
    ]

    private func check(_ row: Row, oracle: Bool = true) throws {
        for (events, expected) in [(row.accepted, true), (row.refused, false)] {
            for event in events {
                let body = event == "-" ? "{}" : "{\"g\": 1, \"f\": \(event)}"
                let id = "\(row.list) and \(event)"
                let item = PatternCase(id, pattern: "{\"f\": \(row.list)}", event: body, matches: expected)
                if oracle {
                    try item.check()
                } else {
                    let pattern = try #require(EventPattern.compile(try json(item.pattern)).pattern)
                    #expect(pattern.matches(try json(body)) == expected, "\(id)")
                }
            }
        }
    }

    @Test(arguments: escapes + halves + wildcards)
    func escape(row: Row) throws {
        try check(row)
    }

    /// The definition folds by another table than Unicode's, and reads no addresses of version 6.
    @Test(arguments: cases + addresses)
    func withoutTheDefinition(row: Row) throws {
        try check(row, oracle: false)
    }

    @Test("A list of two hundred elements and one more is explained as it matches")
    func longLists() throws {
        let pattern = try #require(EventPattern.compile(try json(#"{"items": {"sku": ["A"], "n": [1]}}"#)).pattern)
        for count in [199, 200, 201, 500] {
            let others = Array(repeating: #"{"sku": "B", "n": 1}"#, count: count)
            let last = try json("{\"items\": [\((others + [#"{"sku": "A", "n": 1}"#]).joined(separator: ", "))]}")
            #expect(pattern.matches(last))
            #expect(pattern.explain(last).matches)
            let none = try json("{\"items\": [\(others.joined(separator: ", "))]}")
            #expect(!pattern.matches(none))
            let failure = try #require(pattern.explain(none).failures.first)
            #expect(failure.path == ["items", "sku"])
            #expect(failure.description.hasPrefix(#"items.sku is "B", "B", "B", "B", "B" and "#))
        }
    }
}
