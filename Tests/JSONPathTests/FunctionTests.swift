import JSON
import JSONPath
import Testing

/// The five functions (RFC 9535 sections 2.4.4 to 2.4.8).
@Suite("JSONPath: functions", .timeLimit(.minutes(1)))
struct FunctionTests {
    private func holds(_ expression: String, _ text: String) throws -> Bool {
        try !nodes("$[?\(expression)]", document("[\(text)]")).isEmpty
    }

    @Test(
        "length counts scalars, elements and members",
        arguments: [
            (#""""#, 0), (#""abc""#, 3), (#""é""#, 1), (#""e\u0301""#, 2), (#""😀""#, 1), (#""\ud83d\ude00""#, 1),
            (#""\n\"""#, 2), ("[]", 0), ("[1, [2, 3]]", 2), ("{}", 0), (#"{"a": {"b": 1}}"#, 1),
        ])
    func length(_ text: String, _ length: Int) throws {
        #expect(try holds("length(@) == \(length)", text))
        #expect(try !holds("length(@) != \(length)", text))
    }

    @Test("length of anything else is nothing", arguments: ["1", "true", "null", "-0.5"])
    func noLength(_ text: String) throws {
        #expect(try holds("length(@) == @.nothing", text))
        #expect(try !holds("length(@) >= 0 || length(@) < 0", text))
    }

    @Test("count counts nodes, twice where they are selected twice")
    func count() throws {
        let text = #"{"a": [1, 2, 2], "b": {"a": 1}}"#
        let counts = [
            ("@", 1), ("@.a", 1), ("@.none", 0), ("@.a[*]", 3), ("@.a[0, 0]", 2), ("@..a", 2), ("@..*", 6),
            ("@.a[?@ == 2]", 2), ("$", 1), ("$..*", 7),
        ]
        for (query, count) in counts { #expect(try holds("count(\(query)) == \(count)", text), "\(query)") }
    }

    @Test("value is the only node, or nothing")
    func value() throws {
        let text = #"{"a": [1], "b": [1, 1]}"#
        #expect(try holds("value(@.a[*]) == 1", text))
        #expect(try holds("value(@.b[*]) == value(@.none)", text))
        #expect(try holds("value(@.b[*]) != 1", text))
        #expect(try holds("value(@.a) == @.a", text))
        #expect(try holds("length(value(@..b)) == 2", text))
    }

    @Test(
        "match is about all of a text, search about a part",
        arguments: [
            (#""ab""#, "'ab'", true, true), (#""xaby""#, "'ab'", false, true), (#""a\nb""#, "'a.b'", false, false),
            (#""ab""#, "'^ab$'", true, true), (#""😀""#, "'.'", true, true), (#""\ud83d\ude00""#, "'.'", true, true),
            (#""""#, "''", true, true), (#""x""#, "''", false, true), ("1", "'1'", false, false),
            ("null", "'.*'", false, false), (#"["ab"]"#, "'ab'", false, false), (#""ab""#, "1", false, false),
            (#""ab""#, "@.none", false, false), (#""ab""#, "null", false, false), (#""a1""#, #"'a\\d'"#, false, false),
            (#""a(""#, "'a('", false, false), (#""ab""#, #"'\\p{L}+'"#, true, true),
            (#""a.c""#, #"'a\\.c'"#, true, true),
            (#""ab""#, "\"ab\"", true, true),
        ])
    func patterns(_ text: String, _ pattern: String, _ all: Bool, _ part: Bool) throws {
        #expect(try holds("match(@, \(pattern))", text) == all)
        #expect(try holds("search(@, \(pattern))", text) == part)
        #expect(try holds("!match(@, \(pattern))", text) == !all)
    }

    @Test("patterns may come from the document")
    func dynamicPatterns() throws {
        let root = try document(#"{"patterns": ["a.", "[", "\\d", 5, null, "b"], "values": ["ab", "b", "xab"]}"#)
        #expect(try values("$.values[?match(@, $.patterns[0])]", root) == [#""ab""#])
        #expect(try values("$.values[?search(@, $.patterns[0])]", root) == [#""ab""#, #""xab""#])
        for place in 1...4 { #expect(try values("$.values[?search(@, $.patterns[\(place)])]", root) == []) }
        #expect(try values("$.patterns[?match('b', @)]", root) == [#""b""#])
        #expect(try values("$.values[?match('ab', value($.patterns[?@ == 'a.']))]", root).count == 3)
    }

    @Test("patterns from the document that are refused match nothing and are counted, each once")
    func refusedPatterns() throws {
        let long = String(repeating: "a", count: 300)
        let root = try document(#"{"patterns": ["(", "(", "\\p{L}{999}", "\#(long)", "a"], "text": "a"}"#)
        let query = try JSONPathQuery.parse("$.patterns[?match($.text, @)]")
        var budget = VisitBudget()
        #expect(try query.evaluate(root: root, current: root, budget: &budget).count == 1)
        #expect(budget.refusedPatterns == 3)
    }

    @Test("more patterns than are kept are compiled again and still right")
    func manyPatterns() throws {
        let patterns = (0..<40).map { "\"x\($0)\"" } + ["\"x0\""]
        let root = try document("[\(patterns.joined(separator: ","))]")
        #expect(try paths("$[?match('x0', @)]", root) == ["$[0]", "$[40]"])
    }
}
