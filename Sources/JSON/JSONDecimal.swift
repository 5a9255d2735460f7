/// A decimal number in its one normal form: digits without zeros at either end, times a power of ten.
///
/// Zero has no digits, a zero exponent and no sign. Of an exponent beyond 17 digits, digits are kept, so that the size of
/// a number is as exact as its value, however large it is.
package struct JSONDecimal: Sendable, Hashable {
    /// Whether the number is below zero.
    package let isNegative: Bool
    /// The digits 0 to 9, most significant first.
    package let digits: [UInt8]
    /// The power of ten of the last digit; nil when it is too large to be read.
    package let exponent: Int?
    /// Where the exponent is too large: the power of ten of the place before the first digit.
    private let hugeTop: HugeExponent?

    /// The exponents that are read.
    private static let exponents = -99_999_999_999_999_999...99_999_999_999_999_999

    /// Takes a number apart; the text must be a JSON number.
    package init(_ text: some Sequence<UInt8>) {
        var parts = Parts()
        for byte in text { parts.take(byte) }
        let first = parts.digits.firstIndex { $0 != 0 } ?? parts.digits.count
        let last = parts.digits.lastIndex { $0 != 0 } ?? -1
        guard first <= last else {
            (isNegative, digits, exponent, hugeTop) = (false, [], 0, nil)
            return
        }
        isNegative = parts.isNegative
        digits = Array(parts.digits[first...last])
        let shift = parts.digits.count - 1 - last - parts.fractionDigits
        if let read = parts.exponentValue.map({ $0 + shift }), JSONDecimal.exponents.contains(read) {
            (exponent, hugeTop) = (read, nil)
        } else {
            (exponent, hugeTop) = (nil, parts.hugeExponent.adding(shift + digits.count))
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
            guard exponentDigits.count <= 18 else { return nil }
            let value = exponentDigits.reduce(0) { $0 * 10 + Int($1) }
            return exponentIsNegative ? -value : value
        }

        var hugeExponent: HugeExponent { HugeExponent(isNegative: exponentIsNegative, digits: exponentDigits) }
    }
}

/// A power of ten that fits no integer.
private struct HugeExponent: Sendable, Hashable, Comparable {
    let isNegative: Bool
    /// The digits 0 to 9 without zeros at the front.
    let digits: [UInt8]

    /// The sum with a number that is far smaller, such as a count of digits.
    func adding(_ number: Int) -> HugeExponent {
        var sum = digits
        var carry = isNegative ? -number : number
        for place in sum.indices.reversed() where carry != 0 {
            carry += Int(sum[place])
            let digit = (carry % 10 + 10) % 10
            sum[place] = UInt8(digit)
            carry = (carry - digit) / 10
        }
        let front = carry > 0 ? String(carry).utf8.map { $0 &- Ascii.zero } : []
        return HugeExponent(isNegative: isNegative, digits: front + sum.drop { front.isEmpty && $0 == 0 })
    }

    static func < (left: HugeExponent, right: HugeExponent) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let (small, large) = left.isNegative ? (right.digits, left.digits) : (left.digits, right.digits)
        return small.count == large.count ? small.lexicographicallyPrecedes(large) : small.count < large.count
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
        case (nil, .some): return hugeTop?.isNegative == true ? -1 : 1
        case (.some, nil): return other.hugeTop?.isNegative == true ? 1 : -1
        case (nil, nil):
            guard let mine = hugeTop, let theirs = other.hugeTop, mine != theirs else {
                return JSONDecimal.order(digits, other.digits)
            }
            return mine < theirs ? -1 : 1
        }
    }

    private static func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left == right { return 0 }
        return left.lexicographicallyPrecedes(right) ? -1 : 1
    }
}
