/// Character classes and escapes.
extension IRegexpParser {
    /// The productions `SingleCharEsc / charClassEsc`, outside of brackets.
    mutating func escape() throws(IRegexpError) {
        if let category = try category() {
            output += "[\(category)]"
        } else {
            write(try singleCharEsc())
        }
    }

    /// The production `charClassExpr = "[" [ "^" ] ( "-" / CCE1 ) *CCE1 [ "-" ] "]"`.
    ///
    /// A `^` right after the bracket always negates, as in XML Schema, although the grammar could read it otherwise.
    mutating func charClassExpr() throws(IRegexpError) {
        let start = place
        take()
        if next == "^" { take() }
        let first = place
        if next == "-" { writeHyphen() }
        while let sign = next, sign != "]" {
            guard sign == "-" else {
                try element(sign)
                continue
            }
            writeHyphen()
            guard next == "]" else { throw strayHyphen() }
        }
        guard next == "]" else { throw error("the class that begins here has no \"]\"", at: start) }
        guard place > first else {
            throw error("a class needs at least one character; write \"\\]\" for the sign itself")
        }
        take()
    }

    private func strayHyphen() -> IRegexpError {
        let message = "\"-\" stands first, last or between two characters; write \"\\-\" for the sign itself"
        return error(message, at: place - 1)
    }

    /// The production `CCE1 = ( CCchar [ "-" CCchar ] ) / charClassEsc`.
    private mutating func element(_ sign: Unicode.Scalar) throws(IRegexpError) {
        if sign == "\\", let category = try category() {
            output += category
            return
        }
        let start = place
        let low = try classCharacter()
        write(low)
        guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else { return }
        take()
        let high = try classCharacter()
        guard low <= high else { throw error("the range counts down", at: start) }
        write(high)
    }

    private mutating func classCharacter() throws(IRegexpError) -> Unicode.Scalar {
        guard let sign = next else { throw error("expected a character") }
        switch sign {
        case "\\": return try singleCharEsc()
        case "[": throw error("classes do not nest; write \"\\[\" for the sign itself")
        case "-": throw error("\"-\" cannot end a range; write \"\\-\" for the sign itself")
        default:
            place += 1
            return sign
        }
    }

    /// The production `SingleCharEsc = "\" ( %x28-2B / "-" / "." / "?" / %x5B-5E / "n" / "r" / "t" / %x7B-7D )`.
    private mutating func singleCharEsc() throws(IRegexpError) -> Unicode.Scalar {
        guard place + 1 < scalars.count else { throw error("\"\\\" at the end escapes nothing") }
        let sign = scalars[place + 1]
        place += 2
        switch sign {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}": return sign
        default:
            place -= 2
            throw error(IRegexpParser.refusal(of: sign))
        }
    }

    /// What to write in place of an escape that other dialects have.
    private static func refusal(of sign: Unicode.Scalar) -> String {
        let replacement: String? =
            switch sign {
            case "d": "[0-9]"
            case "D": "[^0-9]"
            case "w": "[A-Za-z0-9_]"
            case "W": "[^A-Za-z0-9_]"
            case "s": "[ \\t\\n\\r]"
            case "S": "[^ \\t\\n\\r]"
            case "$": "[$]"
            default: nil
            }
        let refused = "\"\\\(sign)\" is no escape of I-Regexp"
        return replacement.map { "\(refused); write \($0)" } ?? refused
    }

    private mutating func writeHyphen() {
        output += "\\-"
        place += 1
    }

    /// Writes a character so that RE2 takes it for itself, in a class and outside.
    private mutating func write(_ scalar: Unicode.Scalar) {
        if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) {
            output += "\\x{" + String(scalar.value, radix: 16) + "}"
        } else {
            output.unicodeScalars.append(scalar)
        }
    }
}
