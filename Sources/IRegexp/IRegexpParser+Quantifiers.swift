/// The production `quantifier = ( "*" / "+" / "?" ) / range-quantifier`.
extension IRegexpParser {
    /// Reads a quantifier if there is one, and multiplies the extent of what it repeats.
    mutating func quantifier(_ extent: inout Extent, from start: Int) throws(IRegexpError) {
        switch next {
        case "*", "+", "?": take()
        case "{": extent.multiply(by: try range())
        default: return
        }
        guard extent.repetitions <= IRegexpLimits.mostRepetitions else {
            throw tooBig("repetitions multiply to more than \(IRegexpLimits.mostRepetitions)", at: start)
        }
        try refuseSecondQuantifier()
    }

    /// The production `range-quantifier = "{" QuantExact [ "," [ QuantExact ] ] "}"`.
    private mutating func range() throws(IRegexpError) -> Int {
        let start = place
        take()
        let least = try quantity()
        var most = least
        if next == "," {
            take()
            if next != "}" { most = try quantity() }
        }
        guard next == "}" else { throw error("expected \"}\" after the number of repetitions") }
        take()
        guard least <= most else { throw error("the range counts down: \(least) to \(most)", at: start) }
        return most
    }

    private mutating func quantity() throws(IRegexpError) -> Int {
        let start = place
        var value = 0
        while let sign = next, ("0"..."9").contains(sign) {
            value = min(value * 10 + Int(sign.value - 48), IRegexpLimits.mostRepetitions + 1)
            place += 1
        }
        guard place > start else { throw error("expected a number of repetitions") }
        guard value <= IRegexpLimits.mostRepetitions else {
            throw tooBig("at most \(IRegexpLimits.mostRepetitions) repetitions can be asked for", at: start)
        }
        output += String(value)
        return value
    }

    private func refuseSecondQuantifier() throws(IRegexpError) {
        switch next {
        case "?": throw error("lazy quantifiers are no part of I-Regexp; they would not change what matches")
        case "+": throw error("possessive quantifiers are no part of I-Regexp")
        case "*", "{": throw error("two quantifiers in a row; put the first with its piece into a group")
        default: return
        }
    }
}
