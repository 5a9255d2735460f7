/// What the reader says when a query is refused.
extension Lexer {
    /// Longest excerpt of a query in an error.
    private static let excerptLength = 20

    func error(
        _ kind: JSONPathError.Kind, _ message: String, at offset: Int, hint: String? = nil
    ) -> JSONPathError {
        let excerpt = String(String.UnicodeScalarView(scalars.dropFirst(offset).prefix(Lexer.excerptLength)))
        return JSONPathError(kind: kind, position: offset + 1, message: message, excerpt: excerpt, hint: hint)
    }

    /// Something else stands here than what was expected.
    func expected(_ what: String, hint: String? = nil) -> JSONPathError {
        error(.syntax, "expected \(what), found \(found)", at: place, hint: hint ?? usualHint)
    }

    /// For a shorthand name that goes on with a sign which such names do not have.
    var nameHint: String? {
        guard next == "-", place > 0, Lexer.isNameFirst(scalars[place - 1]) || Lexer.isDigit(scalars[place - 1]) else {
            return nil
        }
        return Lexer.bracketHint
    }

    static let bracketHint =
        "a name with other signs than letters, digits and _ stands in brackets: ['first-name']"

    private var found: String {
        guard let scalar = next else { return "the end of the query" }
        guard scalar.value >= 0x20, scalar.value != 0x7F else {
            return "the control character U+" + String(0x10000 + scalar.value, radix: 16, uppercase: true).dropFirst()
        }
        return scalar == " " ? "a blank" : "\"\(scalar)\""
    }

    /// What people write who come from other languages.
    private var usualHint: String? {
        switch (next, scalar(ahead: 1)) {
        case ("=", "="), ("!", "="), ("<", _), (">", _): "comparisons do not chain; join them by &&"
        case ("=", "~"): "patterns are matched by match(…, '…')"
        case ("=", _): "equality is written =="
        case ("&", _): "\"and\" is written &&"
        case ("|", _): "\"or\" is written ||"
        case ("T", _), ("F", _), ("N", _): "true, false and null are written in lower case"
        case ("`", _), ("\u{2018}", _), ("\u{2019}", _), ("\u{201C}", _), ("\u{201D}", _), ("\u{AB}", _):
            "texts stand in ' or \""
        default: nil
        }
    }
}
