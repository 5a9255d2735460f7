/// Reads a decimal number byte by byte.
///
/// Zeros are held back until a digit follows, so that a number with any count of zeros around few digits is read.
struct DecimalReader {
    private enum Stage {
        case sign, whole, fraction, exponentSign, exponent
    }

    private var stage = Stage.sign
    private var isNegative = false
    private var coefficient: UInt128 = 0
    private var digitCount = 0
    private var pendingZeros = 0
    private var fractionDigits = 0
    private var hasDigits = false
    private var exponent = 0
    private var exponentIsNegative = false
    private var exponentDigits = 0

    /// Takes the next byte; false when no number goes on so, or none that is exact.
    mutating func take(_ byte: UInt8) -> Bool {
        switch (byte, stage) {
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponent), (UInt8(ascii: "0")...UInt8(ascii: "9"), .exponentSign):
            stage = .exponent
            exponentDigits += 1
            // Beyond this nothing is exact but zero; the digits are counted no further.
            exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 1_000_000)
            return true
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), _):
            if stage == .sign { stage = .whole }
            return take(digit: byte - UInt8(ascii: "0"))
        case (UInt8(ascii: "-"), .sign), (UInt8(ascii: "+"), .sign):
            isNegative = byte == UInt8(ascii: "-")
            stage = .whole
            return true
        case (UInt8(ascii: "."), .sign), (UInt8(ascii: "."), .whole):
            stage = .fraction
            return true
        case (UInt8(ascii: "e"), .whole), (UInt8(ascii: "e"), .fraction),
            (UInt8(ascii: "E"), .whole), (UInt8(ascii: "E"), .fraction):
            stage = .exponentSign
            return hasDigits
        case (UInt8(ascii: "-"), .exponentSign), (UInt8(ascii: "+"), .exponentSign):
            exponentIsNegative = byte == UInt8(ascii: "-")
            stage = .exponent
            return true
        default: return false
        }
    }

    private mutating func take(digit: UInt8) -> Bool {
        hasDigits = true
        if stage == .fraction { fractionDigits += 1 }
        guard digit != 0 else {
            if coefficient != 0 { pendingZeros += 1 }
            return true
        }
        digitCount += pendingZeros + 1
        guard digitCount <= ExactDecimal.mostDigits else { return false }
        coefficient = coefficient * ExactDecimal.powers[pendingZeros + 1] + UInt128(digit)
        pendingZeros = 0
        return true
    }

    /// The number that has been read; nil when it is not complete, or its exponent too large.
    var decimal: ExactDecimal? {
        guard hasDigits, stage != .exponentSign, stage != .exponent || exponentDigits > 0 else { return nil }
        var power = (exponentIsNegative ? -exponent : exponent) - fractionDigits
        guard coefficient != 0 else {
            let places = min(max(power, -ExactDecimal.mostDigits), 0)
            return ExactDecimal(isNegative: false, coefficient: 0, exponent: places)
        }
        var value = coefficient
        if digitCount + pendingZeros <= ExactDecimal.mostDigits {
            value *= ExactDecimal.powers[pendingZeros]
        } else {
            power += pendingZeros
        }
        guard ExactDecimal.exponents.contains(power) else { return nil }
        return ExactDecimal(isNegative: isNegative, coefficient: value, exponent: power)
    }
}
