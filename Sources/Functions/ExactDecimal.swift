package import Foundation
package import JSON

/// A decimal number of up to 38 digits, on which arithmetic is exact.
package struct ExactDecimal: Sendable, Hashable {
    /// The value.
    package let value: Decimal

    /// Most digits that Foundation's decimal keeps.
    package static let mostDigits = 38

    /// Takes a value.
    package init(_ value: Decimal) {
        self.value = value
    }

    /// Reads a JSON number; nil when it has more digits, or a larger exponent, than arithmetic keeps exact.
    package init?(_ number: JSONNumber) {
        let parts = number.decimal
        guard let exponent = parts.exponent, parts.digits.count <= Self.mostDigits, (-127...127).contains(exponent)
        else {
            return nil
        }
        let digits = String(decoding: parts.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        let text = (parts.isNegative ? "-" : "") + (digits.isEmpty ? "0" : digits) + "e\(exponent)"
        guard let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")), value.isFinite else {
            return nil
        }
        self.value = value
    }

    /// The number with all its digits and no exponent.
    package var number: JSONNumber {
        JSONNumber(value.description) ?? JSONNumber(0)
    }
}
