import IRegexp
import Testing

/// What patterns match: all of a text, or a part of it.
@Suite("I-Regexp: matching", .timeLimit(.minutes(1)))
struct MatchingTests {
    /// A pattern, a text, and what it does there.
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        let all: Bool
        let part: Bool

        init(_ pattern: String, _ text: String, all: Bool, part: Bool) {
            self.pattern = pattern
            self.text = text
            self.all = all
            self.part = part
        }

        var testDescription: String { "\(pattern) on \(text.debugDescription)" }
    }

    @Test(
        "patterns on texts",
        arguments: [
            Case("", "", all: true, part: true), Case("", "a", all: false, part: true),
            Case("a", "a", all: true, part: true), Case("a", "bab", all: false, part: true),
            Case("a|ab", "ab", all: true, part: true), Case("ab|a", "a", all: true, part: true),
            Case("a|b*", "bbb", all: true, part: true), Case("(a|b)c", "bc", all: true, part: true),
            Case("a|bc", "ac", all: false, part: true), Case("x*", "yyy", all: false, part: true),
            Case("a{2,3}", "a", all: false, part: false), Case("a{2,3}", "aaaa", all: false, part: true),
            Case("a{0}", "", all: true, part: true), Case("a{2,}", "aaaaa", all: true, part: true),
            // the dot takes every character but line feed and carriage return
            Case(".", "\n", all: false, part: false), Case(".", "\r", all: false, part: false),
            Case(".", "\u{2028}", all: true, part: true), Case(".", "\u{85}", all: true, part: true),
            Case(".", "\u{0}", all: true, part: true), Case(".", "😀", all: true, part: true),
            Case(".", "e\u{301}", all: false, part: true), Case("..", "e\u{301}", all: true, part: true),
            Case(".*", "a\nb", all: false, part: true), Case("[.]", "a", all: false, part: false),
            // negated classes do take them
            Case("[^a]", "\n", all: true, part: true), Case("[^a]*", "x\r\ny", all: true, part: true),
            // case counts, composed and decomposed differ
            Case("straße", "STRASSE", all: false, part: false), Case("é", "e\u{301}", all: false, part: false),
            Case("k", "\u{212A}", all: false, part: false),
            // escapes
            Case(#"a\.c"#, "a.c", all: true, part: true), Case(#"a\.c"#, "abc", all: false, part: false),
            Case(#"\\"#, #"\"#, all: true, part: true), Case(#"a\\.c"#, #"a\xc"#, all: true, part: true),
            Case(#"\n\r\t"#, "\n\r\t", all: true, part: true),
            Case(#"\(\)\*\+\-\?\[\]\^\{\|\}"#, "()*+-?[]^{|}", all: true, part: true),
            // classes
            Case("[a-c]+", "abcba", all: true, part: true), Case("[a-]+", "a-a", all: true, part: true),
            Case("[-a]+", "a-a", all: true, part: true), Case("[$^]+", "^$", all: true, part: true),
            Case("[a^$]+", "^$a", all: true, part: true), Case(#"[\]\[]+"#, "[]", all: true, part: true),
            Case(#"[\--/]+"#, "-./", all: true, part: true), Case(#"[\n]"#, "n", all: false, part: false),
            Case("[&&]", "&", all: true, part: true), Case("[a.b]", ".", all: true, part: true),
            Case("[а-яё]+", "ёж", all: true, part: true), Case("[^😀]", "😎", all: true, part: true),
            // an unescaped ^ or $ is an anchor
            Case("^ab.*", "abc", all: true, part: true), Case("^b", "ab", all: false, part: false),
            Case("a$", "ab", all: false, part: false), Case("ab$", "ab", all: true, part: true),
            Case("a^b", "a^b", all: false, part: false), Case(#"a\^b"#, "a^b", all: true, part: true),
            Case("^a", "b\na", all: false, part: false), Case("a$", "a\n", all: false, part: false),
            // NUL is a character like any other
            Case("a\u{0}b", "a\u{0}b", all: true, part: true), Case("a\u{0}b", "a", all: false, part: false),
        ])
    func matching(_ example: Case) throws {
        let regexp = try IRegexp(example.pattern)
        let text = Array(example.text.utf8)
        #expect(regexp.matches(text[...]) == example.all)
        #expect(regexp.occurs(in: text[...]) == example.part)
    }

    @Test("a slice is matched as the slice, not as the array it is cut from")
    func slices() throws {
        let bytes = Array("xaby".utf8)
        #expect(try IRegexp("ab").matches(bytes[1..<3]))
        #expect(try IRegexp("^ab$").occurs(in: bytes[1..<3]))
        #expect(try !IRegexp("x").occurs(in: bytes[1..<3]))
        #expect(try IRegexp("").matches(bytes[2..<2]))
    }
}
