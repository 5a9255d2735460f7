import Foundation
import Functions
import JSON
import TestSupport
import Testing

/// Exact decimals and the functions that make them.
@Suite(.timeLimit(.minutes(1))) struct DecimalTests {
    private static let thirtyEight = String(repeating: "9", count: 38)

    @Test(arguments: [
        ("10.10", "10.10"), ("-0.00", "0.00"), ("1e3", "1000"), ("1.50e1", "15.0"), ("12E-4", "0.0012"), ("0", "0"),
        ("9007199254740993", "9007199254740993"), (thirtyEight, thirtyEight), ("0e999999999", "0"),
        ("1" + String(repeating: "0", count: 60), "1" + String(repeating: "0", count: 60)),
        ("0." + String(repeating: "0", count: 60) + "7", "0." + String(repeating: "0", count: 60) + "7"),
        ("100e-2", "1.00"), ("-1234567890123456789.0123456789012345678", "-1234567890123456789.0123456789012345678"),
    ])
    func `A number becomes a decimal with its digits`(input: String, output: String) throws {
        #expect(try Pipes.run(input, #""decimal""#) == .value(output))
    }

    @Test(arguments: [
        ("+5", "5"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("1499.90", "1499.90"), ("-.25", "-0.25"),
        ("1e2", "100"),
    ])
    func `A text becomes a decimal`(input: String, output: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #""decimal""#) == .value(output))
    }

    @Test(arguments: [
        "", " ", " 5", "5 ", "1 499", "1,5", "1.499,00", "--5", "+-5", "5-", "e5", "5e", "5e+", "5e5.5", ".", "-", "+",
        "1.2.3", "0x10", "Infinity", "NaN", "٥", "½", "5\u{0}", "1_000", "$5",
    ])
    func `A text that is no number is invalid`(input: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #""decimal""#).isInvalid)
        #expect(try Pipes.run(Pipes.quoted(input), #""integer""#).isInvalid)
    }

    @Test(arguments: [
        ("350,00", true), ("-0,5", true), ("1,5", true), ("1,499", false), ("1.499,00", false), ("1,2,3", false),
        ("five", false), (",", false),
    ])
    func `A comma for the decimal point is told with its cure`(input: String, isTold: Bool) throws {
        guard case .invalid(let why) = try Pipes.run(Pipes.quoted(input), #""decimal""#) else { return }
        #expect(why.hasSuffix(#"put {"replace": {"find": ",", "with": "."}} before it"#) == isTold, "\(why)")
    }

    @Test(arguments: [
        "1" + thirtyEight, "1e128", "1e-128", "1e999999999", "1e-999999999", "1e99999999999999999999999",
        "0.1" + thirtyEight, "123e127" + "0",
    ])
    func `What arithmetic cannot keep exact is invalid`(input: String) throws {
        #expect(try Pipes.run(input, #""decimal""#).isInvalid)
        #expect(try Pipes.run(input, #"{"round":2}"#).isInvalid)
        #expect(try Pipes.run("[\(input)]", #""sum""#).isInvalid)
    }

    @Test(arguments: ["true", "null", "[1]", #"{"a":1}"#])
    func `What is neither number nor text is invalid`(input: String) throws {
        for name in ["decimal", "integer"] { #expect(try Pipes.run(input, #""\#(name)""#).isInvalid) }
    }

    @Test(arguments: [("3.00", "3"), ("-7", "-7"), ("1e3", "1000"), ("0.0", "0"), ("12300e-2", "123")])
    func `A whole number loses its point`(input: String, output: String) throws {
        #expect(try Pipes.run(input, #""integer""#) == .value(output))
    }

    @Test(arguments: ["3.5", "-0.1", "1e-3", "1e100"])
    func `What is not whole, or has more digits than are exact, is no integer`(input: String) throws {
        #expect(try Pipes.run(input, #""integer""#).isInvalid)
    }

    @Test(arguments: [
        ("2.345", 2, "2.35"), ("2.344999", 2, "2.34"), ("-2.345", 2, "-2.35"), ("5", 2, "5.00"), ("0.5", 0, "1"),
        ("-0.5", 0, "-1"), ("0.49", 0, "0"), ("-0.004", 2, "0.00"), ("1250", -2, "1300"), ("1249", -2, "1200"),
        ("49", -2, "0"), ("50", -2, "100"), ("9.995", 2, "10.00"), (thirtyEight, 2, thirtyEight),
        ("1e-100", 2, "0.00"), ("1e100", 2, "1" + String(repeating: "0", count: 100)), ("0", 2, "0.00"),
        ("0." + thirtyEight, 37, "1." + String(repeating: "0", count: 37)),
    ])
    func `Rounding goes away from zero in the middle, and gives the places asked for`(
        input: String, scale: Int, output: String
    ) throws {
        #expect(try Pipes.run(input, #"{"round":{"scale":\#(scale)}}"#) == .value(output))
        #expect(try Pipes.run(Pipes.quoted(input), #"["decimal",{"round":\#(scale)}]"#) == .value(output))
    }

    @Test(arguments: [
        ("12999", #"{"by":2}"#, "129.99"), ("12900", #"{"by":2}"#, "129.00"), ("5", #"{"by":3}"#, "0.005"),
        ("1.5", #"{"by":-2}"#, "150"), ("12999", #"{"currency":"EUR"}"#, "129.99"),
        ("1499", #"{"currency":"JPY"}"#, "1499"),
        ("12345", #"{"currency":"kwd"}"#, "12.345"), ("100", #"{"currency":"RSD"}"#, "1.00"),
        ("12999", #"{"currency":"CLF"}"#, "1.2999"), ("0", #"{"by":2}"#, "0.00"),
        ("-5", #"{"currency":"RUB"}"#, "-0.05"),
        ("7", #"{"by":0}"#, "7"), ("7", #"{"by":2.0}"#, "0.07"),
    ])
    func `Minor units become amounts`(input: String, arguments: String, output: String) throws {
        #expect(try Pipes.run(input, #"{"scale":\#(arguments)}"#) == .value(output))
    }

    @Test(arguments: [("1e127", -1), ("1e-127", 1)])
    func `A point moved too far is invalid`(input: String, places: Int) throws {
        #expect(try Pipes.run(input, #"{"scale":{"by":\#(places)}}"#).isInvalid)
    }

    @Test(arguments: [#""129.99""#, "true", #"[1]"#])
    func `Rounding and scaling take numbers alone, and no texts`(input: String) throws {
        #expect(try Pipes.run(input, #"{"round":2}"#).isInvalid)
        #expect(try Pipes.run(input, #"{"scale":{"by":2}}"#).isInvalid)
    }

    @Test(arguments: Fuzzing.seeds(from: 100, count: 20))
    func `Sums and rounding agree with arithmetic by hand`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let numbers = (0..<Int.random(in: 1...6, using: &generator)).map { _ in number(&generator) }
            let byHand = numbers.map(DigitArithmetic.init).reduce(DigitArithmetic("0")) { $0.plus($1) }
            let sum = try Pipes.run("[\(numbers.joined(separator: ","))]", #""sum""#)
            #expect(normal(sum) == byHand.text, "\(numbers)")
            let scale = Int.random(in: -4...8, using: &generator)
            let rounded = try Pipes.run(numbers[0], #"{"round":{"scale":\#(scale)}}"#)
            #expect(normal(rounded) == DigitArithmetic(numbers[0]).rounded(scale).text, "\(numbers[0]) \(scale)")
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 200, count: 10))
    func `Values agree with Foundation's decimals`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let posix = Locale(identifier: "en_US_POSIX")
        for _ in 0..<100 {
            let text =
                number(&generator) + (generator.chance(50) ? "e\(Int.random(in: -60...60, using: &generator))" : "")
            let ours = try #require(ExactDecimal(text))
            let theirs = try #require(Decimal(string: text, locale: posix))
            #expect(Decimal(string: ours.description, locale: posix) == theirs, "\(text)")
            #expect(ExactDecimal(theirs.description) == ours, "\(text)")
        }
    }

    @Test func `Equal values are equal and hash alike, whatever their zeros`() throws {
        let spellings = try ["10.1", "10.10", "101e-1", "0.0101e3", "1010000e-5"].map { try #require(ExactDecimal($0)) }
        #expect(Set(spellings).count == 1)
        #expect(ExactDecimal("10.1") != ExactDecimal("-10.1"))
        #expect(ExactDecimal("0.00") == ExactDecimal("-0"))
    }

    /// A number of up to 17 digits before the point and as many behind it: sums of several stay within 38.
    private func number(_ generator: inout SeededGenerator) -> String {
        let digits = (0..<Int.random(in: 2...34, using: &generator)).map { _ in
            generator.chance(30) ? "0" : String(Int.random(in: 0...9, using: &generator))
        }.joined()
        let point = min(Int.random(in: 0...17, using: &generator), digits.count - 1)
        let whole = digits.prefix(point).drop { $0 == "0" }
        let sign = generator.chance(40) ? "-" : ""
        return sign + (whole.isEmpty ? "0" : whole) + "." + digits.dropFirst(point).prefix(17)
    }

    private func normal(_ outcome: Outcome) -> String {
        guard case .value(let text) = outcome else { return "\(outcome)" }
        return DigitArithmetic(text).text
    }
}
