package import JSON

/// A decimal number of up to 38 digits, on which arithmetic is exact.
///
/// The digits that are written are kept: 10.10 has two decimal places and stays `10.10`. Foundation's `Decimal` holds the
/// same 38 digits, but drops such zeros, and takes microseconds to read; this is a coefficient and a power of ten.
package struct ExactDecimal: Sendable {
    /// Whether the number is below zero; zero never is.
    package let isNegative: Bool
    /// The digits without sign and point; at most 38 of them.
    package let coefficient: UInt128
    /// The power of ten of the last digit: -2 where there are two decimal places.
    package let exponent: Int

    /// Most digits that are kept exact.
    package static let mostDigits = 38
    /// The powers of ten that a last digit may have.
    package static let exponents = -127...127
    /// Nothing at all.
    package static let zero = ExactDecimal(isNegative: false, coefficient: 0, exponent: 0)

    /// The powers of ten that fit.
    static let powers: [UInt128] = (0...mostDigits).reduce(into: []) { powers, _ in
        powers.append(powers.last.map { $0 * 10 } ?? 1)
    }

    /// Takes parts that are within the limits.
    init(isNegative: Bool, coefficient: UInt128, exponent: Int) {
        self.isNegative = isNegative && coefficient != 0
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// Takes a whole number.
    package init(_ value: Int64) {
        self.init(isNegative: value < 0, coefficient: UInt128(value.magnitude), exponent: 0)
    }

    /// Reads a JSON number; nil when it has more digits, or a larger exponent, than arithmetic keeps exact.
    package init?(_ number: JSONNumber) {
        self.init(number.text)
    }

    /// Reads a number with a point and perhaps an exponent; `+5`, `007`, `.5` and `5.` are numbers too.
    ///
    /// Nil when the text is no number, has more digits than 38 (zeros at either end aside), or too large an exponent.
    package init?(_ text: some StringProtocol) {
        var reader = DecimalReader()
        for byte in text.utf8 {
            guard reader.take(byte) else { return nil }
        }
        guard let decimal = reader.decimal else { return nil }
        self = decimal
    }

    /// How many digits the coefficient has; 0 for zero.
    var digitCount: Int {
        ExactDecimal.powers.firstIndex { $0 > coefficient } ?? ExactDecimal.mostDigits
    }
}

extension ExactDecimal: Hashable {
    /// Equal in value: 10.10 and 10.1 are.
    package static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        let (left, right) = (left.shortened, right.shortened)
        return (left.isNegative, left.coefficient, left.exponent)
            == (right.isNegative, right.coefficient, right.exponent)
    }

    /// Equal values hash alike.
    package func hash(into hasher: inout Hasher) {
        let short = shortened
        hasher.combine(short.isNegative)
        hasher.combine(short.coefficient)
        hasher.combine(short.exponent)
    }

    /// The same value without zeros at the end of its digits.
    var shortened: ExactDecimal {
        guard coefficient != 0 else { return .zero }
        var (rest, power) = (coefficient, exponent)
        while power < ExactDecimal.exponents.upperBound, rest % 10 == 0 {
            rest /= 10
            power += 1
        }
        return ExactDecimal(isNegative: isNegative, coefficient: rest, exponent: power)
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The number with all its digits, a point where it has decimal places, and no exponent.
    package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(44)
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        let digits = digits
        let whole = digits.count + exponent
        if exponent >= 0 {
            bytes += digits
            if coefficient != 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent)) }
        } else if whole > 0 {
            bytes += digits[..<whole] + [UInt8(ascii: ".")] + digits[whole...]
        } else {
            bytes += [UInt8(ascii: "0"), UInt8(ascii: ".")]
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -whole))
            bytes += digits
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number as it enters a request.
    package var number: JSONNumber {
        JSONNumber(description) ?? JSONNumber(0)
    }

    /// The digits of the coefficient in ASCII; one zero for zero.
    var digits: [UInt8] {
        guard coefficient > UInt128(UInt64.max) else { return Array(String(UInt64(coefficient)).utf8) }
        let half = ExactDecimal.powers[19]
        let low = Array(String(UInt64(coefficient % half)).utf8)
        return Array(String(UInt64(coefficient / half)).utf8)
            + Array(repeating: UInt8(ascii: "0"), count: 19 - low.count) + low
    }
}
