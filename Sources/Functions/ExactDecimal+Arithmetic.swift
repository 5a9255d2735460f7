/// What is done with decimals; every result is exact, or there is none.
extension ExactDecimal {
    /// What becomes of a digit that lies in the middle.
    enum Rounding {
        /// To the neighbour whose last digit is even: what ICU does with money.
        case halfEven
        /// Away from zero: how prices are rounded by hand.
        case halfAway
    }

    /// The number with this many decimal places, or, below zero, rounded to tens, hundreds and so on.
    ///
    /// Places are added where they are lacking, as far as 38 digits go; beyond, the number stays as it is.
    func rounded(places: Int, _ rounding: Rounding) -> ExactDecimal {
        let dropped = -places - exponent
        guard dropped > 0 else {
            guard -dropped + digitCount <= ExactDecimal.mostDigits else { return self }
            let padded = coefficient * ExactDecimal.powers[-dropped]
            return ExactDecimal(isNegative: isNegative, coefficient: padded, exponent: -places)
        }
        guard dropped <= ExactDecimal.mostDigits else {
            return ExactDecimal(isNegative: false, coefficient: 0, exponent: min(-places, 0))
        }
        let (whole, rest) = coefficient.quotientAndRemainder(dividingBy: ExactDecimal.powers[dropped])
        let half = ExactDecimal.powers[dropped] / 2
        let isUp = rest > half || (rest == half && (rounding == .halfAway || whole % 2 == 1))
        return ExactDecimal(isNegative: isNegative, coefficient: isUp ? whole + 1 : whole, exponent: -places)
    }

    /// The number without its decimal places, cut towards zero.
    var roundedDown: ExactDecimal {
        guard exponent < 0 else { return self }
        guard -exponent <= ExactDecimal.mostDigits else { return .zero }
        return ExactDecimal(
            isNegative: isNegative, coefficient: coefficient / ExactDecimal.powers[-exponent], exponent: 0)
    }

    /// The number with its point moved so many places to the left; nil when the power of ten becomes too large.
    func movingPoint(left places: Int) -> ExactDecimal? {
        guard coefficient != 0 else {
            return ExactDecimal(isNegative: false, coefficient: 0, exponent: min(max(exponent - places, -38), 0))
        }
        guard ExactDecimal.exponents.contains(exponent - places) else { return nil }
        return ExactDecimal(isNegative: isNegative, coefficient: coefficient, exponent: exponent - places)
    }

    /// The sum; nil when it takes more than 38 digits.
    func adding(_ other: ExactDecimal) -> ExactDecimal? {
        sum(other) ?? shortened.sum(other.shortened)
    }

    /// The same value without decimal places; nil when it is not whole, or takes more than 38 digits.
    var whole: ExactDecimal? {
        let short = shortened
        guard short.exponent >= 0, short.digitCount + short.exponent <= ExactDecimal.mostDigits else { return nil }
        return short.rounded(places: 0, .halfEven)
    }

    private func sum(_ other: ExactDecimal) -> ExactDecimal? {
        let power = min(exponent, other.exponent)
        guard let mine = coefficient(at: power), let theirs = other.coefficient(at: power) else { return nil }
        guard isNegative != other.isNegative else {
            let (sum, overflow) = mine.addingReportingOverflow(theirs)
            guard !overflow, sum < ExactDecimal.powers[38] else { return nil }
            return ExactDecimal(isNegative: isNegative, coefficient: sum, exponent: power)
        }
        let isMine = mine >= theirs
        return ExactDecimal(
            isNegative: isMine ? isNegative : other.isNegative, coefficient: isMine ? mine - theirs : theirs - mine,
            exponent: power)
    }

    /// The digits as they are with a lower power of ten at the end; nil when there are too many.
    private func coefficient(at power: Int) -> UInt128? {
        guard coefficient != 0 else { return 0 }
        guard digitCount + exponent - power <= ExactDecimal.mostDigits else { return nil }
        return coefficient * ExactDecimal.powers[exponent - power]
    }
}
