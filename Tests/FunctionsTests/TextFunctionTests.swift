import Functions
import JSON
import TestSupport
import Testing

/// Functions from text to text.
@Suite(.timeLimit(.minutes(1))) struct TextFunctionTests {
    private func check(_ input: String, _ call: String, _ output: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), call) == .value(Pipes.quoted(output)), "\(call)")
    }

    @Test(arguments: [
        ("  a b ", "a b"), ("\u{A0}a\u{2003}\n", "a"), ("", ""), (" \t ", ""), ("a", "a"), ("\u{FEFF}a", "\u{FEFF}a"),
    ])
    func `trim removes white space of every kind at the ends`(input: String, output: String) throws {
        try check(input, #""trim""#, output)
    }

    @Test(arguments: ["", " ", "\t\n", "\u{A0}", "\u{3000}"])
    func `nonblank makes blank texts missing`(input: String) throws {
        #expect(try Pipes.run(Pipes.quoted(input), #""nonblank""#) == .missing)
    }

    @Test(arguments: ["a", " a ", "0", "\u{200B}"])
    func `nonblank leaves other texts as they are`(input: String) throws {
        try check(input, #""nonblank""#, input)
    }

    @Test(arguments: [
        ("ANNA@Example.COM", "anna@example.com", "ANNA@EXAMPLE.COM"), ("ПРИВЕТ", "привет", "ПРИВЕТ"),
        ("straße", "straße", "STRASSE"), ("ΟΔΟΣ", "οδος", "ΟΔΟΣ"), ("TITLE", "title", "TITLE"), ("ﬁ", "ﬁ", "FI"),
    ])
    func `Letters change case without regard to a country`(input: String, lower: String, upper: String) throws {
        try check(input, #""uppercase""#, upper)
        let found = try Pipes.run(Pipes.quoted(input), #""lowercase""#)
        // A sigma at the end of a word may take its final form.
        #expect("\(found)".replacing("ς", with: "σ") == Pipes.quoted(lower).replacing("ς", with: "σ"))
    }

    @Test(arguments: [
        ("+7 (999) 123-45-67", "79991234567"), ("٠١٢٣", "0123"), ("no", ""), ("", ""), ("½ ² Ⅷ 𝟘𝟡", "09"),
        ("a1b2", "12"),
    ])
    func `digits keeps decimal digits of all scripts`(input: String, output: String) throws {
        try check(input, #""digits""#, output)
    }

    @Test(arguments: [
        ("a b&c=d/e?f", "a%20b%26c%3Dd%2Fe%3Ff"), ("AZaz09-._~", "AZaz09-._~"), ("ё", "%D1%91"), ("😀", "%F0%9F%98%80"),
        ("+%", "%2B%25"), ("", ""), ("\u{0}\n", "%00%0A"),
    ])
    func `urlencode escapes all but the unreserved characters`(input: String, output: String) throws {
        try check(input, #""urlencode""#, output)
    }

    @Test(arguments: [
        ("Wireless kettle", #"{"length":9}"#, "Wireless…"), ("Wireless kettle", #"{"length":10}"#, "Wireless…"),
        ("kettle", #"{"length":6}"#, "kettle"), ("kettles", #"{"length":6}"#, "kettl…"), ("kettle", "3", "ke…"),
        ("kettle", #"{"length":4,"ellipsis":"..."}"#, "k..."), ("kettle", #"{"length":4,"ellipsis":""}"#, "kett"),
        ("kettle", #"{"length":0,"ellipsis":""}"#, ""), ("", #"{"length":0,"ellipsis":""}"#, ""),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", #"{"length":2}"#, "👨‍👩‍👧‍👦…"), ("e\u{301}e\u{301}e\u{301}", #"{"length":2}"#, "e\u{301}…"),
        ("🇷🇺🇰🇿🇩🇪", #"{"length":3}"#, "🇷🇺🇰🇿🇩🇪"), ("привет, мир", #"{"length":8}"#, "привет,…"),
        ("a\r\nb", #"{"length":3}"#, "a\r\nb"),
    ])
    func `truncate counts what readers take for characters`(input: String, arguments: String, output: String) throws {
        try check(input, #"{"truncate":\#(arguments)}"#, output)
    }

    @Test(arguments: [
        ("1 499,90", ",", ".", "1 499.90"), ("aaaa", "aa", "a", "aa"), ("abc", "x", "y", "abc"), ("abc", "b", "", "ac"),
        ("", "a", "b", ""), ("abab", "ab", "ba", "baba"), ("é", "e", "x", "é"), ("A", "a", "b", "A"),
        ("xx", "x", "xx", "xxxx"),
        ("e\u{301}", "\u{E9}", "x", "e\u{301}"), ("ab", "abc", "x", "ab"),
    ])
    func `replace finds code points, from left to right`(
        input: String, find: String, with: String, output: String
    ) throws {
        try check(input, #"{"replace":{"find":\#(Pipes.quoted(find)),"with":\#(Pipes.quoted(with))}}"#, output)
    }

    @Test func `A text cannot grow without limit`() throws {
        let long = Pipes.quoted(String(repeating: "a", count: 1_000_000))
        let twenty = Pipes.quoted(String(repeating: "b", count: 20))
        #expect(try Pipes.run(long, #"{"replace":{"find":"a","with":\#(twenty)}}"#).isInvalid)
        #expect(try Pipes.run(Pipes.quoted(String(repeating: " ", count: 1_000_000)), #""urlencode""#).isInvalid)
        #expect(try Pipes.run(#"["a","a","a"]"#, #"{"join":\#(long)}"#).isInvalid)
    }

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "привет", "608333adc72f545078ede3aad71bfe74",
            "e58f1e8c55fa105bdd3f40e5037eb0b039b5998d52c05e6cd98878dd2da5cab2"
        ),
    ])
    func `Hashes are those of the standards`(input: String, md5: String, sha256: String) throws {
        try check(input, #""md5""#, md5)
        try check(input, #""sha256""#, sha256)
    }

    @Test(arguments: [
        "trim", "nonblank", "lowercase", "uppercase", "digits", "urlencode", "email", "sha256", "md5",
        #"{"truncate":5}"#, #"{"replace":{"find":"a","with":"b"}}"#,
    ])
    func `What is no text is invalid, and the answer says what it is`(call: String) throws {
        let entry = call.hasPrefix("{") ? call : "\"\(call)\""
        for (input, noun) in [("10.10", "a number"), ("true", "true or false"), ("[]", "a list"), ("{}", "an object")] {
            guard case .invalid(let why) = try Pipes.run(input, entry) else {
                Issue.record("\(call) took \(input)")
                continue
            }
            #expect(why.hasSuffix("this is \(noun)"))
        }
        #expect(try Pipes.run(.instant(Instant(seconds: 0)), entry).isInvalid)
    }
}
