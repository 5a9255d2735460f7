/// What a date pattern says, and its author hardly means: minutes for the month, a clock of twelve hours, `%d`.
package enum DatePatternDoubts {
    /// A doubt about a pattern that can be used.
    package struct Doubt: Sendable, Hashable {
        /// One sentence without a full stop.
        package let message: String
        /// What to write instead.
        package let hint: String
    }

    /// The doubt about a pattern, with everything that is doubtful; nil where there is none, or no pattern.
    package static func doubt(_ text: String) -> Doubt? {
        guard let parts = try? DatePattern(text).parts else { return nil }
        let fields = Set(parts.compactMap(\.letter))
        var messages: [String] = []
        if hasPercent(parts) { messages.append("\"%\" is printed as it stands") }
        if meansMonth(fields) { messages.append("\"m\" is minutes, and the month is \"M\"") }
        if monthAfterHours(parts) { messages.append("\"M\" is the month, and minutes are \"m\"") }
        if fields.contains("h"), fields.isDisjoint(with: ["a", "b", "B"]) {
            messages.append("\"h\" is the clock of 12 hours, and nothing says which half of the day")
        }
        guard !messages.isEmpty else { return nil }
        return Doubt(message: messages.joined(separator: "; "), hint: "did you mean \"\(repaired(text, parts))\"?")
    }

    /// The pattern that is most likely meant.
    static func repaired(_ text: String, _ parts: [DatePattern.Part]) -> String {
        let fields = Set(parts.compactMap(\.letter))
        let isC = hasPercent(parts)
        var hours = false
        return parts.enumerated().reduce(into: "") { whole, entry in
            switch entry.element {
            case .literal(let literal):
                whole += quoted(isC ? literal.filter { $0 != "%" } : literal)
            case .field(let letter, let width):
                let isDirective = isC && width == 1
                let meant = isDirective ? directive(letter) : field(letter, fields, afterHours: hours)
                whole += isDirective ? meant : String(repeating: meant, count: width)
                if "HhKkI".unicodeScalars.contains(letter) { hours = true }
            }
        }
    }

    private static func hasPercent(_ parts: [DatePattern.Part]) -> Bool {
        zip(parts, parts.dropFirst()).contains { former, later in
            guard case .literal(let text) = former else { return false }
            return text.hasSuffix("%") && later.letter != nil
        }
    }

    private static func meansMonth(_ fields: Set<Unicode.Scalar>) -> Bool {
        fields.contains("m") && !fields.isDisjoint(with: ["d", "y"]) && fields.isDisjoint(with: ["H", "h", "K", "k"])
    }

    /// `HH:MM`.
    private static func monthAfterHours(_ parts: [DatePattern.Part]) -> Bool {
        zip(parts, zip(parts.dropFirst(), parts.dropFirst(2))).contains { hours, rest in
            "HhKk".unicodeScalars.contains(hours.letter ?? " ") && rest.0 == .literal(":") && rest.1.letter == "M"
        }
    }

    /// The letter of CLDR for one that other libraries use.
    private static func field(_ letter: Unicode.Scalar, _ fields: Set<Unicode.Scalar>, afterHours: Bool) -> String {
        switch letter {
        case "Y" where !fields.contains("w"): "y"
        case "D" where !fields.isDisjoint(with: ["M", "L", "m"]): "d"
        case "m" where meansMonth(fields) || (fields.contains("D") && !afterHours): "M"
        case "M" where afterHours: "m"
        case "h" where fields.isDisjoint(with: ["a", "b", "B"]): "H"
        default: String(letter)
        }
    }

    /// What a directive of C's `strftime` is in CLDR.
    private static func directive(_ letter: Unicode.Scalar) -> String {
        let meant: [Unicode.Scalar: String] = [
            "d": "dd", "e": "d", "m": "MM", "y": "yy", "Y": "yyyy", "H": "HH", "I": "hh", "M": "mm", "S": "ss",
            "p": "a", "b": "MMM", "B": "MMMM", "a": "EEE", "A": "EEEE", "Z": "z", "z": "Z",
        ]
        return meant[letter] ?? String(letter)
    }

    /// Text that holds letters, as a pattern writes it.
    private static func quoted(_ literal: String) -> String {
        let text = literal.replacing("'", with: "''")
        return literal.contains { $0.isASCII && $0.isLetter } ? "'\(text)'" : text
    }
}
