import Testing

@testable import EventPattern

/// Numbers at the edges of digits and exponents: one value, however it is written, and never its neighbour.
///
/// Each line holds for the matcher, the definition, the index and the explanation alike.
@Suite(.timeLimit(.minutes(1)))
struct NumberEdgeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let list: String
        let accepted: [String]
        let refused: [String]
        var testDescription: String { list }

        init(_ list: String, _ accepted: [String], not refused: [String]) {
            self.list = list
            self.accepted = accepted
            self.refused = refused
        }
    }

    private static let zeros400 = String(repeating: "0", count: 400)

    static let equal = [
        Row(
            "[0]", ["0", "-0", "0.0", "-0.000", "0e5", "0e-5", "0e99999", "-0e99999999999999999999"],
            not: ["1e-400", "-1e-400", "1e-99999", #""0""#, "false", "null", "-"]),
        Row("[-0]", ["0", "0.00"], not: ["1e-9999", #""-0""#]),
        Row(
            "[1]", ["1.0", "1e0", "1E-0", "10e-1", "0.1e1", "0.1E+1", "100000000000000000000e-20"],
            not: ["1.0000000000000000000001", "0.9999999999999999999999", "-1", "true", #""1""#, "10", "0.1"]),
        Row("[0.1]", ["1e-1", "0.10", "10e-2"], not: ["0.1000000000000000055511151231257827", "0.01", "1"]),
        Row(
            "[9007199254740993]", ["9007199254740993.0", "900719925474099300e-2", "9.007199254740993e15"],
            not: ["9007199254740992", "9007199254740994", "9007199254740993.1", "-9007199254740993"]),
        Row(
            "[99999999999999999]", ["99999999999999999.0", "999999999999999990e-1"],
            not: ["100000000000000000", "99999999999999998"]),
        Row(
            "[999999999999999999]", ["9.99999999999999999e17", "9999999999999999990e-1"],
            not: ["1000000000000000000", "999999999999999998"]),
        Row(
            "[1000000000000000000]", ["1e18", "1000000000000000000.00", "0.000001e24"],
            not: ["1000000000000000001", "999999999999999999"]),
        Row(
            "[1234567890123456789]", ["1234567890123456789.0", "12345678901234567890e-1"],
            not: ["1234567890123456788", "1234567890123456790", "123456789012345678"]),
        Row(
            "[9223372036854775807]", ["9223372036854775807.0"],
            not: ["9223372036854775808", "9223372036854775806", "-9223372036854775808"]),
        Row("[18446744073709551616]", ["1.8446744073709551616e19"], not: ["18446744073709551615", "0"]),
        Row(
            "[1e400]", ["10e399", "1E+400", "1.0e400", "0.1e401", "1" + zeros400, "1" + zeros400 + ".0"],
            not: ["1e401", "1e399", "-1e400", "1e4000", "1" + zeros400 + "1", #""1e400""#]),
        Row("[1e-400]", ["10e-401", "0.1e-399", "1e-0400"], not: ["1e-401", "0", "-1e-400"]),
        Row("[1e9999]", ["10e9998", "0.1e10000", "1e+09999"], not: ["1e9998", "1e10000"]),
        Row("[1e10000]", ["10e9999", "0.01e10002", "1E10000"], not: ["1e9999", "1e10001", "-1e10000"]),
        Row("[1e-10000]", ["0.1e-9999", "10e-10001"], not: ["1e-9999", "0", "1e-10001"]),
        Row("[1e999999999]", ["10e999999998", "1E+999999999"], not: ["1e999999998", "1e99999999", "-1e999999999"]),
        Row(
            #"[{"anything-but": [1e400, -0]}]"#, ["1e401", "1", #""0""#, "true", "null", "[0, 1]"],
            not: ["10e399", "0", "0.0", "-", "[]", "[0, 0e1]"]),
    ]

    static let ranges = [
        Row(#"[{"numeric": ["=", 1.10]}]"#, ["1.1", "11e-1"], not: ["1.100000000000000000000000001", #""1.1""#]),
        Row(#"[{"numeric": [">", 0]}]"#, ["1e-400", "1e-99999", "1e99999"], not: ["0", "-0", "0e9", "-1e-400"]),
        Row(#"[{"numeric": [">=", -0]}]"#, ["0", "-0", "1e-400"], not: ["-1e-400", "-1e-99999"]),
        Row(#"[{"numeric": ["<", 0]}]"#, ["-1e-400", "-1e400"], not: ["0", "-0.0", "1e-400"]),
        Row(
            #"[{"numeric": [">", 1e400]}]"#, ["1.0000000001e400", "1e401", "1e99999"],
            not: ["1e400", "9.99999e399", "-1e401", #""1e401""#]),
        Row(#"[{"numeric": ["<=", -1e400]}]"#, ["-1e400", "-10e399", "-1e401"], not: ["-9.9e399", "1e401", "0"]),
        Row(
            #"[{"numeric": [">", 999999999999999999, "<", 1000000000000000001]}]"#,
            ["1000000000000000000", "1e18", "999999999999999999.5"],
            not: ["999999999999999999", "1000000000000000001", "99999999999999999"]),
        Row(
            #"[{"numeric": [">=", 99.995, "<=", 99.995]}]"#, ["99.995", "99995e-3"], not: ["99.994999", "99.9950001"]),
        Row(#"[{"numeric": [">", -10, "<", -9]}]"#, ["-9.5", "-99e-1"], not: ["-10", "-9", "9.5"]),
        Row(
            #"[{"numeric": [">", 1e9999, "<", 1e10001]}]"#, ["1e10000", "2e9999"], not: ["1e9999", "1e10001", "1e9998"]),
        Row(#"[{"numeric": [">", 5], "text": false}]"#, ["6"], not: [#""6""#, "5"]),
        Row(
            #"[{"numeric": ["=", 100], "text": true}]"#,
            ["100", #""100""#, #""1e2""#, #""100.00""#, #""1E+2""#, #""0.1e3""#, #""\u0031\u00300""#],
            not: [
                #""0100""#, #""+100""#, #""100.""#, #"".1e3""#, #""1e""#, #""1e+""#, #""0x64""#, #""100 ""#,
                #"" 100""#, #""1_00""#, #""100,00""#, #""١٠٠""#, #""１００""#, #""1\u00300\u0000""#, #""""#, "true", "-",
            ]),
        Row(
            #"[{"numeric": ["<", 0], "text": true}]"#, [#""-1""#, #""-0.01""#, "-1e-99"],
            not: [#""-0""#, #""−1""#, #""--1""#, #""-""#, #""- 1""#, #""-01""#]),
        Row(
            #"[{"numeric": [">", 1e400], "text": true}]"#, [#""1e401""#], not: [#""1e400""#, #""Infinity""#, #""NaN""#]),
    ]

    private func check(_ row: Row, _ event: String, _ expected: Bool) throws {
        let body = event == "-" ? "{}" : "{\"g\": 1, \"f\": \(event)}"
        try PatternCase("\(row.list) and \(event)", pattern: "{\"f\": \(row.list)}", event: body, matches: expected)
            .check()
    }

    @Test(arguments: equal)
    func equality(row: Row) throws {
        for event in row.accepted { try check(row, event, true) }
        for event in row.refused { try check(row, event, false) }
    }

    @Test(arguments: ranges)
    func range(row: Row) throws {
        for event in row.accepted { try check(row, event, true) }
        for event in row.refused { try check(row, event, false) }
    }

    /// Every way to shift a number's point and pay for it in the exponent is the same number.
    @Test func spellingsOfOneNumber() throws {
        for digits in ["1", "12", "-45", "7000", "123456789012345678", "98765432109876543210987"] {
            let pattern = try #require(EventPattern.compile(try json("{\"f\": [\(digits)]}")).pattern)
            let isNegative = digits.hasPrefix("-")
            let plain = digits.drop { $0 == "-" }
            let sign = isNegative ? "-" : ""
            for shift in 1...30 {
                let small = "\(sign)\(plain)\(String(repeating: "0", count: shift))e-\(shift)"
                let padded = String(repeating: "0", count: max(0, shift - plain.count)) + plain
                let place = padded.index(padded.endIndex, offsetBy: -shift)
                let whole = place == padded.startIndex ? "0" : String(padded[..<place])
                let point = "\(sign)\(whole).\(padded[place...])e\(shift)"
                for text in [small, point] {
                    #expect(pattern.matches(try json("{\"f\": \(text)}")), "\(digits) as \(text)")
                    let other = text.replacing("e", with: "5e")
                    if text.contains(".") { #expect(!pattern.matches(try json("{\"f\": \(other)}")), "\(other)") }
                }
            }
        }
    }
}
