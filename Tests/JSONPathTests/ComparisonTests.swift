import JSON
import JSONPath
import Testing

/// Comparisons (RFC 9535 section 2.3.5.2.2), each asked of a document with one element.
@Suite("JSONPath: comparisons", .timeLimit(.minutes(1)))
struct ComparisonTests {
    private func holds(_ left: String, _ sign: String, _ right: String, _ text: String) throws -> Bool {
        try !nodes("$[?\(left) \(sign) \(right)]", document("[\(text)]")).isEmpty
    }

    /// Two comparands and how they stand: `=` equal, `<` less, `>` greater, `#` unequal without order, `~` equal without order.
    struct Case: Sendable, CustomTestStringConvertible {
        let left: String
        let relation: Character
        let right: String
        let document: String

        init(_ left: String, _ relation: Character, _ right: String, in document: String = "null") {
            self.left = left
            self.relation = relation
            self.right = right
            self.document = document
        }

        var testDescription: String { "\(left) \(relation) \(right) in \(document)" }
    }

    @Test(
        "all six operators follow from equality and order",
        arguments: [
            // nothing equals nothing, and nothing else
            Case("@.a", "~", "@.b"), Case("@.a", "#", "@.b", in: #"{"b": null}"#), Case("@.a", "#", "null"),
            Case("@.a", "#", "0"), Case("@.a", "#", "''"), Case("@.a", "#", "false"),
            Case("@.a", "~", "value(@.*)"), Case("length(@)", "~", "@.x"), Case("length(null)", "~", "length(1)"),
            // null, true and false are equal to themselves and have no order
            Case("null", "~", "null"), Case("true", "~", "true"), Case("false", "#", "true"),
            Case("null", "#", "false"), Case("@", "~", "null"), Case("@.a", "~", "true", in: #"{"a": true}"#),
            // numbers
            Case("1", "<", "2"), Case("2", ">", "1"), Case("1", "=", "1.0"), Case("1", "=", "1e0"),
            Case("100", "=", "1E2"), Case("0", "=", "-0"), Case("-0.0", "=", "0e5"), Case("-2", "<", "-1"),
            Case("10", ">", "9"), Case("1.5", "<", "1.50000000000000000001"), Case("0.1", "=", "1e-1"),
            Case("1e400", "<", "1e401"), Case("-1e400", "<", "1e-400"),
            Case("9007199254740993", ">", "9007199254740992"),
            Case("12345678901234567890", "<", "12345678901234567891"),
            Case("99999999999999999", "=", "99999999999999999.0"),
            Case("999999999999999999", "<", "1000000000000000000"),
            Case("-99999999999999999", ">", "-999999999999999999"), Case("1e99999999999999999999", ">", "1e9999"),
            Case("0.1", "=", "@", in: "0.100"), Case("@[0]", "<", "@[1]", in: "[9007199254740992, 9007199254740993]"),
            // kinds do not mix
            Case("1", "#", "'1'"), Case("0", "#", "false"), Case("''", "#", "null"), Case("1", "#", "true"),
            Case("@", "#", "'[]'", in: "[]"), Case("@", "#", "0", in: "[]"), Case("@[0]", "#", "@[1]", in: "[[], {}]"),
            // texts, by Unicode scalars
            Case("'a'", "<", "'b'"), Case("'a'", "=", "'a'"), Case("'a'", "<", "'aa'"), Case("''", "<", "'a'"),
            Case("'Z'", "<", "'a'"), Case("'10'", "<", "'9'"), Case("'\u{FFFF}'", "<", "'😀'"),
            Case("'é'", ">", "'e\u{301}'"), Case("'z'", "<", "'é'"), Case("'a'", "=", #""\u0061""#),
            Case("@", "=", "'a'", in: #""\u0061""#), Case("@[0]", "=", "@[1]", in: #"["\u00e9", "é"]"#),
            Case("@[0]", "<", "@[1]", in: #"["a\u0000", "a\u0001"]"#), Case("@", "=", #"'\u0000'"#, in: #""\u0000""#),
            Case("@[0]", "=", "@[1]", in: #"["/", "\/"]"#), Case("@", "=", #"'"\''"#, in: #""\"'""#),
            // arrays and objects: equal as deep as they go, no order
            Case("@[0]", "~", "@[1]", in: "[[], []]"), Case("@[0]", "~", "@[1]", in: "[[1, [2]], [1.0, [2e0]]]"),
            Case("@[0]", "#", "@[1]", in: "[[1, 2], [2, 1]]"), Case("@[0]", "#", "@[1]", in: "[[1], [1, 1]]"),
            Case("@[0]", "~", "@[1]", in: #"[{"a": 1, "b": 2}, {"b": 2, "a": 1}]"#),
            Case("@[0]", "#", "@[1]", in: #"[{"a": 1}, {"a": 2}]"#),
            Case("@[0]", "#", "@[1]", in: #"[{"a": 1}, {"b": 1}]"#),
            Case("@[0]", "#", "@[1]", in: #"[{"a": null}, {}]"#),
            Case("@[0]", "~", "@[1]", in: #"[{"\u0061": {"x": [1]}}, {"a": {"x": [1]}}]"#),
            Case("@[0]", "#", "@[1]", in: #"[{"é": 1}, {"e\u0301": 1}]"#),
            Case("@[0]", "#", "@[1]", in: #"[{"a": 1, "b": 1}, {"a": 1, "c": 1}]"#),
            Case("@", "~", "@", in: #"{"a": [1, {"b": null}]}"#), Case("@[0]", "#", "@[1]", in: #"[["1"], [1]]"#),
            Case("@[0]", "~", "@[1]", in: #"[{"a": 1, "a": 2}, {"a": 1, "a": 2}]"#),
            // functions give numbers
            Case("length('abc')", "=", "3"), Case("count(@.*)", "<", "3", in: "[1, 2]"),
            Case("length(@)", "=", "count(@.*)", in: "[1, 2]"), Case("length(@)", ">", "1.5", in: "\"ab\""),
            Case("count(@..a)", "=", "0.0"),
        ])
    func relations(_ example: Case) throws {
        let signs: Set<String> =
            switch example.relation {
            case "=": ["==", "<=", ">="]
            case "~": ["==", "<=", ">="]
            case "<": ["!=", "<", "<="]
            case ">": ["!=", ">", ">="]
            default: ["!="]
            }
        for sign in ["==", "!=", "<", "<=", ">", ">="] {
            #expect(try holds(example.left, sign, example.right, example.document) == signs.contains(sign), "\(sign)")
        }
        let mirrored = ["==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="]
        for (sign, mirror) in mirrored {
            #expect(
                try holds(example.right, mirror, example.left, example.document) == signs.contains(sign),
                "mirrored \(sign)")
        }
    }

    @Test("bytes of a transport header are present and equal to nothing, not even themselves")
    func opaque() throws {
        var builder = JSONBuilder()
        builder.beginArray()
        builder.opaque()
        builder.endArray()
        let root = try builder.finish().root
        #expect(try nodes("$[?@]", root).count == 1)
        #expect(try nodes("$[?@ == @]", root).isEmpty)
        #expect(try nodes("$[?@ == null]", root).isEmpty)
        #expect(try nodes("$[?@ != null]", root).count == 1)
        #expect(try nodes("$[?length(@) == 4]", root).isEmpty)
        #expect(try nodes("$[?$ == $]", root).isEmpty)
    }

    @Test("large objects in different orders compare equal")
    func largeObjects() throws {
        let names = (0..<500).map { "\"name \($0)\": [\($0)]" }
        let root = try document("[{\(names.joined(separator: ","))}, {\(names.reversed().joined(separator: ","))}]")
        #expect(try nodes("$[?@ == $[0]]", root).count == 2)
        let changed = try document(
            "[{\(names.joined(separator: ","))}, {\(names.dropLast().joined(separator: ",")), \"x\": 1}]")
        #expect(try nodes("$[?@ == $[0]]", changed).count == 1)
    }
}
