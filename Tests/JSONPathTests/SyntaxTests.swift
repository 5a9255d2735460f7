import JSONPath
import Testing

/// The grammar of RFC 9535 appendix A: what is accepted, and how it reads back.
@Suite("JSONPath: syntax", .timeLimit(.minutes(1)))
struct SyntaxTests {
    /// A query and its canonical text.
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let canonical: String

        init(_ text: String, _ canonical: String) {
            self.text = text
            self.canonical = canonical
        }

        var testDescription: String { text }
    }

    @Test(
        "segments and selectors",
        arguments: [
            Case("$", "$"), Case("$.a", "$['a']"), Case("$.a.b", "$['a']['b']"), Case("$['a'].b[0]", "$['a']['b'][0]"),
            Case("$._a9", "$['_a9']"), Case("$.имя", "$['имя']"), Case("$.é", "$['é']"), Case("$.😀", "$['😀']"),
            Case("$.\u{80}", "$['\u{80}']"),
            Case("$.true", "$['true']"), Case("$.null.in", "$['null']['in']"), Case("$.length", "$['length']"),
            Case("$.*", "$[*]"), Case("$[*].*", "$[*][*]"), Case("$..a", "$..['a']"), Case("$..*", "$..[*]"),
            Case("$..[0]", "$..[0]"),
            Case("$..a..b", "$..['a']..['b']"), Case("$..[?@.a]", "$..[?@['a']]"),
            Case("$['a','b',0,-1,*,1:2]", "$['a', 'b', 0, -1, *, 1:2]"),
            Case("$[\"a\"]", "$['a']"), Case("$['']", "$['']"), Case("$['*']", "$['*']"), Case("$['$.a']", "$['$.a']"),
        ])
    func segments(_ example: Case) throws {
        try expectCanonical(example)
    }

    @Test(
        "white space is free between segments, selectors, operators and arguments",
        arguments: [
            Case("$ .a", "$['a']"), Case("$\n.a\t['b']\r[0]", "$['a']['b'][0]"), Case("$ ..a", "$..['a']"),
            Case("$[ 'a' , 'b' ]", "$['a', 'b']"),
            Case("$[ 1 : 2 : 3 ]", "$[1:2:3]"), Case("$[ : : ]", "$[:]"), Case("$[1 :]", "$[1:]"),
            Case("$[ ? @.a ]", "$[?@['a']]"),
            Case("$[?@ .a]", "$[?@['a']]"), Case("$[? ! @.a]", "$[?!@['a']]"), Case("$[? ( @.a ) ]", "$[?@['a']]"),
            Case("$[?@.a==1&&@.b==2]", "$[?@['a'] == 1 && @['b'] == 2]"),
            Case("$[?@.a  ==  1  ||  @.b]", "$[?@['a'] == 1 || @['b']]"),
            Case("$[?match( @.a , 'x' )]", "$[?match(@['a'], 'x')]"),
            Case("$[?count( @.* ) > 1]", "$[?count(@[*]) > 1]"),
            Case("$[?@[ 'a' ] == 1]", "$[?@['a'] == 1]"),
        ])
    func whiteSpace(_ example: Case) throws {
        try expectCanonical(example)
    }

    @Test(
        "integers and slices",
        arguments: [
            Case("$[0]", "$[0]"), Case("$[10]", "$[10]"), Case("$[-1]", "$[-1]"),
            Case("$[9007199254740991]", "$[9007199254740991]"),
            Case("$[-9007199254740991]", "$[-9007199254740991]"), Case("$[:]", "$[:]"), Case("$[::]", "$[:]"),
            Case("$[1:]", "$[1:]"),
            Case("$[:1]", "$[:1]"), Case("$[1:2]", "$[1:2]"), Case("$[1:2:]", "$[1:2]"), Case("$[1:2:1]", "$[1:2]"),
            Case("$[::-1]", "$[::-1]"),
            Case("$[::0]", "$[::0]"), Case("$[-3:-1:2]", "$[-3:-1:2]"),
        ])
    func integers(_ example: Case) throws {
        try expectCanonical(example)
    }

    @Test(
        "texts and their escapes",
        arguments: [
            Case(#"$['\b\f\n\r\t']"#, #"$['\b\f\n\r\t']"#), Case(#"$['\/']"#, "$['/']"), Case(#"$['\\']"#, #"$['\\']"#),
            Case(#"$['\'']"#, #"$['\'']"#), Case(#"$['"']"#, #"$['"']"#), Case(#"$["'"]"#, #"$['\'']"#),
            Case(#"$["\""]"#, #"$['"']"#),
            Case(#"$['\u0061']"#, "$['a']"), Case(#"$['\u00e9\u00E9']"#, "$['éé']"),
            Case(#"$['\uD83D\uDE00']"#, "$['😀']"),
            Case(#"$['\ud83d\ude00']"#, "$['😀']"), Case(#"$['\uD7FF\uE000']"#, "$['\u{D7FF}\u{E000}']"),
            Case(#"$['\u0000\u001f']"#, #"$['\u0000\u001f']"#),
            Case(#"$['\u000b']"#, #"$['\u000b']"#), Case(#"$['\u0022\u0027\u005c']"#, #"$['"\'\\']"#),
            Case("$['\u{7F}']", "$['\u{7F}']"),
            Case("$['\u{FFFF}']", "$['\u{FFFF}']"), Case("$['😀']", "$['😀']"), Case("$['e\u{301}']", "$['e\u{301}']"),
        ])
    func texts(_ example: Case) throws {
        try expectCanonical(example)
    }

    @Test(
        "filters",
        arguments: [
            Case("$[?@]", "$[?@]"), Case("$[?$]", "$[?$]"), Case("$[?@.a.b[0]]", "$[?@['a']['b'][0]]"),
            Case("$[?@..a]", "$[?@..['a']]"),
            Case("$[?@.a=='x']", "$[?@['a'] == 'x']"), Case("$[?'x'==@.a]", "$[?'x' == @['a']]"),
            Case("$[?1==1]", "$[?1 == 1]"),
            Case("$[?@.a!=null]", "$[?@['a'] != null]"), Case("$[?@.a<true]", "$[?@['a'] < true]"),
            Case("$[?@.a>=false]", "$[?@['a'] >= false]"),
            Case("$[?@==$.a]", "$[?@ == $['a']]"), Case("$[?@.a==1.50]", "$[?@['a'] == 1.50]"),
            Case("$[?@.a==-0]", "$[?@['a'] == -0]"),
            Case("$[?@.a==-0.0e-0]", "$[?@['a'] == -0.0e-0]"), Case("$[?@.a==1E+02]", "$[?@['a'] == 1E+02]"),
            Case("$[?@.a||@.b&&@.c]", "$[?@['a'] || @['b'] && @['c']]"),
            Case("$[?(@.a||@.b)&&@.c]", "$[?(@['a'] || @['b']) && @['c']]"),
            Case("$[?@.a||(@.b||@.c)]", "$[?@['a'] || (@['b'] || @['c'])]"),
            Case("$[?@.a&&(@.b&&@.c)]", "$[?@['a'] && (@['b'] && @['c'])]"), Case("$[?((@.a))]", "$[?@['a']]"),
            Case("$[?!(@.a==1)]", "$[?!(@['a'] == 1)]"),
            Case("$[?!(@.a||@.b)]", "$[?!(@['a'] || @['b'])]"), Case("$[?!(!@.a)]", "$[?!(!@['a'])]"),
            Case("$[?!match(@,'a')]", "$[?!match(@, 'a')]"),
            Case("$[?@[?@.b==1]]", "$[?@[?@['b'] == 1]]"), Case("$[?@.a,?@.b]", "$[?@['a'], ?@['b']]"),
            Case("$[?length(@)==1]", "$[?length(@) == 1]"),
            Case("$[?length('abc')<length(@.a)]", "$[?length('abc') < length(@['a'])]"),
            Case("$[?count(@.*)==count($..a)]", "$[?count(@[*]) == count($..['a'])]"),
            Case("$[?length(value(@..a))>1]", "$[?length(value(@..['a'])) > 1]"),
            Case("$[?search(value(@.*),$.p)]", "$[?search(value(@[*]), $['p'])]"),
            Case("$[?match(1,null)]", "$[?match(1, null)]"), Case("$[?value(@)==value($)]", "$[?value(@) == value($)]"),
        ])
    func filters(_ example: Case) throws {
        try expectCanonical(example)
    }

    private func expectCanonical(_ example: Case) throws {
        let query = try JSONPathQuery.parse(example.text)
        #expect(query.text == example.text && query.description == example.text)
        #expect(query.query.description == example.canonical)
        #expect(try JSONPathQuery.parse(example.canonical).query == query.query)
    }

    @Test("what a text may start with is the caller's choice")
    func starts() throws {
        #expect(try JSONPathQuery.parse("@.a", start: .either).origin == .current)
        #expect(try JSONPathQuery.parse("$.a", start: .either).origin == .root)
        #expect(try JSONPathQuery.parse("@[0]", start: .current).query.description == "@[0]")
        #expect(try refusal("@.a").message == "expected \"$\" at the start, found \"@\"")
        #expect(try refusal("$.a", start: .current).message == "expected \"@\" at the start, found \"$\"")
        #expect(try refusal("a.b", start: .either).message == "expected \"$\" or \"@\" at the start, found \"a\"")
        #expect(try refusal("", start: .either).position == 1)
    }

    @Test(
        "singular queries are those of names and single indexes",
        arguments: [
            ("$", true), ("@", true), ("$.a[0]['b'][-1]", true), ("$.*", false), ("$[0,1]", false),
            ("$['a','a']", false), ("$[0:1]", false),
            ("$..a", false), ("$[?@]", false), ("$.a[*].b", false),
        ])
    func singular(_ text: String, _ isSingular: Bool) throws {
        #expect(try JSONPathQuery.parse(text, start: .either).isSingular == isSingular)
    }

    @Test("depth is bounded, length too")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            "$" + String(repeating: "[?@", count: depth) + String(repeating: "]", count: depth)
        }
        func parentheses(_ depth: Int) -> String {
            "$[?" + String(repeating: "(", count: depth) + "@" + String(repeating: ")", count: depth) + "]"
        }
        func functions(_ depth: Int) -> String {
            "$[?" + String(repeating: "length(", count: depth) + "@" + String(repeating: ")", count: depth) + "==1]"
        }
        let most = JSONPathLimits.depth
        for text in [nested(most), parentheses(most - 1), functions(most - 1)] {
            let query = try JSONPathQuery.parse(text)
            #expect(try JSONPathQuery.parse(query.query.description).query == query.query)
        }
        for text in [nested(most + 1), parentheses(most), functions(most), nested(2_000), parentheses(8_000)] {
            #expect(try refusal(text).kind == .tooBig)
        }
        let chain = "$" + String(repeating: "[0]", count: 2_000)
        #expect(try JSONPathQuery.parse(chain).query.segments.count == 2_000)
        let long = try refusal("$." + String(repeating: "a", count: JSONPathLimits.length - 1))
        #expect(long.kind == .tooBig && long.position == JSONPathLimits.length + 1)
    }
}
