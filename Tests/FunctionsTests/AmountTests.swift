import Foundation
import Functions
import JSON
import TestSupport
import Testing

/// Amounts: minor units of every currency, and arithmetic beside Foundation's decimals.
@Suite(.timeLimit(.minutes(1))) struct AmountTests {
    /// ISO 4217, list one: the currencies in use whose minor unit is no hundredth.
    private static let places: [(Int, [String])] = [
        (
            0,
            [
                "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
                "XOF", "XPF",
            ]
        ),
        (2, ["RUB", "USD", "EUR", "KZT", "GBP", "CHF", "CNY", "INR", "RSD", "HUF", "CZK", "AMD", "UZS", "TRY", "AED"]),
        (3, ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]), (4, ["CLF", "UYW"]),
    ]

    @Test(arguments: places)
    func `Minor units are those of ISO 4217`(places: Int, currencies: [String]) throws {
        let expected = ["123456", "12345.6", "1234.56", "123.456", "12.3456"][places]
        for currency in currencies {
            for spelling in [currency, currency.lowercased()] {
                let call = #"{"scale":{"currency":"\#(spelling)"}}"#
                #expect(try Pipes.run("123456", call) == .value(expected), "\(currency)")
                let by = #"{"scale":{"by":\#(places)}}"#
                #expect(try Pipes.run("123456", by) == .value(expected), "\(currency)")
            }
            let dynamic = try Pipes.dynamic(
                "scale", .json(.number(JSONNumber(123_456))), [("currency", .json(.string(currency)))])
            #expect(dynamic == .value(expected), "\(currency)")
        }
    }

    @Test(arguments: [
        ("1999", "2", "19.99"), ("0", "2", "0.00"), ("5", "2", "0.05"), ("-5", "2", "-0.05"), ("1999", "0", "1999"),
        ("19.99", "-2", "1999"), ("19.99", "2", "0.1999"), ("100", "2", "1.00"), ("1e3", "2", "10.00"),
        ("7", "-3", "7000"),
    ])
    func `The point moves, and no digit is lost`(input: String, by: String, output: String) throws {
        let found = try Pipes.run(input, #"{"scale":{"by":\#(by)}}"#)
        guard case .value(let text) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(JSONNumber(text) == JSONNumber(output), "\(text)")
        if !input.contains("e"), input != "0" { #expect(text == output) }
        let back = try Pipes.run(input, #"[{"scale":{"by":\#(by)}},{"scale":{"by":\#(-(Int(by) ?? 0))}}]"#)
        if case .value(let text) = back { #expect(JSONNumber(text) == JSONNumber(input)) }
    }

    /// A number of up to thirty digits.
    private func number(_ random: inout SeededGenerator, digits: Int = 20) -> String {
        let whole = (0..<Int.random(in: 1...digits, using: &random)).map { _ in
            String(Int.random(in: 0...9, using: &random))
        }
        let fraction = (0..<Int.random(in: 0...8, using: &random)).map { _ in
            String(random.chance(40) ? random.pick([0, 5], or: 0) : Int.random(in: 0...9, using: &random))
        }
        let sign = random.chance(40) ? "-" : ""
        let text = whole.joined().drop { $0 == "0" }
        return sign + (text.isEmpty ? "0" : text) + (fraction.isEmpty ? "" : "." + fraction.joined())
    }

    private func decimal(_ text: String) throws -> Decimal {
        try #require(Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")))
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 20))
    func `Rounding is Foundation's, a middle digit away from zero`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = number(&random)
            let places = Int.random(in: 0...9, using: &random)
            let style = Decimal.FormatStyle(locale: Locale(identifier: "en_US_POSIX")).grouping(.never)
                .precision(.fractionLength(places)).rounded(rule: .toNearestOrAwayFromZero)
            let rounded = try decimal(decimal(text).formatted(style))
            guard case .value(let found) = try Pipes.run(text, "{\"round\":\(places)}") else {
                Issue.record("\(text) was not rounded to \(places)")
                continue
            }
            #expect(try decimal(found) == rounded, "\(text) to \(places): \(found)")
            // As many places as were asked for.
            #expect((found.split(separator: ".").dropFirst().first?.count ?? 0) == places, "\(text) \(places)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 100, count: 20))
    func `Sums are exact, and do not depend on order`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let numbers = (0..<Int.random(in: 0...10, using: &random)).map { _ in number(&random) }
            let expected = try numbers.reduce(Decimal(0)) { $0 + (try decimal($1)) }
            let mixed = numbers.map { random.chance(50) ? $0 : "\"\($0)\"" }
            for list in [mixed, mixed.shuffled(using: &random)] {
                let found = try Pipes.run("[\(list.joined(separator: ","))]", #""sum""#)
                guard case .value(let text) = found else {
                    Issue.record("\(list) has no sum: \(found)")
                    continue
                }
                #expect(try decimal(text) == expected, "\(list): \(text)")
            }
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 200, count: 10))
    func `Numbers are read as texts and as numbers alike, digit for digit`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = number(&random)
            let expected =
                text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
            #expect(try Pipes.run(text, #""decimal""#) == .value(expected))
            #expect(try Pipes.run("\"\(text)\"", #""decimal""#) == .value(expected))
            let isWhole = text.split(separator: ".").dropFirst().first?.allSatisfy { $0 == "0" } ?? true
            let whole = try Pipes.run(text, #""integer""#)
            #expect(whole.isInvalid == !isWhole, "\(text)")
            if case .value(let found) = whole { #expect(try decimal(found) == decimal(text) && !found.contains(".")) }
        }
    }

    @Test(arguments: [
        ("99999999999999999999999999999999999999", true), ("999999999999999999999999999999999999999", false),
        ("0.00000000000000000000000000000000000001", true), ("1e127", true), ("1e128", false), ("1e-127", true),
        ("1e-128", false), ("100000000000000000000000000000000000000000", true), ("-0", true),
        ("1e999999999999", false),
    ])
    func `Thirty-eight digits are kept exact, and more are refused`(text: String, isKept: Bool) throws {
        for input in [text, "\"\(text)\""] {
            let found = try Pipes.run(input, #""decimal""#)
            #expect(found.isInvalid == !isKept, "\(input)")
            if case .value(let number) = found { #expect(JSONNumber(number) == JSONNumber(text)) }
        }
    }

    @Test(arguments: [
        "", " ", "1 000", "1,5", "1.2.3", "--1", "+-1", "0x10", "1e", "e5", ".", "-", "NaN", "Infinity", "١", "1_000",
        "€5",
        "1\u{301}", "5%", " 5", "5 ", "\u{A0}5", "1e5.5",
    ])
    func `Texts that only look like numbers are invalid`(text: String) throws {
        for function in ["decimal", "integer"] {
            #expect(try Pipes.run(Pipes.quoted(text), "\"\(function)\"").isInvalid, "\(text.debugDescription)")
        }
        #expect(try Pipes.run("[\(Pipes.quoted(text))]", #""sum""#).isInvalid, "\(text.debugDescription)")
    }

    @Test(arguments: [
        ("1234.5", "JPY", "ja-JP", "¥1,234"), ("1234.5", "KWD", "en-US", "KWD 1,234.500"),
        ("0.005", "USD", "en-US", "$0.00"),
        ("0.015", "USD", "en-US", "$0.02"), ("-0.001", "USD", "en-US", "$0.00"), ("-3", "EUR", "de-DE", "-3,00 €"),
        ("1234567.891", "RUB", "ru-RU", "1 234 567,89 ₽"), ("1234567.891", "INR", "hi-IN", "₹12,34,567.89"),
        ("12.5", "CHF", "de-CH", "CHF 12.50"), ("1000", "EUR", "es-ES", "1000,00 €"),
        ("10000", "EUR", "es-ES", "10.000,00 €"),
    ])
    func `Money is written as its reader writes it`(amount: String, currency: String, locale: String, text: String)
        throws
    {
        let call = #"["decimal",{"money":{"currency":"\#(currency)","locale":"\#(locale)"}}]"#
        guard case .value(let found) = try Pipes.run(amount, call) else {
            Issue.record("no money")
            return
        }
        let written = plain(found).replacing("\"", with: "")
        let wide = written.replacing("￥", with: "¥").replacing("−", with: "-")
        #expect(wide == text)
    }
}
