/// Decimal arithmetic on written digits, as it is done by hand: slow, of any length, and made of nothing that is tested.
struct DigitArithmetic: Equatable {
    /// Whether the number is below zero.
    var isNegative: Bool
    /// The digits, most significant first.
    var digits: [Int]
    /// How many of them are decimal places.
    var places: Int

    /// Reads a sign, digits and a point.
    init(_ text: String) {
        isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        digits = parts.joined().compactMap(\.wholeNumberValue)
        places = parts.count > 1 ? parts[1].count : 0
    }

    private init(_ isNegative: Bool, _ digits: [Int], _ places: Int) {
        (self.isNegative, self.digits, self.places) = (isNegative, digits, places)
    }

    /// The shortest text: no zeros at either end.
    var text: String {
        var (digits, places) = (digits, places)
        while places > 0, digits.last == 0 {
            digits.removeLast()
            places -= 1
        }
        while digits.count > places + 1, digits.first == 0 { digits.removeFirst() }
        while digits.count <= places { digits.insert(0, at: 0) }
        let whole = digits.dropLast(places).map(String.init).joined()
        let fraction = digits.suffix(places).map(String.init).joined()
        let isZero = digits.allSatisfy { $0 == 0 }
        return (isNegative && !isZero ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// The sum.
    func plus(_ other: DigitArithmetic) -> DigitArithmetic {
        let places = max(places, other.places)
        var left = digits + Array(repeating: 0, count: places - self.places)
        var right = other.digits + Array(repeating: 0, count: places - other.places)
        let width = max(left.count, right.count) + 1
        left = Array(repeating: 0, count: width - left.count) + left
        right = Array(repeating: 0, count: width - right.count) + right
        guard isNegative != other.isNegative else {
            return DigitArithmetic(isNegative, Self.combine(left, right, sign: 1), places)
        }
        guard right.lexicographicallyPrecedes(left) else {
            return DigitArithmetic(other.isNegative, Self.combine(right, left, sign: -1), places)
        }
        return DigitArithmetic(isNegative, Self.combine(left, right, sign: -1), places)
    }

    private static func combine(_ left: [Int], _ right: [Int], sign: Int) -> [Int] {
        var result = left
        var carry = 0
        for place in left.indices.reversed() {
            let value = left[place] + sign * right[place] + carry
            result[place] = (value + 10) % 10
            carry = value < 0 ? -1 : value / 10
        }
        return result
    }

    /// The number with so many decimal places, a digit in the middle going away from zero.
    func rounded(_ scale: Int) -> DigitArithmetic {
        guard places > scale else { return self }
        let kept = [0] + Array(repeating: 0, count: max(0, places - scale - digits.count)) + digits
        let cut = places - scale
        let up = kept[kept.count - cut] >= 5
        let rest = DigitArithmetic(isNegative, Array(kept.dropLast(cut)), 0)
        let sum = up ? rest.plus(DigitArithmetic(isNegative, [1], 0)) : rest
        guard scale < 0 else { return DigitArithmetic(isNegative, sum.digits, scale) }
        return DigitArithmetic(isNegative, sum.digits + Array(repeating: 0, count: -scale), 0)
    }
}
