import JSON
import JSONPath
import Testing

/// Normalized paths (RFC 9535 section 2.7).
@Suite("JSONPath: normalized paths", .timeLimit(.minutes(1)))
struct NormalizedPathTests {
    @Test(
        "names are escaped where they must be and nowhere else",
        arguments: [
            ("a", "$['a']"), ("", "$['']"), ("'", #"$['\'']"#), ("\"", #"$['"']"#), ("\\", #"$['\\']"#),
            ("/", "$['/']"), ("\u{8}\u{9}\u{A}\u{C}\u{D}", #"$['\b\t\n\f\r']"#), ("\u{0}", #"$['\u0000']"#),
            ("\u{B}", #"$['\u000b']"#), ("\u{1F}", #"$['\u001f']"#), ("\u{7F}", "$['\u{7F}']"),
            ("\u{2028}", "$['\u{2028}']"), ("имя 😀", "$['имя 😀']"), ("$.a", "$['$.a']"),
        ])
    func names(_ name: String, _ text: String) throws {
        #expect(NormalizedPath([.name(name)]).description == text)
        let query = try JSONPathQuery.parse(text)
        #expect(query.query.description == text)
    }

    @Test("places of a document")
    func places() throws {
        let root = try document(#"{"a": [{"b": [1, 2]}, []], "c'": null}"#)
        #expect(
            try paths("$..*", root) == [
                "$['a']", #"$['c\'']"#, "$['a'][0]", "$['a'][1]", "$['a'][0]['b']", "$['a'][0]['b'][0]",
                "$['a'][0]['b'][1]",
            ])
        #expect(root.normalizedPath.description == "$")
        #expect(NormalizedPath([]).description == "$")
        #expect(NormalizedPath([.index(0), .name("x"), .index(12)]).description == "$[0]['x'][12]")
    }
}
