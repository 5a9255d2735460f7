import JSONPath
import Testing

/// Every fault is named with its kind and column, and says what was expected or what to write.
@Suite("JSONPath: refusals", .timeLimit(.minutes(1)))
struct RefusalTests {
    /// A query that is refused: the kind, the column, and words that the message or hint holds.
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let kind: JSONPathError.Kind
        let position: Int
        let words: String

        init(_ text: String, _ kind: JSONPathError.Kind, _ position: Int, _ words: String) {
            self.text = text
            self.kind = kind
            self.position = position
            self.words = words
        }

        var testDescription: String { text }
    }

    @Test(
        "segments",
        arguments: [
            Case("", .syntax, 1, "the end of the query"), Case("a", .syntax, 1, "\"$\" at the start"),
            Case(" $", .syntax, 1, "white space before"),
            Case("$ ", .syntax, 2, "white space after"), Case("$.a\n", .syntax, 4, "white space after"),
            Case("$a", .syntax, 2, "end of the query, found \"a\""),
            Case("$$", .syntax, 2, "found \"$\""), Case("$.a b", .syntax, 5, "found \"b\""),
            Case("$.", .syntax, 3, "a name or *"), Case("$..", .syntax, 4, "a name, * or \"[\""),
            Case("$...a", .syntax, 4, "at most two dots"), Case("$. a", .syntax, 3, "no white space after \".\""),
            Case("$.. a", .syntax, 4, "no white space"),
            Case("$. .a", .syntax, 3, "no white space"), Case("$.1", .syntax, 3, "[0]"),
            Case("$..1", .syntax, 4, "..[0]"), Case("$.'a'", .syntax, 3, "['name']"),
            Case("$.[0]", .syntax, 3, "no dot before a bracket"), Case("$.a-b", .syntax, 4, "['first-name']"),
            Case("$.-a", .syntax, 3, "['first-name']"),
            Case("$.a.", .syntax, 5, "a name or *"), Case("$.a]", .syntax, 4, "found \"]\""),
            Case("$.😀-", .syntax, 4, "found \"-\""), Case("$.*a", .syntax, 4, "found \"a\""),
            Case("$\u{A0}.a", .syntax, 2, "found"), Case("$.a\u{7F}", .syntax, 4, "U+007F"),
            Case("$.a\u{0}", .syntax, 4, "U+0000"),
        ])
    func segments(_ example: Case) throws {
        try expect(example)
    }

    @Test(
        "selectors",
        arguments: [
            Case("$[", .syntax, 3, "the end of the query"), Case("$[]", .syntax, 3, "a name in quotes, a number"),
            Case("$[0", .syntax, 4, "\"]\""), Case("$[0,]", .syntax, 5, "found \"]\""),
            Case("$[,0]", .syntax, 3, "found \",\""), Case("$[0 1]", .syntax, 5, "found \"1\""),
            Case("$['a' 'b']", .syntax, 7, "found \"'\""), Case("$[a]", .syntax, 3, "['name']"),
            Case("$[@.a]", .syntax, 3, "[?@.name]"), Case("$[(@.a)]", .syntax, 3, "[?@.name]"),
            Case("$[**]", .syntax, 4, "found \"*\""), Case("$[01]", .syntax, 3, "begin with a zero"),
            Case("$[-0]", .syntax, 3, "-0"), Case("$[-]", .syntax, 4, "a digit after \"-\""),
            Case("$[- 1]", .syntax, 4, "a digit"), Case("$[+1]", .syntax, 3, "found \"+\""),
            Case("$[1.0]", .syntax, 4, "found \".\""), Case("$[1e0]", .syntax, 4, "found \"e\""),
            Case("$[٣]", .syntax, 3, "found"), Case("$[1:2:3:4]", .syntax, 8, "found \":\""),
            Case("$[1:-0]", .syntax, 5, "-0"), Case("$[1:00]", .syntax, 5, "zero"), Case("$[::-0]", .syntax, 5, "-0"),
            Case("$[9007199254740992]", .range, 3, "9007199254740991"),
            Case("$[-9007199254740992]", .range, 3, "9007199254740991"),
            Case("$[:9007199254740992]", .range, 4, "at most"), Case("$[::99999999999999999999]", .range, 5, "at most"),
            Case("$[1234567890123456789012345678901234567890]", .range, 3, "at most"),
        ])
    func selectors(_ example: Case) throws {
        try expect(example)
    }

    @Test(
        "texts",
        arguments: [
            Case("$['a", .syntax, 3, "no closing '"), Case("$[\"a']", .syntax, 3, "no closing \""),
            Case(#"$['\']"#, .syntax, 3, "no closing"), Case(#"$['a\"#, .syntax, 5, "without its letter"),
            Case(#"$['\x']"#, .syntax, 4, "no escape"), Case(#"$['\"']"#, .syntax, 4, "needs no escape here"),
            Case(#"$["\'"]"#, .syntax, 4, "needs no escape here"), Case(#"$['\0']"#, .syntax, 4, "no escape"),
            Case(#"$['\u12']"#, .syntax, 4, "four hexadecimal"), Case(#"$['\u12g4']"#, .syntax, 4, "four"),
            Case(#"$['\U0041']"#, .syntax, 4, "no escape"), Case(#"$['\uD800']"#, .syntax, 4, "surrogate"),
            Case(#"$['\uDC00']"#, .syntax, 4, "surrogate"), Case(#"$['\uD800\uD800']"#, .syntax, 4, "surrogate"),
            Case(#"$['\uD800a']"#, .syntax, 4, "surrogate"), Case(#"$['\uD800\n']"#, .syntax, 4, "surrogate"),
            Case(#"$['\u１２３４']"#, .syntax, 4, "four"), Case("$['a\nb']", .syntax, 5, "as escapes"),
            Case("$['\u{0}']", .syntax, 4, "as escapes"), Case("$['\u{1F}']", .syntax, 4, "as escapes"),
        ])
    func texts(_ example: Case) throws {
        try expect(example)
    }

    @Test(
        "filters",
        arguments: [
            Case("$[?]", .syntax, 4, "a query, a value or a function"), Case("$?", .syntax, 2, "found \"?\""),
            Case("$.a?(@.b)", .syntax, 4, "found \"?\""), Case("$[?(@.a]", .syntax, 8, "expected \")\""),
            Case("$[?@.a)]", .syntax, 7, "found \")\""), Case("$[?()]", .syntax, 5, "found \")\""),
            Case("$[?@.a=1]", .syntax, 7, "equality is written =="), Case("$[?@.a===1]", .syntax, 9, "found \"=\""),
            Case("$[?@.a=~'x']", .syntax, 7, "match("), Case("$[?@.a<>1]", .syntax, 8, "found \">\""),
            Case("$[?@.a&@.b]", .syntax, 7, "&&"), Case("$[?@.a|@.b]", .syntax, 7, "||"),
            Case("$[?@.a and @.b]", .syntax, 8, "found \"a\""), Case("$[?@.a&&]", .syntax, 9, "a query"),
            Case("$[?&&@.a]", .syntax, 4, "&&"), Case("$[?@.a==]", .syntax, 9, "a query, a value"),
            Case("$[?==1]", .syntax, 4, "found \"=\""), Case("$[?@.a==1==2]", .syntax, 10, "do not chain"),
            Case("$[?1<@.a<3]", .syntax, 9, "do not chain"),
            Case("$[?(@.a)==1]", .syntax, 9, "parentheses hold a condition"),
            Case("$[?1==(@.a)]", .syntax, 7, "found \"(\""), Case("$[?!@.a==1]", .syntax, 8, "before a test"),
            Case("$[?!!@.a]", .syntax, 5, "found \"!\""), Case("$[?!1]", .syntax, 5, "no condition"),
            Case("$[?!]", .syntax, 5, "found \"]\""), Case("$[?true]", .syntax, 4, "no condition"),
            Case("$[?@.a&&'x']", .syntax, 9, "no condition"), Case("$[?1||@.a]", .syntax, 4, "no condition"),
            Case("$[?@.a==True]", .syntax, 9, "lower case"), Case("$[?@.a==NULL]", .syntax, 9, "lower case"),
            Case("$[?@.a==nul]", .syntax, 9, "found \"nul\""), Case("$[?@.a==truex]", .syntax, 9, "truex"),
            Case("$[?@.a==abc]", .syntax, 9, "@.abc"), Case("$[?@.a==`x`]", .syntax, 9, "' or \""),
            Case("$[?@.a==“x”]", .syntax, 9, "' or \""), Case("$[?@.a==[1]]", .syntax, 9, "found \"[\""),
            Case("$[?@.a=={}]", .syntax, 9, "found \"{\""), Case("$[?@.a==01]", .syntax, 9, "begin with a zero"),
            Case("$[?@.a==-]", .syntax, 10, "a digit"), Case("$[?@.a==.5]", .syntax, 9, "found \".\""),
            Case("$[?@.a==5.]", .syntax, 11, "decimal point"), Case("$[?@.a==1e]", .syntax, 11, "exponent"),
            Case("$[?@.a==1e+]", .syntax, 12, "exponent"), Case("$[?@.a==0x10]", .syntax, 10, "found \"x\""),
            Case("$[?@.a + 1 == 2]", .syntax, 8, "found \"+\""), Case("$[?@.a-b==1]", .syntax, 7, "['first-name']"),
            Case("$[?@.a in ['x']]", .syntax, 8, "found \"i\""), Case("$[?a.b==1]", .syntax, 4, "@.a"),
        ])
    func filters(_ example: Case) throws {
        try expect(example)
    }

    @Test(
        "types",
        arguments: [
            Case("$[?@.*==1]", .notSingular, 4, "value("), Case("$[?1==@..a]", .notSingular, 7, "several"),
            Case("$[?@[0,1]<2]", .notSingular, 4, "several"), Case("$[?$[?@.a]==$]", .notSingular, 4, "several"),
            Case("$[?length(@)]", .illTyped, 4, "compare it"), Case("$[?count(@)&&@.a]", .illTyped, 4, "compare it"),
            Case("$[?!value(@)]", .illTyped, 5, "compare it"), Case("$[?match(@,'a')==true]", .illTyped, 4, "alone"),
            Case("$[?1==search(@,'a')]", .illTyped, 7, "alone"),
            Case("$[?length()==1]", .illTyped, 4, "one argument, not 0"),
            Case("$[?length(@,@)==1]", .illTyped, 4, "not 2"), Case("$[?match(@)]", .illTyped, 4, "two arguments"),
            Case("$[?match(@,'a','i')]", .illTyped, 4, "not 3"), Case("$[?count(1)==1]", .illTyped, 10, "a query"),
            Case("$[?count('a')==1]", .illTyped, 10, "a query"),
            Case("$[?count(length(@))==1]", .illTyped, 10, "gives a value"),
            Case("$[?value(true)==1]", .illTyped, 10, "a query"), Case("$[?length(@.*)==1]", .illTyped, 11, "several"),
            Case("$[?length(match(@,'a'))==1]", .illTyped, 11, "gives a condition"),
            Case("$[?match(@.*,'a')]", .illTyped, 10, "several"),
            Case("$[?match(@,@.*)]", .illTyped, 12, "several"),
            Case("$[?count(@.a==1)==1]", .illTyped, 10, "not a condition"),
            Case("$[?count((@.a))==1]", .illTyped, 10, "not a condition"),
            Case("$[?count(!@.a)==1]", .illTyped, 10, "not a condition"),
            Case("$[?length(@.a&&@.b)==1]", .illTyped, 11, "not a condition"),
            Case("$[?match(1==1,'a')]", .illTyped, 10, "not a condition"),
            Case("$[?foo(@)]", .unknownFunction, 4, "length, count, match, search, value"),
            Case("$[?len(@.a)==1]", .unknownFunction, 4, "len()"), Case("$[?true(@)]", .unknownFunction, 4, "true()"),
            Case("$[?length (@)==1]", .syntax, 4, "followed by \"(\""),
            Case("$[?Length(@)==1]", .syntax, 4, "found \"L\""),
            Case("$[?match(@,)]", .syntax, 12, "found \")\""), Case("$[?match(,@)]", .syntax, 10, "found \",\""),
            Case("$[?match(@ 'a')]", .syntax, 12, "found \"'\""),
            Case("$[?match(@,'a']", .syntax, 15, "\",\" or \")\""),
            Case("$[?count(@.*]", .syntax, 13, "\",\" or \")\""), Case("$[?_f(@)]", .syntax, 4, "found \"_\""),
            Case("$.length()", .syntax, 9, "found \"(\""),
        ])
    func types(_ example: Case) throws {
        try expect(example)
    }

    private func expect(_ example: Case) throws {
        let error = try refusal(example.text)
        #expect(error.kind == example.kind)
        #expect(error.position == example.position)
        #expect("\(error.message) \(error.hint ?? "")".contains(example.words), "\(error)")
        let rest = String(
            String.UnicodeScalarView(Array(example.text.unicodeScalars).dropFirst(error.position - 1).prefix(20)))
        #expect(error.excerpt == rest)
        #expect(!error.message.hasSuffix("."))
    }

    @Test("columns count Unicode scalars")
    func columns() throws {
        #expect(try refusal("$['e\u{301}😀'].&").position == 10)
        let error = try refusal("$.a[?@.b = 1]")
        #expect(error.description == "10: expected \",\" or \"]\", found \"=\" (equality is written ==)")
    }

    @Test("a long word is cut short in the message")
    func longWord() throws {
        let word = String(repeating: "a", count: 5_000)
        #expect(try refusal("$[?\(word)]").description.count < 300)
        #expect(try refusal("$[?\(word)(@)]").description.count < 300)
    }
}
