import JSON
import JSONPath
import Testing

/// The documents and tables of RFC 9535 itself, section by section.
@Suite("JSONPath: examples of RFC 9535", .timeLimit(.minutes(1)))
struct StandardExampleTests {
    /// A query and the values that the RFC's table gives for it.
    struct Case: Sendable, CustomTestStringConvertible {
        let query: String
        let values: [String]

        init(_ query: String, _ values: String...) {
            self.query = query
            self.values = values
        }

        var testDescription: String { query }
    }

    private func check(_ example: Case, _ text: String) throws {
        #expect(try values(example.query, document(text)) == example.values.map { try document($0).text() })
    }

    private static let store = #"""
        {"store": {
          "book": [
            {"category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95},
            {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99},
            {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
            {"category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99}
          ],
          "bicycle": {"color": "red", "price": 399}
        }}
        """#

    @Test(
        "section 1.5",
        arguments: [
            Case(
                "$.store.book[*].author", #""Nigel Rees""#, #""Evelyn Waugh""#, #""Herman Melville""#,
                #""J. R. R. Tolkien""#),
            Case("$..author", #""Nigel Rees""#, #""Evelyn Waugh""#, #""Herman Melville""#, #""J. R. R. Tolkien""#),
            Case("$.store..price", "8.95", "12.99", "8.99", "22.99", "399"),
            Case("$..book[2].author", #""Herman Melville""#),
            Case("$..book[2].publisher"),
            Case("$..book[-1].title", #""The Lord of the Rings""#),
            Case("$..book[0,1].title", #""Sayings of the Century""#, #""Sword of Honour""#),
            Case("$..book[:2].title", #""Sayings of the Century""#, #""Sword of Honour""#),
            Case("$..book[?@.isbn].title", #""Moby Dick""#, #""The Lord of the Rings""#),
            Case("$..book[?@.price<10].title", #""Sayings of the Century""#, #""Moby Dick""#),
        ])
    func overview(_ example: Case) throws {
        try check(example, Self.store)
    }

    @Test("section 1.5: everything")
    func everything() throws {
        let root = try document(Self.store)
        #expect(try nodes("$..*", root).count == 27)
        #expect(try paths("$.store.*", root) == ["$['store']['book']", "$['store']['bicycle']"])
    }

    @Test(
        "section 2.3.1: names",
        arguments: [
            Case("$.o['j j']", #"{"k.k": 3}"#), Case("$.o['j j']['k.k']", "3"), Case(#"$.o["j j"]["k.k"]"#, "3"),
            Case(#"$["'"]["@"]"#, "2"),
        ])
    func names(_ example: Case) throws {
        try check(example, #"{"o": {"j j": {"k.k": 3}}, "'": {"@": 2}}"#)
    }

    @Test(
        "section 2.3.4: slices",
        arguments: [
            Case("$[1:3]", #""b""#, #""c""#), Case("$[5:]", #""f""#, #""g""#), Case("$[1:5:2]", #""b""#, #""d""#),
            Case("$[5:1:-2]", #""f""#, #""d""#),
            Case("$[::-1]", #""g""#, #""f""#, #""e""#, #""d""#, #""c""#, #""b""#, #""a""#),
        ])
    func slices(_ example: Case) throws {
        try check(example, #"["a", "b", "c", "d", "e", "f", "g"]"#)
    }

    @Test(
        "section 2.3.5: comparisons",
        arguments: [
            ("$.absent1 == $.absent2", true), ("$.absent1 <= $.absent2", true), ("$.absent == 'g'", false),
            ("$.absent1 != $.absent2", false), ("$.absent != 'g'", true), ("1 <= 2", true), ("1 > 2", false),
            ("13 == '13'", false), ("'a' <= 'b'", true), ("'a' > 'b'", false), ("$.obj == $.arr", false),
            ("$.obj != $.arr", true), ("$.obj == $.obj", true), ("$.obj != $.obj", false), ("$.arr == $.arr", true),
            ("$.arr != $.arr", false), ("$.obj == 17", false), ("$.obj != 17", true), ("$.obj <= $.arr", false),
            ("$.obj < $.arr", false), ("$.obj <= $.obj", true), ("$.arr <= $.arr", true), ("1 <= $.arr", false),
            ("1 >= $.arr", false), ("1 > $.arr", false), ("1 < $.arr", false), ("true <= true", true),
            ("true > true", false),
        ])
    func comparisons(_ expression: String, _ holds: Bool) throws {
        let root = try document(#"{"obj": {"x": "y"}, "arr": [2, 3]}"#)
        #expect(try nodes("$[?\(expression)]", root).count == (holds ? 2 : 0))
    }

    @Test(
        "section 2.3.5: filters",
        arguments: [
            Case("$.a[?@.b == 'kilo']", #"{"b": "kilo"}"#), Case("$.a[?(@.b == 'kilo')]", #"{"b": "kilo"}"#),
            Case("$.a[?@>3.5]", "5", "4", "6"),
            Case("$.a[?@.b]", #"{"b": "j"}"#, #"{"b": "k"}"#, #"{"b": {}}"#, #"{"b": "kilo"}"#),
            Case(
                "$[?@.*]", #"[3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}]"#,
                #"{"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}"#),
            Case("$[?@[?@.b]]", #"[3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}]"#),
            Case("$.o[?@<3, ?@<3]", "1", "2", "1", "2"), Case("$.a[?@<2 || @.b == 'k']", "1", #"{"b": "k"}"#),
            Case("$.a[?match(@.b, '[jk]')]", #"{"b": "j"}"#, #"{"b": "k"}"#),
            Case("$.a[?search(@.b, '[jk]')]", #"{"b": "j"}"#, #"{"b": "k"}"#, #"{"b": "kilo"}"#),
            Case("$.o[?@>1 && @<4]", "2", "3"),
            Case("$.o[?@.u || @.x]", #"{"u": 6}"#), Case("$.a[?@.b == $.x]", "3", "5", "1", "2", "4", "6"),
            Case(
                "$.a[?@ == @]", "3", "5", "1", "2", "4", "6", #"{"b": "j"}"#, #"{"b": "k"}"#, #"{"b": {}}"#,
                #"{"b": "kilo"}"#),
        ])
    func filters(_ example: Case) throws {
        try check(
            example,
            #"{"a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}], "o": {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}, "e": "f"}"#
        )
    }

    @Test(
        "section 2.4.3: well-typed or not",
        arguments: [
            ("length(@) < 3", true), ("length(@.*) < 3", false), ("count(@.*) == 1", true), ("count(1) == 1", false),
            ("count(foo(@.*)) == 1", false), ("match(@.timezone, 'Europe/.*')", true),
            ("match(@.timezone, 'Europe/.*') == true", false), ("value(@..color) == \"red\"", true),
            ("value(@..color)", false), ("bar(@.a)", false), ("bnl(@.*)", false), ("blt(1==1)", false),
        ])
    func types(_ expression: String, _ isValid: Bool) {
        #expect(((try? JSONPathQuery.parse("$[?\(expression)]")) != nil) == isValid)
    }

    @Test(
        "section 2.6: null is a value",
        arguments: [
            Case("$.a", "null"), Case("$.a[0]"), Case("$.a.d"), Case("$.b[0]", "null"), Case("$.b[*]", "null"),
            Case("$.b[?@]", "null"), Case("$.b[?@==null]", "null"), Case("$.c[?@.d==null]"), Case("$.null", "1"),
        ])
    func null(_ example: Case) throws {
        try check(example, #"{"a": null, "b": [null], "c": [{}], "null": 1}"#)
    }

    @Test(
        "section 2.7: normalized paths",
        arguments: [
            ("$.a", "$['a']"), ("$[1]", "$[1]"), ("$[-3]", "$[2]"), ("$.a.b[1:2]", "$['a']['b'][1]"),
            (#"$["\u000B"]"#, #"$['\u000b']"#), (#"$["\u0061"]"#, "$['a']"),
        ])
    func normalizedPaths(_ query: String, _ path: String) throws {
        let roots = [#"{"a": {"b": [0, 1]}, "\u000b": 1}"#, "[0, 1, 2, 3, 4]"]
        #expect(try roots.contains { try paths(query, document($0)) == [path] })
    }
}
