import JSON
import Testing

/// What is said of a text that is no JSON, word for word and to the column: it is read in editors, logs and headers.
@Suite("JSON messages", .timeLimit(.minutes(1)))
struct MessageTests {
    private func complaint(_ text: String, _ limits: JSONLimits = JSONLimits()) -> String? {
        do throws(JSONError) {
            _ = try JSONDocument.parse(text, limits: limits)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "a text that ends too early",
        arguments: [
            ("", "1:1: the text is empty"), (" ", "1:2: the text ends where a value was expected"),
            ("\n\n", "3:1: the text ends where a value was expected"),
            ("[", "1:2: the text ends where a value was expected"),
            ("[1", "1:3: the text ends where \"]\" was expected"),
            ("[1,", "1:4: the text ends where a value was expected"),
            ("{", "1:2: the text ends where a member name was expected"),
            (#"{"a""#, "1:5: expected a colon after the member name, found the end of the text"),
            (#"{"a":"#, "1:6: the text ends where a value was expected"),
            (#"{"a":1"#, "1:7: the text ends where \"}\" was expected"),
            (#"{"a":1,"#, "1:8: the text ends where a member name was expected"),
            (#"[{"a":[]"#, "1:9: the text ends where \"}\" was expected"),
            (#""a"#, "1:1: the text that begins here has no closing quote"),
            (#"["a\n"#, "1:2: the text that begins here has no closing quote"),
            (#""\"#, "1:2: an escape without its letter"), ("-", "1:1: expected a digit after the minus sign"),
            ("1.", "1:3: expected a digit after the decimal point"), ("1e", "1:3: expected a digit in the exponent"),
            ("1E-", "1:4: expected a digit in the exponent"), ("tr", "1:1: expected a value, found \"t\""),
        ])
    func ends(text: String, message: String) {
        #expect(complaint(text) == message)
    }

    @Test(
        "a sign where it has no place",
        arguments: [
            ("[1 2]", "1:4: expected a comma or \"]\", found \"2\""),
            (#"{"a":1 "b":2}"#, "1:8: expected a comma or \"}\", found a double quote"),
            ("[1}", "1:3: expected a comma or \"]\", found \"}\""),
            (#"{"a":1]"#, "1:7: expected a comma or \"}\", found \"]\""),
            ("{a:1}", "1:2: expected a member name in double quotes, found \"a\""),
            ("{,}", "1:2: expected a member name in double quotes, found \",\""),
            (#"{"a":1,}"#, "1:8: expected a member name in double quotes, found \"}\""),
            ("[1,]", "1:4: expected a value, found \"]\""), ("[,1]", "1:2: expected a value, found \",\""),
            (#"{"a" 1}"#, "1:6: expected a colon after the member name, found \"1\""),
            (#"{"a":}"#, "1:6: expected a value, found \"}\""), ("nulL", "1:1: expected a value, found \"n\""),
            ("[True]", "1:2: expected a value, found \"T\""), ("'a'", "1:1: expected a value, found \"'\""),
            ("01", "1:1: a number must not begin with a zero"),
            ("[1,\n -00]", "2:2: a number must not begin with a zero"),
            ("-a", "1:1: expected a digit after the minus sign"),
            ("[1.e5]", "1:4: expected a digit after the decimal point"),
            ("[1e5.2]", "1:5: expected a comma or \"]\", found \".\""),
            (#""\x""#, #"1:2: "\" is followed by no letter of an escape; write "\\" for the sign itself"#),
            (#""é\u12g4""#, #"1:3: \u needs four hexadecimal digits"#),
            (#""\u12""#, #"1:2: \u needs four hexadecimal digits"#),
            ("1 2", "1:3: text after the end of the document"), ("{}\n}", "2:1: text after the end of the document"),
            ("\u{FEFF}1", "1:1: the text begins with a byte order mark; JSON has none"),
        ])
    func misplaced(text: String, message: String) {
        #expect(complaint(text) == message)
    }

    /// A terminal acts on some of these, and two lines of a log are made by others.
    @Test(
        "what cannot be seen is named by its number, wherever it stands",
        arguments: [
            ("\u{1}", "byte 1"), ("\u{1F}", "byte 31"), ("\u{7F}", "U+007F"), ("\u{85}", "U+0085"),
            ("\u{9B}", "U+009B"), ("\u{A0}", "U+00A0"), ("\u{AD}", "U+00AD"), ("\u{2028}", "U+2028"),
            ("\u{2029}", "U+2029"), ("\u{202E}", "U+202E"), ("\u{FEFF}", "U+FEFF"), ("\u{E0001}", "U+E0001"),
            ("\u{B7}", "\"\u{B7}\""), ("я", "\"я\""), ("😀", "\"😀\""),
        ])
    func unseen(sign: String, name: String) {
        #expect(complaint("[\(sign)]") == "1:2: expected a value, found \(name)")
        #expect(complaint("[1\(sign)]") == "1:3: expected a comma or \"]\", found \(name)")
        #expect(complaint("{\(sign)}") == "1:2: expected a member name in double quotes, found \(name)")
        #expect(complaint("{\"a\"\(sign)}") == "1:5: expected a colon after the member name, found \(name)")
    }

    @Test(
        "a name given twice is told in one line, whatever it is made of",
        arguments: [
            (#"a\nb"#, #"a\u000Ab"#), (#"\u001b[2J"#, #"\u001B[2J"#), (#"\u0085"#, #"\u0085"#),
            (#"\u2028x"#, #"\u2028x"#), (#"\u202ex"#, #"\u202Ex"#), ("a b", "a b"), ("ключ", "ключ"), ("😀", "😀"),
        ])
    func duplicates(written: String, shown: String) {
        let message = complaint("{\"\(written)\":1,\"\(written)\":2}")
        let column = written.unicodeScalars.count + 7
        #expect(message == "1:\(column): the member \"\(shown)\" appears twice in one object")
    }

    @Test("a long name is cut in the message, however its signs join", arguments: ["a", "\u{301}", "😀"])
    func longNames(sign: String) throws {
        let name = String(repeating: sign, count: 5_000)
        let message = try #require(complaint("{\"\(name)\":1,\"\(name)\":2}"))
        #expect(message.unicodeScalars.count < 170)
        // By bytes, as a mark joins the quote before it.
        let end = String(repeating: sign, count: 100) + "\" appears twice in one object"
        #expect(Array(message.utf8.suffix(end.utf8.count)) == Array(end.utf8))
    }

    @Test("limits say what was found and what is allowed")
    func limits() {
        #expect(
            complaint("[1,\n2]", JSONLimits(bytes: 5)) == "1:1: the text has 6 bytes; at most 5 are allowed")
        #expect(
            complaint("[1,\n[2]]", JSONLimits(depth: 1)) == "2:1: nested deeper than the 1 levels that are allowed")
        #expect(complaint("[1,\n[2]]", JSONLimits(depth: 2)) == nil)
    }
}
