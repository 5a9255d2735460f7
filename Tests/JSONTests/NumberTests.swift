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
            ("12", "120"), ("119", "12e1"),
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
