/// Reads the tokens of a query, scalar by scalar.
///
/// White space decides in many places of the grammar (none between `.` and a name, or a function and its parenthesis),
/// so the parser asks for the token it wants instead of being handed a stream.
struct Lexer {
    let scalars: [Unicode.Scalar]
    var place = 0

    init(_ text: String) {
        // One more than allowed is enough to see that a query is too long.
        scalars = Array(text.unicodeScalars.prefix(JSONPathLimits.length + 1))
    }

    var next: Unicode.Scalar? { scalar(ahead: 0) }

    func scalar(ahead distance: Int) -> Unicode.Scalar? {
        place + distance < scalars.count ? scalars[place + distance] : nil
    }

    /// `S`: blanks of any length.
    mutating func skipBlanks() {
        while let scalar = next, Lexer.isBlank(scalar) { place += 1 }
    }

    /// Takes these signs where they stand next.
    mutating func take(_ signs: String) -> Bool {
        var distance = 0
        for sign in signs.unicodeScalars {
            guard scalar(ahead: distance) == sign else { return false }
            distance += 1
        }
        place += distance
        return true
    }

    /// Takes these signs after blanks; without them, the blanks are not taken either.
    mutating func takeAfterBlanks(_ signs: String) -> Bool {
        let start = place
        skipBlanks()
        if take(signs) { return true }
        place = start
        return false
    }

    /// `member-name-shorthand`: the name after a dot, or nil where none stands.
    mutating func shorthandName() -> String? {
        guard let first = next, Lexer.isNameFirst(first) else { return nil }
        var name = ""
        while let scalar = next, Lexer.isNameFirst(scalar) || Lexer.isDigit(scalar) {
            name.unicodeScalars.append(scalar)
            place += 1
        }
        return name
    }

    /// A function's name, or one of `true`, `false` and `null`; nil where none stands.
    mutating func word() -> String? {
        guard let first = next, Lexer.isLowerCase(first) else { return nil }
        var word = ""
        while let scalar = next, Lexer.isLowerCase(scalar) || Lexer.isDigit(scalar) || scalar == "_" {
            word.unicodeScalars.append(scalar)
            place += 1
        }
        return word
    }

    /// `B` of the grammar: the four signs that JSON takes for white space.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    static func isLowerCase(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

    static func isNameFirst(_ scalar: Unicode.Scalar) -> Bool {
        isLowerCase(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
    }
}
