import JSON
import TestSupport
import Testing

/// Numbers are compared as exact decimals, whatever their length, and never expanded.
@Suite("JSON numbers")
struct NumberTests {
    @Test(
        "equal values are equal",
        arguments: [
            ("1", "1.0"), ("1", "1e0"), ("100", "1E2"), ("-0", "0"), ("0e5", "0.000"), ("0.10", "1e-1"),
            ("12345678901234567890", "1234567890123456789e1"), ("1e-400", "0.1e-399"), ("1e999999999", "10e999999998"),
            ("1e99999999999999999999", "1e099999999999999999999"),
            ("1e99999999999999999999", "10e99999999999999999998"), ("10e99999999999999999", "1e100000000000000000"),
            ("1e100000000000000000000", "10e99999999999999999999"),
            ("0.1e-99999999999999999999", "1e-100000000000000000000"),
            ("1e-99999999999999999999", "10e-100000000000000000000"),
            ("-0.01e1000000000000000000", "-1e999999999999999998"),
        ])
    func equal(left: String, right: String) throws {
        let (one, other) = (try #require(JSONNumber(left)), try #require(JSONNumber(right)))
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(!(one < other) && !(other < one))
    }

    @Test(
        "less is less",
        arguments: [
            ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-9999"), ("9007199254740992", "9007199254740993"),
            ("9.99", "10"), ("0.1", "0.11"), ("1e10", "1e11"), ("-1e99999999999999999999", "-1e10"),
            ("1e-99999999999999999999", "1e-5"), ("1e10", "1e99999999999999999999"),
            ("1e99999999999999999998", "1e99999999999999999999"),
            ("1e-99999999999999999999", "1e-99999999999999999998"), ("1e99999999999999999", "1e999999999999999999"),
            ("12", "120"), ("119", "12e1"), ("1e9223372036854775807", "10e9223372036854775807"),
            ("9e99999999999999999999", "11e99999999999999999999"),
            ("-10e99999999999999999999", "-9e99999999999999999999"),
            ("1e-100000000000000000000", "1e-99999999999999999999"), ("0.9e100000000000000000", "1e100000000000000000"),
            ("0.1e-99999999999999999999", "1e-99999999999999999999"), ("99e99999999999999999", "1e100000000000000002"),
        ])
    func less(left: String, right: String) throws {
        let (one, other) = (try #require(JSONNumber(left)), try #require(JSONNumber(right)))
        #expect(one < other)
        #expect(!(other < one))
        #expect(one != other)
    }

    @Test("order agrees with integers", arguments: 0..<20)
    func agreesWithIntegers(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<200 {
            let (left, right) = (Int.random(in: -500...500, using: &random), Int.random(in: -500...500, using: &random))
            let shift = Int.random(in: -3...3, using: &random)
            let one = JSONNumber("\(left)e\(shift)")
            let other = JSONNumber("\(right)e\(shift)")
            #expect(one.flatMap { one in other.map { one < $0 } } == (left < right))
            #expect((one == other) == (left == right))
        }
    }

    @Test("numbers of any size keep their order when all are made larger or smaller alike", arguments: 0..<20)
    func agreesWithinHugeExponents(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        // Around 10^17, where exponents stop being integers, and around a power of ten of twenty digits.
        for base in ["9999999999999998", "-9999999999999998", "9999999999999999999", "-9999999999999999999"] {
            for _ in 0..<50 {
                let (left, right) = (Int.random(in: 1...500, using: &random), Int.random(in: 1...500, using: &random))
                let (up, down) = (Int.random(in: 0...9, using: &random), Int.random(in: 0...9, using: &random))
                let one = try #require(JSONNumber("\(left)e\(base)\(up)"))
                let other = try #require(JSONNumber("\(right)e\(base)\(down)"))
                let shifts = base.first == "-" ? (9 - up, 9 - down) : (up, down)
                let small = try #require(JSONNumber("\(left)e\(shifts.0)"))
                let smallOther = try #require(JSONNumber("\(right)e\(shifts.1)"))
                #expect((one < other) == (small < smallOther), "\(one) \(other)")
                #expect((one == other) == (small == smallOther), "\(one) \(other)")
            }
        }
    }

    @Test(
        "integers are read where they fit",
        arguments: [
            ("4101", 4101), ("4101.0", 4101), ("41.01e2", 4101), ("-0", 0), ("9223372036854775807", Int64.max),
            ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("1.5", nil), ("1e999999999", nil),
            ("1e-1", nil), ("1e18", 1_000_000_000_000_000_000), ("1e19", nil),
        ] as [(String, Int64?)])
    func integers(text: String, value: Int64?) throws {
        #expect(try #require(JSONNumber(text)).int64 == value)
    }

    @Test(
        "only numbers are numbers", arguments: ["", " 1", "1 ", "a", "0x1", "1_000", "\"1\"", "[1]", "+1", "Infinity"])
    func notNumbers(text: String) {
        #expect(JSONNumber(text) == nil)
    }
}
