/// A date pattern of CLDR (Unicode TS 35, part 4), taken apart: `d MMMM yyyy`.
struct DatePattern: Sendable, Hashable {
    /// A part of a pattern.
    enum Part: Sendable, Hashable {
        /// Text that stands as it is.
        case literal(String)
        /// A letter, and how often it stands.
        case field(Unicode.Scalar, width: Int)
    }

    /// The pattern as written.
    let text: String
    /// What it is made of.
    let parts: [Part]

    /// Most bytes of a pattern.
    private static let mostBytes = 200
    /// Most repetitions of one letter.
    private static let mostWidth = 9
    /// The letters that CLDR gives a meaning and that people may want: no skeleton letters, no deprecated ones.
    private static let letters = Set("GyYuQqMLwWdDFEecabBhHKkmsSAzZOvVXx".unicodeScalars)

    /// Takes a pattern apart.
    ///
    /// - Throws: ``ArgumentFault`` for a letter without meaning, an open quote, and the two mix-ups that look right for
    ///   most of the year: `YYYY` (the year of the week) and `DD` (the day of the year).
    init(_ text: String) throws(ArgumentFault) {
        guard !text.isEmpty, text.utf8.count <= DatePattern.mostBytes else {
            throw DatePattern.fault(
                "a date pattern has 1 to \(DatePattern.mostBytes) bytes", hint: "for example \"d MMMM yyyy\"")
        }
        self.text = text
        parts = try DatePattern.split(Array(text.unicodeScalars))
        try DatePattern.refuseMixUps(in: text, parts)
        if letters.isEmpty {
            throw DatePattern.fault("the pattern names no part of a date", hint: "for example \"d MMMM yyyy\"")
        }
    }

    /// All mix-ups at once: whoever mends one must not meet the next afterwards.
    private static func refuseMixUps(in text: String, _ parts: [Part]) throws(ArgumentFault) {
        let fields = Set(parts.compactMap(\.letter))
        var faults = fields.subtracting(letters).sorted().map { "\"\($0)\" means nothing in a date pattern" }
        let hasUnknown = !faults.isEmpty
        if fields.contains("Y"), !fields.contains("w") { faults.append("\"Y\" is the year that a week belongs to") }
        if fields.contains("D"), !fields.isDisjoint(with: ["M", "L", "m"]) {
            faults.append("\"D\" is the day of the year")
        }
        guard !faults.isEmpty else { return }
        let repaired = DatePatternDoubts.repaired(text, parts)
        let hint =
            hasUnknown || repaired == text
            ? "put text between single quotes: \"d 'of' MMMM\"" : "did you mean \"\(repaired)\"?"
        throw fault(faults.joined(separator: "; "), hint: hint)
    }

    /// The letters of its fields.
    var letters: Set<Unicode.Scalar> { Set(parts.compactMap(\.letter)) }

    static func fault(_ message: String, hint: String? = nil) -> ArgumentFault {
        ArgumentFault(.unsuitable, parameter: "pattern", message, hint: hint)
    }

    private static func split(_ scalars: [Unicode.Scalar]) throws(ArgumentFault) -> [Part] {
        var parts: [Part] = []
        var literal = ""
        var place = 0
        while place < scalars.count {
            let scalar = scalars[place]
            if scalar == "'" {
                try quoted(scalars, &place, into: &literal)
            } else if isLetter(scalar) {
                let width = scalars[place...].prefix { $0 == scalar }.count
                guard width <= mostWidth else {
                    throw fault(
                        "\"\(scalar)\" stands more than \(mostWidth) times",
                        hint: "put text between single quotes: \"d 'of' MMMM\"")
                }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                parts.append(.field(scalar, width: width))
                place += width
            } else {
                literal.unicodeScalars.append(scalar)
                place += 1
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return parts
    }

    /// Text between quotes; two quotes are one, inside as outside.
    private static func quoted(
        _ scalars: [Unicode.Scalar], _ place: inout Int, into literal: inout String
    ) throws(ArgumentFault) {
        place += 1
        if place < scalars.count, scalars[place] == "'" {
            literal.unicodeScalars.append("'")
            place += 1
            return
        }
        while place < scalars.count {
            if scalars[place] != "'" {
                literal.unicodeScalars.append(scalars[place])
                place += 1
            } else if place + 1 < scalars.count, scalars[place + 1] == "'" {
                literal.unicodeScalars.append("'")
                place += 2
            } else {
                place += 1
                return
            }
        }
        throw fault("a quote in the pattern is not closed", hint: "write two quotes for one: \"''\"")
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}

extension DatePattern.Part {
    /// The letter of a field.
    var letter: Unicode.Scalar? {
        if case .field(let letter, _) = self { return letter }
        return nil
    }
}
