/// One part of writing a date: a number, a word from a table, or text.
enum DateStep: Sendable {
    /// Text that stands as it is.
    case literal([UInt8])
    /// One of a language's words, by the number of a part of the date.
    case word([[UInt8]], LocalClock.Field)
    /// A part of the date as a number with at least so many digits.
    case number(LocalClock.Field, width: Int)
    /// The last two digits of the year.
    case shortYear
    /// The first digits of the second's fraction.
    case fraction(width: Int)

    /// The step for a part of a pattern; nil for fields that are left to Foundation.
    init?(_ part: DatePattern.Part, _ symbols: DateSymbols) {
        switch part {
        case .literal(let text): self = .literal(Array(text.utf8))
        case .field("y", 2): self = .shortYear
        case .field("M", let width) where width > 2, .field("L", let width) where width > 2:
            guard width < 6, let letter = part.letter else { return nil }
            self = .word(symbols.words(letter, width, .month), .month)
        case .field("E", let width) where width < 7: self = .word(symbols.words("E", width, .weekday), .weekday)
        case .field("a", let width) where width < 6: self = .word(symbols.words("a", width, .half), .half)
        case .field("S", let width): self = .fraction(width: width)
        case .field(let letter, let width):
            guard let field = LocalClock.Field(letter), letter == "y" || width < 3 else { return nil }
            self = .number(field, width: width)
        }
    }
}
