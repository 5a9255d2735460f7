import JSON

/// Integers of selectors and numbers of filters.
extension Lexer {
    /// Largest index, bound or step: integers of I-JSON (RFC 9535 section 2.1).
    static let largestInteger = (1 << 53) - 1

    /// `int`, within the range of I-JSON; nil where none stands.
    mutating func integer() throws(JSONPathError) -> Int? {
        let start = place
        let isNegative = take("-")
        let digits = takeDigits()
        guard !digits.isEmpty else {
            if isNegative { throw expected("a digit after \"-\"") }
            return nil
        }
        if digits.count > 1, digits.first == "0" {
            throw error(.syntax, "an integer does not begin with a zero", at: start)
        }
        if isNegative, digits == "0" { throw error(.syntax, "-0 is no integer here", at: start, hint: "write 0") }
        guard digits.count <= 16, let value = Int(digits), value <= Lexer.largestInteger else {
            throw error(.range, "an integer is at most \(Lexer.largestInteger)", at: start)
        }
        return isNegative ? -value : value
    }

    /// `number`: any JSON number, its digits kept.
    mutating func number() throws(JSONPathError) -> JSONNumber {
        let start = place
        _ = take("-")
        let digits = takeDigits()
        guard !digits.isEmpty else { throw expected("a digit after \"-\"") }
        if digits.count > 1, digits.first == "0" {
            throw error(.syntax, "a number does not begin with a zero", at: start)
        }
        if take(".") {
            guard !takeDigits().isEmpty else { throw expected("a digit after the decimal point") }
        }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            guard !takeDigits().isEmpty else { throw expected("a digit in the exponent") }
        }
        let text = String(String.UnicodeScalarView(scalars[start..<place]))
        guard let number = JSONNumber(text) else { throw error(.syntax, "expected a number", at: start) }
        return number
    }

    private mutating func takeDigits() -> String {
        let start = place
        while let scalar = next, Lexer.isDigit(scalar) { place += 1 }
        return String(String.UnicodeScalarView(scalars[start..<place]))
    }
}
