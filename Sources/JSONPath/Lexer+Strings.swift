/// `string-literal`: texts in single or double quotes.
extension Lexer {
    /// A text and where each of its scalars stands in the query, the closing quote last.
    struct StringToken {
        var text = ""
        var places: [Int] = []
    }

    /// Reads a text from its quote, which must stand next.
    mutating func string() throws(JSONPathError) -> StringToken {
        let start = place
        let quote = scalars[place]
        var token = StringToken()
        place += 1
        while let scalar = next {
            token.places.append(place)
            if scalar == quote {
                place += 1
                return token
            }
            guard scalar.value >= 0x20 else {
                throw error(
                    .syntax, "control characters inside a text are written as escapes", at: place, hint: "\\n, \\u0000")
            }
            token.text.unicodeScalars.append(scalar == "\\" ? try escape(in: quote) : scalar)
            if scalar != "\\" { place += 1 }
        }
        throw error(.syntax, "the text that begins here has no closing \(quote)", at: start)
    }

    /// `ESC escapable`, or the escaped quote.
    private mutating func escape(in quote: Unicode.Scalar) throws(JSONPathError) -> Unicode.Scalar {
        let start = place
        place += 1
        guard let letter = next else { throw error(.syntax, "an escape without its letter", at: start) }
        place += 1
        switch letter {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/", "\\", quote: return letter
        case "u": return try unicodeEscape(from: start)
        default:
            let hint =
                letter == "'" || letter == "\"" ? "this quote needs no escape here" : "\\\\ writes the sign itself"
            throw error(.syntax, "\"\\\(letter)\" is no escape", at: start, hint: hint)
        }
    }

    /// `hexchar`: one escape, or the two of a surrogate pair.
    private mutating func unicodeEscape(from start: Int) throws(JSONPathError) -> Unicode.Scalar {
        let unit = try hexDigits(from: start)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, take("\\u") else { throw loneSurrogate(at: start) }
        let low = try hexDigits(from: start)
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw loneSurrogate(at: start) }
        return scalar
    }

    private mutating func hexDigits(from start: Int) throws(JSONPathError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = next, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw error(.syntax, "\\u needs four hexadecimal digits", at: start)
            }
            value = value << 4 | UInt32(digit)
            place += 1
        }
        return value
    }

    private func loneSurrogate(at start: Int) -> JSONPathError {
        error(.syntax, "half of a surrogate pair is no character", at: start, hint: "write both halves: \\uD83D\\uDE00")
    }
}
