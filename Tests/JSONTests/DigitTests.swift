import Foundation
import JSON
import TestSupport
import Testing

/// Numbers travel digit for digit, and are compared as what they are worth.
@Suite("JSON digits", .timeLimit(.minutes(1)))
struct DigitTests {
    @Test(
        "the form that came is the form that goes",
        arguments: [
            "0", "-0", "0.0", "10.10", "1E5", "1e+05", "1e-00", "-0.0e-0", "9007199254740993", "100000000000000000000",
            "0.1000000000000000055511151231257827", "1e400", "-1E-400", "1e999999999999999999999",
        ])
    func kept(text: String) throws {
        let root = try JSONDocument.parse("{\"n\": [\(text)]}").root
        let number = try #require(root["n"]?.element(0)?.number)
        #expect(number.text == text && "\(number)" == text)
        #expect(root.text() == "{\"n\":[\(text)]}")
        #expect(JSONValue.number(number).text() == text)
        #expect(JSONValue.object([("x", .node(root))]).text(pretty: true).contains("  \(text)\n"))
    }

    /// A number as sign, digits and places, kept to lengths that Foundation's decimals hold.
    private func number(_ random: inout SeededGenerator) -> String {
        var text = random.chance(40) ? "-" : ""
        text += random.chance(20) ? "0" : String(Int.random(in: 1...99_999, using: &random))
        if random.chance(50) {
            text +=
                "."
                + (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    String(random.chance(40) ? 0 : Int.random(in: 0...9, using: &random))
                }.joined()
        }
        if random.chance(40) {
            text +=
                random.pick(["e", "E"], or: "e") + random.pick(["", "+", "-"], or: "")
                + random.pick(["", "0"], or: "") + String(Int.random(in: 0...9, using: &random))
        }
        return text
    }

    @Test("order and equality are those of Foundation's decimals", arguments: Fuzzing.seeds(from: 1, count: 20))
    func decimals(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let locale = Locale(identifier: "en_US_POSIX")
        for _ in 0..<200 {
            let (left, right) = (number(&random), number(&random))
            let (one, other) = (try #require(JSONNumber(left)), try #require(JSONNumber(right)))
            let wanted = try #require(Decimal(string: left, locale: locale))
            let unlike = try #require(Decimal(string: right, locale: locale))
            #expect((one < other) == (wanted < unlike), "\(left) \(right)")
            #expect((one == other) == (wanted == unlike), "\(left) \(right)")
            if one == other { #expect(one.hashValue == other.hashValue, "\(left) \(right)") }
        }
    }

    @Test("many ways of writing one value are one number", arguments: Fuzzing.seeds(from: 50, count: 10))
    func spellings(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let digits = Int.random(in: 1...999_999, using: &random)
            let power = Int.random(in: -30...30, using: &random)
            let zeros = Int.random(in: 0...5, using: &random)
            let padding = String(repeating: "0", count: zeros)
            let texts = [
                "\(digits)e\(power)", "\(digits)\(padding)E\(power - zeros)", "\(digits).\(padding)0e\(power)",
                "0.\(padding)\(digits)e\(power + zeros + "\(digits)".count)",
                "\(digits)e\(power < 0 ? "-" : "+")00\(abs(power))",
            ]
            let numbers = try texts.map { try #require(JSONNumber($0), "\($0)") }
            #expect(Set(numbers).count == 1, "\(texts)")
            #expect(numbers.allSatisfy { $0.int64 == numbers[0].int64 }, "\(texts)")
            let negative = try #require(JSONNumber("-" + texts[0]))
            #expect(negative < numbers[0] && negative != numbers[0])
        }
    }

    @Test("a decimal's normal form has no zero at either end", arguments: Fuzzing.seeds(from: 70, count: 10))
    func normalForm(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = number(&random)
            let decimal = try #require(JSONNumber(text)).decimal
            #expect(decimal.digits.first != 0 && decimal.digits.last != 0, "\(text)")
            if decimal.digits.isEmpty { #expect(!decimal.isNegative && decimal.exponent == 0, "\(text)") }
            let exponent = try #require(decimal.exponent)
            let sign = decimal.isNegative ? "-" : ""
            let back = decimal.digits.isEmpty ? "0" : sign + decimal.digits.map(String.init).joined() + "e\(exponent)"
            #expect(JSONNumber(back) == JSONNumber(text), "\(text) \(back)")
        }
    }

    @Test(
        "exponents of seventeen digits are read, longer ones compared as texts",
        arguments: [
            ("1e99999999999999999", true), ("1e-99999999999999999", true), ("1e100000000000000000", false),
            ("1e000000000000000000000000000005", true), ("0e100000000000000000000", true),
            ("0.0e-99999999999999999999", true),
        ])
    func exponents(text: String, isRead: Bool) throws {
        let number = try #require(JSONNumber(text))
        #expect((number.decimal.exponent != nil) == isRead)
        #expect(number == number && !(number < number))
    }

    @Test("integers of every width are written as they are")
    func widths() {
        #expect(JSONNumber(UInt64.max).text == "18446744073709551615" && JSONNumber(UInt64.max).int64 == nil)
        #expect(JSONNumber(Int8.min).int64 == -128 && JSONNumber(UInt8.max).int64 == 255)
        #expect(JSONNumber(Int64.min).int64 == .min && JSONNumber(Int64.max).int64 == .max)
    }
}
