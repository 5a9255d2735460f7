import JSON

/// A number in its one normal form, compared exactly; numbers of everyday length without touching the heap.
///
/// Every number has one representation, so that equality and hashing need no conversion: `small` when it has at most
/// 18 significant digits and a last digit between 10^-9999 and 10^9999, else `large`.
enum ExactNumber: Sendable, Hashable {
    /// An integer without trailing zeros times a power of ten.
    case small(coefficient: Int64, exponent: Int)
    case large(JSONDecimal)

    /// What surely fits 64 bits with a sign.
    private static let mostDigits = 18
    private static let exponents = -9_999...9_999

    /// Takes the text of a JSON number; the text must have passed the grammar.
    init(_ text: ArraySlice<UInt8>) {
        self = ExactNumber.quick(text) ?? ExactNumber.normal(JSONDecimal(text))
    }

    /// Reads a text that is a whole JSON number; nil otherwise.
    init?(wholeText text: ArraySlice<UInt8>) {
        guard ExactNumber.isNumber(text) else { return nil }
        self.init(text)
    }

    /// The one form of a number that was read the general way.
    private static func normal(_ decimal: JSONDecimal) -> ExactNumber {
        guard let exponent = decimal.exponent, decimal.digits.count <= mostDigits, exponents.contains(exponent) else {
            return .large(decimal)
        }
        let magnitude = decimal.digits.reduce(Int64(0)) { $0 * 10 + Int64($1) }
        return .small(coefficient: decimal.isNegative ? -magnitude : magnitude, exponent: exponent)
    }

    /// Reads short numbers in one pass; nil leaves the work to the general way.
    private static func quick(_ text: ArraySlice<UInt8>) -> ExactNumber? {
        var magnitude: Int64 = 0
        var exponent = 0
        var place = text.startIndex
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { place += 1 }
        var fraction = 0
        while place < text.endIndex {
            let byte = text[place]
            if byte == UInt8(ascii: ".") {
                fraction = 1
            } else if byte | 0x20 == UInt8(ascii: "e") {
                guard let written = exponentValue(text[(place + 1)...]) else { return nil }
                exponent += written
                break
            } else {
                guard magnitude < 100_000_000_000_000_000 else { return nil }
                magnitude = magnitude * 10 + Int64(byte & 0x0F)
                exponent -= fraction
            }
            place += 1
        }
        guard magnitude != 0 else { return .small(coefficient: 0, exponent: 0) }
        while magnitude % 10 == 0 {
            magnitude /= 10
            exponent += 1
        }
        guard exponents.contains(exponent) else { return nil }
        return .small(coefficient: isNegative ? -magnitude : magnitude, exponent: exponent)
    }

    /// A short exponent; a longer one is left to the general way.
    private static func exponentValue(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.count <= 6 else { return nil }
        var value = 0
        var isNegative = false
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            default: value = value * 10 + Int(byte & 0x0F)
            }
        }
        return isNegative ? -value : value
    }

    /// Whether a text is a JSON number and nothing else (RFC 8259 section 6).
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let leadingZero = rest.first == UInt8(ascii: "0")
        let integer = dropDigits(&rest)
        guard integer > 0, !leadingZero || integer == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard dropDigits(&rest) > 0 else { return false }
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
            guard dropDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// Takes digits from the front, and answers how many.
    private static func dropDigits(_ rest: inout ArraySlice<UInt8>) -> Int {
        let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
        rest = rest.dropFirst(count)
        return count
    }

    /// The general form.
    var decimal: JSONDecimal {
        switch self {
        case .small(let coefficient, let exponent): JSONDecimal(Array("\(coefficient)e\(exponent)".utf8))
        case .large(let decimal): decimal
        }
    }
}

extension ExactNumber: Comparable {
    /// Less in value.
    static func < (left: ExactNumber, right: ExactNumber) -> Bool {
        guard case .small(let mine, let myExponent) = left, case .small(let theirs, let theirExponent) = right else {
            return left.decimal < right.decimal
        }
        if mine.signum() != theirs.signum() || mine == 0 { return mine.signum() < theirs.signum() }
        let (myDigits, theirDigits) = (digitCount(mine), digitCount(theirs))
        let (myTop, theirTop) = (myExponent + myDigits, theirExponent + theirDigits)
        if myTop != theirTop { return (myTop < theirTop) == (mine > 0) }
        return scaled(mine, up: mostDigits - myDigits) < scaled(theirs, up: mostDigits - theirDigits)
    }

    /// The decimal digits of a coefficient.
    private static func digitCount(_ value: Int64) -> Int {
        var count = 1
        var rest = value.magnitude / 10
        while rest > 0 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// A coefficient with zeros appended, so that two of one magnitude compare as integers.
    private static func scaled(_ value: Int64, up zeros: Int) -> Int64 {
        var value = value
        for _ in 0..<zeros { value *= 10 }
        return value
    }
}
