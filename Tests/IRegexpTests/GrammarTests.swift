import IRegexp
import Testing

/// What RFC 9485 accepts and refuses, with the place of the fault.
@Suite("I-Regexp: grammar", .timeLimit(.minutes(1)))
struct GrammarTests {
    @Test(
        "patterns of the grammar are accepted",
        arguments: [
            // branches and pieces
            "", "|", "a|", "|a", "()", "()*", "(|)", "a", "ab*c+d?", "(a|b)c", "((a))", "(a*)*", "(a|)+",
            // quantifiers
            "a{0}", "a{1}", "a{0,0}", "a{2,}", "a{2,2}", "a{007}", "a{1000}", "(a{10}){100}",
            "a{1,1}",
            // characters with a meaning elsewhere
            "-", ",", "a-b", "/", "\"", "'", "<>", "@", "#", "~", "`", "&&", "%", "!", "=", ":", ";", "_", " ", "\t",
            "\n",
            "\u{0}", "é", "😀", "\u{E000}", "\u{10FFFF}",
            // escapes
            #"\("#, #"\)"#, #"\*"#, #"\+"#, #"\-"#, #"\."#, #"\?"#, #"\["#, #"\\"#, #"\]"#, #"\^"#, #"\n"#, #"\r"#,
            #"\t"#,
            #"\{"#, #"\|"#, #"\}"#, #"\.*"#, #"(\.)+"#,
            // classes
            "[a]", "[^a]", "[-]", "[^-]", "[--]", "[a-]", "[-a]", "[-a-]", "[a-z]", "[a-z-]", "[a-z0-9_]", "[.]",
            "[*+?{}()|]",
            "[$]", "[a^]", "[&&]", "[a&&b]", "[a~~b]", "[!-/:-@]", #"[\]]"#, #"[\[]"#, #"[\-a]"#, #"[\--a]"#,
            #"[a-\}]"#, #"[\n-\r]"#, #"[\p{L}]"#, #"[^\p{L}]"#, #"[\P{L}]"#, #"[a\p{Nd}_-]"#,
            "[a-a]",
            "[😀-😎]", "[ -~]",
            // anchors that the suite of JSONPath expects
            "^", "$", "^a$", "(^a|b$)", "a^b", "^*", "${2}",
        ])
    func accepted(_ pattern: String) {
        #expect(throws: Never.self) { try IRegexp(pattern) }
    }

    /// A pattern outside of the grammar and the offset at which that shows.
    struct Refused: Sendable, CustomTestStringConvertible {
        let pattern: String
        let offset: Int

        init(_ pattern: String, _ offset: Int) {
            self.pattern = pattern
            self.offset = offset
        }

        var testDescription: String { pattern }
    }

    @Test(
        "everything else is refused at its place",
        arguments: [
            // quantifiers without a piece, or too many
            Refused("*", 0), Refused("a|*", 2), Refused("(+)", 1), Refused("?", 0), Refused("{2}", 0),
            Refused("a**", 2),
            Refused("a*?", 2), Refused("a+?", 2), Refused("a??", 2), Refused("a++", 2), Refused("a{2}{3}", 4),
            Refused("a{2}?", 4),
            // ranges
            Refused("a{", 2), Refused("a{}", 2), Refused("a{,3}", 2), Refused("a{x}", 2), Refused("a{2", 3),
            Refused("a{2,", 4), Refused("a{2,x}", 4), Refused("a{3,2}", 1), Refused("a{-1}", 2), Refused("a{1 }", 3),
            Refused("a{ 1}", 2),
            // brackets that do not pair
            Refused("(", 0), Refused("a(b", 1), Refused(")", 0), Refused("a)b", 1), Refused("]", 0), Refused("a]", 1),
            Refused("}", 0), Refused("[", 0), Refused("[a", 0), Refused("ab[^", 2),
            // classes
            Refused("[]", 1), Refused("[^]", 2), Refused("[a-z-9]", 4), Refused("[--a]", 2), Refused("[a--]", 3),
            Refused("[z-a]", 1), Refused("[[a]]", 1), Refused("[[:alpha:]]", 1), Refused("[a-[b]]", 3),
            Refused(#"[a-\d]"#, 3), Refused(#"[\p{L}-z]"#, 6), Refused(#"[a-\p{L}]"#, 3),
            // escapes that other dialects have
            Refused(#"\"#, 0), Refused(#"\d"#, 0), Refused(#"a\w"#, 1), Refused(#"\S"#, 0), Refused(#"\b"#, 0),
            Refused(#"\A"#, 0),
            Refused(#"\z"#, 0), Refused(#"\1"#, 0), Refused(#"\$"#, 0), Refused(#"\/"#, 0), Refused(#"\u0041"#, 0),
            Refused(#"\x41"#, 0), Refused(#"\Q"#, 0), Refused(#"\i"#, 0), Refused(#"\c"#, 0), Refused(#"\,"#, 0),
            Refused(#"\N"#, 0), Refused(#"[\d]"#, 1), Refused(#"[\w-]"#, 1), Refused(#"[\"#, 1),
            // categories
            Refused(#"\p"#, 0), Refused(#"\pL"#, 0), Refused(#"\p{"#, 0), Refused(#"\p{}"#, 0), Refused(#"\p{L"#, 0),
            Refused(#"\p{X}"#, 0), Refused(#"\p{Lx}"#, 0), Refused(#"\p{LL}"#, 0), Refused(#"\p{l}"#, 0),
            Refused(#"\p{Cs}"#, 0),
            Refused(#"\p{Greek}"#, 0), Refused(#"\p{IsGreek}"#, 0), Refused(#"\p{^L}"#, 0), Refused(#"\p{L }"#, 0),
            Refused(#"a[\p{Lx}]"#, 2),
            // groups with a question mark
            Refused("(?:a)", 1), Refused("(?i)a", 1), Refused("(?=a)", 1), Refused("(?!a)", 1), Refused("(?<=a)", 1),
            Refused("(?P<n>a)", 1), Refused("(?<n>a)", 1), Refused("(?>a)", 1), Refused("(?#a)", 1),
        ])
    func refused(_ refused: Refused) throws {
        let error = try #require(throws: IRegexpError.self) { try IRegexp(refused.pattern) }
        #expect(error.offset == refused.offset)
        #expect(error.fault == .syntax)
        #expect(!error.message.isEmpty && !error.message.hasSuffix("."))
    }

    @Test("places count Unicode scalars")
    func scalars() throws {
        let error = try #require(throws: IRegexpError.self) { try IRegexp("😀e\u{301}\\d") }
        #expect(error.offset == 3)
        #expect(error.description == #"4: "\d" is no escape of I-Regexp; write [0-9]"#)
    }

    @Test(
        "what other dialects write is answered with what to write",
        arguments: [
            (#"\w"#, "[A-Za-z0-9_]"), (#"\s"#, #"[ \t\n\r]"#), (#"\$"#, "[$]"), (#"a*?"#, "lazy"), ("(?i)", "flags"),
        ])
    func advice(_ pattern: String, _ advice: String) throws {
        let error = try #require(throws: IRegexpError.self) { try IRegexp(pattern) }
        #expect(error.message.contains(advice))
    }

    @Test("anchors are found outside of classes and without a backslash")
    func anchors() throws {
        #expect(try IRegexp("^ab$").anchors == [0, 3])
        #expect(try IRegexp("(a|^b)[$^]\\^$").anchors == [3, 12])
        #expect(try IRegexp("[^a]").anchors == [])
    }
}
