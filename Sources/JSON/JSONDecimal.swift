/// A decimal number in its one normal form: digits without zeros at either end, times a power of ten.
///
/// Zero has no digits, a zero exponent and no sign. An exponent beyond 17 digits is not read: such a number stands past
/// all others of its sign (or nearest to zero), and two of them compare by the length and digits of the exponent.
package struct JSONDecimal: Sendable, Hashable {
    /// Whether the number is below zero.
    package let isNegative: Bool
    /// The digits 0 to 9, most significant first.
    package let digits: [UInt8]
    /// The power of ten of the last digit; nil when it is too large to be read.
    package let exponent: Int?
    /// The exponent's text where it is too large, without leading zeros: `-99999999999999999999`.
    private let hugeExponent: [UInt8]

    /// Takes a number apart; the text must be a JSON number.
    package init(_ text: some Sequence<UInt8>) {
        var parts = Parts()
        for byte in text { parts.take(byte) }
        let first = parts.digits.firstIndex { $0 != 0 } ?? parts.digits.count
        let last = parts.digits.lastIndex { $0 != 0 } ?? -1
        guard first <= last else {
            (isNegative, digits, exponent, hugeExponent) = (false, [], 0, [])
            return
        }
        isNegative = parts.isNegative
        digits = Array(parts.digits[first...last])
        let trailing = parts.digits.count - 1 - last
        if let written = parts.exponentValue {
            exponent = written - parts.fractionDigits + trailing
            hugeExponent = []
        } else {
            exponent = nil
            hugeExponent = parts.hugeExponentText
        }
    }

    private struct Parts {
        var isNegative = false
        var digits: [UInt8] = []
        var fractionDigits = 0
        var exponentDigits: [UInt8] = []
        var exponentIsNegative = false
        var inFraction = false
        var inExponent = false

        mutating func take(_ byte: UInt8) {
            switch byte {
            case Ascii.minus:
                if inExponent { exponentIsNegative = true } else { isNegative = true }
            case Ascii.plus: break
            case Ascii.point: inFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
            default:
                if inExponent {
                    if !exponentDigits.isEmpty || byte != Ascii.zero { exponentDigits.append(byte &- Ascii.zero) }
                } else {
                    digits.append(byte &- Ascii.zero)
                    if inFraction { fractionDigits += 1 }
                }
            }
        }

        var exponentValue: Int? {
            guard exponentDigits.count <= 17 else { return nil }
            let value = exponentDigits.reduce(0) { $0 * 10 + Int($1) }
            return exponentIsNegative ? -value : value
        }

        var hugeExponentText: [UInt8] { (exponentIsNegative ? [Ascii.minus] : []) + exponentDigits }
    }
}

extension JSONDecimal: Comparable {
    /// Less in value.
    package static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
        left.order(right) < 0
    }

    private func order(_ other: JSONDecimal) -> Int {
        if sign != other.sign { return sign < other.sign ? -1 : 1 }
        guard sign != 0 else { return 0 }
        return sign * magnitudeOrder(other)
    }

    private var sign: Int { digits.isEmpty ? 0 : (isNegative ? -1 : 1) }

    private func magnitudeOrder(_ other: JSONDecimal) -> Int {
        switch (exponent, other.exponent) {
        case (let mine?, let theirs?):
            let (myTop, theirTop) = (mine + digits.count, theirs + other.digits.count)
            if myTop != theirTop { return myTop < theirTop ? -1 : 1 }
            return JSONDecimal.order(digits, other.digits)
        case (nil, .some): return hugeExponent.first == Ascii.minus ? -1 : 1
        case (.some, nil): return other.hugeExponent.first == Ascii.minus ? 1 : -1
        case (nil, nil): return hugeOrder(other)
        }
    }

    private func hugeOrder(_ other: JSONDecimal) -> Int {
        let (mine, theirs) = (hugeExponent.first == Ascii.minus, other.hugeExponent.first == Ascii.minus)
        if mine != theirs { return mine ? -1 : 1 }
        let direction = mine ? -1 : 1
        if hugeExponent.count != other.hugeExponent.count {
            return hugeExponent.count < other.hugeExponent.count ? -direction : direction
        }
        let byExponent = JSONDecimal.order(hugeExponent, other.hugeExponent)
        return byExponent == 0 ? JSONDecimal.order(digits, other.digits) : direction * byExponent
    }

    private static func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left == right { return 0 }
        return left.lexicographicallyPrecedes(right) ? -1 : 1
    }
}
