import IRegexp
import Testing

/// Unicode's general categories, which RE2 brings tables for and Swift has its own of.
@Suite("I-Regexp: categories", .timeLimit(.minutes(1)))
struct CategoryTests {
    /// Major and minor categories by their letters, with what Swift calls them.
    private static let table: [(String, Set<Unicode.GeneralCategory>)] = [
        ("L", [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]),
        ("Ll", [.lowercaseLetter]), ("Lm", [.modifierLetter]), ("Lo", [.otherLetter]), ("Lt", [.titlecaseLetter]),
        ("Lu", [.uppercaseLetter]), ("M", [.nonspacingMark, .spacingMark, .enclosingMark]), ("Mc", [.spacingMark]),
        ("Me", [.enclosingMark]), ("Mn", [.nonspacingMark]), ("N", [.decimalNumber, .letterNumber, .otherNumber]),
        ("Nd", [.decimalNumber]), ("Nl", [.letterNumber]), ("No", [.otherNumber]), ("Pc", [.connectorPunctuation]),
        ("Pd", [.dashPunctuation]), ("Ps", [.openPunctuation]), ("Pe", [.closePunctuation]),
        ("Pi", [.initialPunctuation]),
        ("Pf", [.finalPunctuation]), ("Po", [.otherPunctuation]),
        ("Z", [.spaceSeparator, .lineSeparator, .paragraphSeparator]),
        ("Zl", [.lineSeparator]), ("Zp", [.paragraphSeparator]), ("Zs", [.spaceSeparator]), ("Sc", [.currencySymbol]),
        ("Sk", [.modifierSymbol]), ("Sm", [.mathSymbol]), ("So", [.otherSymbol]),
        ("C", [.control, .format, .privateUse, .unassigned]), ("Cc", [.control]), ("Cf", [.format]),
        ("Cn", [.unassigned]),
        ("Co", [.privateUse]),
    ]

    /// One of the oldest characters of each category, which no version of Unicode has moved, and a few of every script.
    private static let samples: [Unicode.Scalar] =
        Array("aAǅʰƻ\u{301}ः⃣0Ⅻ¼_-()«»!+$^©\u{A0}\u{2028}\u{2029}\u{7}\u{AD}".unicodeScalars)
        + ["\u{E000}", "\u{378}", "\u{10FFFF}", "ж", "Ж", "中", "😀", "\u{0}"]

    @Test("categories agree with Swift's, alone, complemented, and within classes", arguments: table)
    func categories(_ name: String, _ members: Set<Unicode.GeneralCategory>) throws {
        let patterns = try [
            "\\p{\(name)}", "[\\p{\(name)}]", "[%\\p{\(name)}]", "\\P{\(name)}", "[^\\p{\(name)}]", "[^\\P{\(name)}]",
        ]
        .map { try IRegexp($0) }
        for scalar in Self.samples {
            let text = Array(String(Character(scalar)).utf8)[...]
            let expected = members.contains(scalar.properties.generalCategory)
            let answers = patterns.map { $0.matches(text) }
            #expect(answers == [expected, expected, expected, !expected, !expected, expected], "\(scalar.value)")
        }
    }
}
