import JSON
import Testing

/// What the grammar of RFC 8259 accepts and refuses, and where the parser points.
@Suite("JSON parser", .timeLimit(.minutes(2)))
struct ParserTests {
    @Test(
        "accepts the grammar",
        arguments: [
            "{}", "[]", "\"\"", "0", "-0", "-0.5e+10", "1E400", "true", "false", "null", " \t\r\n{ } ",
            #"{"a":[1,2,{"b":null}],"c":"\u00e9\n\/"}"#, #""\ud83d\ude00""#, #""\uD800""#, "\"\u{7F}\"", "[[[[]]]]",
            "1e999999999", "\"\u{10FFFF}\"", #"{"":0}"#,
        ])
    func accepts(text: String) throws {
        let document = try JSONDocument.parse(text)
        #expect(try JSONDocument.parse(document.root.text()).root.isEqual(to: document.root) || text.contains("D800"))
    }

    @Test(
        "refuses what is not JSON, where it is wrong",
        arguments: [
            ("", 1, 1), ("   ", 1, 4), ("{", 1, 2), ("[1,]", 1, 4), ("[1 2]", 1, 4), ("{\"a\" 1}", 1, 6),
            ("{a:1}", 1, 2), ("{\"a\":1,}", 1, 8), ("01", 1, 1), ("-", 1, 1), ("1.", 1, 3), (".5", 1, 1),
            ("1e", 1, 3), ("+1", 1, 1), ("NaN", 1, 1), ("tru", 1, 1), ("\"abc", 1, 1), ("\"\\x\"", 1, 2),
            ("\"\\u12g4\"", 1, 2), ("\"\\", 1, 2), ("\"a\u{1}b\"", 1, 3), ("[1]\n]", 2, 1), ("{}x", 1, 3),
            ("[\n  1,\n  \u{e9}]", 3, 3), ("{\"é\": x}", 1, 7), ("\u{FEFF}{}", 1, 1), ("[}", 1, 2), ("{]", 1, 2),
            ("'a'", 1, 1), ("[1}", 1, 3), ("// c\n1", 1, 1), ("-01", 1, 1), ("nul", 1, 1), ("[", 1, 2),
        ])
    func refuses(text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONError.self) { _ = try JSONDocument.parse(text) }
        #expect(error?.position.line == line)
        #expect(error?.position.column == column)
        #expect(error?.fault == .syntax)
        #expect(error?.message.isEmpty == false)
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0x81], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
            [0xF0, 0x9F, 0x98], [0xC3], [0xE2, 0x82, 0x28],
        ] as [[UInt8]])
    func refusesInvalidUTF8(bytes: [UInt8]) {
        for wrapped in [[0x22] + bytes + [0x22], [0x22, 0x5C, 0x6E] + bytes + [0x22], [0x22] + bytes] {
            let error = #expect(throws: JSONError.self) { _ = try JSONDocument.parse(wrapped) }
            #expect(error?.fault == .notUTF8)
        }
    }

    @Test("limits size and depth, and says so")
    func limits() throws {
        let limits = JSONLimits(bytes: 20, depth: 3)
        _ = try JSONDocument.parse("[[[1]]]", limits: limits)
        let deep = #expect(throws: JSONError.self) { _ = try JSONDocument.parse("[[[[1]]]]", limits: limits) }
        #expect(deep?.fault == .tooDeep)
        #expect(deep?.position.column == 4)
        let big = #expect(throws: JSONError.self) {
            _ = try JSONDocument.parse("\"123456789012345678901\"", limits: limits)
        }
        #expect(big?.fault == .tooBig)
    }

    @Test("a document of a million brackets is refused, and one at the deepest limit is freed without recursion")
    func deep() throws {
        let brackets = [UInt8](repeating: 0x5B, count: 1_000_000)
        let error = #expect(throws: JSONError.self) {
            _ = try JSONDocument.parse(brackets, limits: JSONLimits(depth: .max))
        }
        #expect(error?.fault == .tooDeep)
        let depth = JSONLimits.deepestDepth
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let document = try JSONDocument.parse(text, limits: JSONLimits(depth: .max))
        #expect(document.root.text() == text)
    }

    @Test(
        "sees a name given twice, however it is spelled",
        arguments: [
            (#"{"a":1,"a":2}"#, 8), (#"{"a":1,"\u0061":2}"#, 8), (#"{"x":{"é":1,"\u00E9":2}}"#, 13),
            (#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":0,"k":1,"l":2,"m":3,"a":4}"#, 80),
        ])
    func duplicates(text: String, column: Int) throws {
        let error = #expect(throws: JSONError.self) { _ = try JSONDocument.parse(text) }
        #expect(error?.fault == .duplicateMember)
        #expect(error?.position.column == column)
        _ = try JSONDocument.parse(text, limits: JSONLimits(refusesDuplicates: false))
    }

    @Test(
        "names whose hashes collide are told apart", arguments: [("costarring", "liquid"), ("declinate", "macallums")])
    func collidingNames(names: (String, String)) throws {
        // Known collisions of 32-bit FNV-1a.
        let (first, second) = (names.0, names.1)
        let hashes = try [first, second].map { try JSONDocument.parse("\"\($0)\"").root.stringHash }
        #expect(hashes[0] == hashes[1])
        let document = try JSONDocument.parse("{\"\(first)\":1,\"\(second)\":2}")
        #expect(document.root[first]?.number?.text == "1")
        #expect(document.root[second]?.number?.text == "2")
        #expect(document.root["\(first)x"] == nil)
    }

    @Test("many members with many repeats of one hash stay quick", .timeLimit(.minutes(1)))
    func manyMembers() throws {
        let members = (0..<100_000).map { "\"member \($0)\":\($0)" }.joined(separator: ",")
        let document = try JSONDocument.parse("{\(members)}")
        #expect(document.root.count == 100_000)
        #expect(throws: JSONError.self) { _ = try JSONDocument.parse("{\(members),\"member 7\":0}") }
    }
}
