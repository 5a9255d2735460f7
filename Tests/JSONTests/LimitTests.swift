import JSON
import TestSupport
import Testing

/// The bounds of a reader, to the byte and to the bracket; and the places that its errors name.
@Suite("JSON limits and places", .timeLimit(.minutes(1)))
struct LimitTests {
    private func fault(_ text: String, _ limits: JSONLimits) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONDocument.parse(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test("as many bytes as allowed, and not one more", arguments: 0...12)
    func bytes(limit: Int) {
        let text = "[1, 2, 3]"
        let fault = fault(text, JSONLimits(bytes: limit))
        #expect(fault?.fault == (limit >= text.utf8.count ? nil : .tooBig))
        if let fault { #expect(fault.message == "the text has 9 bytes; at most \(limit) are allowed") }
    }

    @Test("as deep as allowed, and no deeper; objects and arrays count alike", arguments: 0...6)
    func depth(limit: Int) {
        for (text, depth) in [
            ("1", 0), ("[]", 1), ("{}", 1), ("[[]]", 2), (#"{"a": []}"#, 2), (#"[{"a": [{}]}, 1]"#, 4),
            ("[[], [], []]", 2),
            (#"{"a": {"b": {"c": {"d": {}}}}}"#, 5), ("[[[[[[]]]]]]", 6),
        ] {
            let found = fault(text, JSONLimits(depth: limit))
            #expect(found?.fault == (depth <= limit ? nil : .tooDeep), "\(text) at \(limit)")
        }
    }

    @Test("limits that nobody may exceed are held")
    func bounds() {
        #expect(JSONLimits(bytes: .max, depth: .max) == JSONLimits(bytes: 1 << 30, depth: 1_000))
        #expect(JSONLimits(bytes: -1, depth: -1) == JSONLimits(bytes: 0, depth: 0))
        let usual = JSONLimits()
        #expect(usual.bytes == 16 << 20 && usual.depth == 256 && usual.refusesDuplicates)
        #expect(fault("", JSONLimits(bytes: -5))?.fault == .syntax, "nothing is not too much")
    }

    @Test(
        "places found one by one, from the one before, and by hand agree", arguments: Fuzzing.seeds(from: 7, count: 10))
    func positions(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let signs = ["a", "é", "日", "😀", "\n", "\r\n", "\t", "e\u{301}", " "]
        let text = (0..<200).map { _ in random.pick(signs, or: "") }.joined()
        let bytes = Array(text.utf8)
        var walk = JSONPositions(bytes)
        for _ in 0..<100 {
            let offset = Int.random(in: -3...(bytes.count + 3), using: &random)
            let before = String(decoding: bytes.prefix(max(offset, 0)), as: UTF8.self)
            let found = JSONPosition(offset: offset, in: bytes)
            #expect(walk.position(at: offset) == found, "\(offset)")
            guard text.utf8.starts(with: before.utf8) else { continue }
            let lines = before.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(found.line == max(lines.count, 1))
            #expect(found.column == (lines.last?.count ?? 0) + 1)
        }
    }

    @Test("a value stands where its text stands, whatever is before it", arguments: Fuzzing.seeds(from: 20, count: 10))
    func offsets(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<20).map { _ in
            random.pick(
                ["1", "-2.5e3", "\"é😀\"", "\"\\u00e9\"", "[]", "{\"é\": 1}", "true", "null", "[ [ ] ]"], or: "0")
        }
        let gaps = values.map { _ in random.pick(["", " ", "\n", "\n\n  ", "\t"], or: "") }
        let text = "[" + zip(gaps, values).map { $0 + $1 }.joined(separator: ",") + "]"
        let root = try JSONDocument.parse(text).root
        #expect(root.count == values.count)
        var offset = 1
        for (element, (gap, value)) in zip(root.elements, zip(gaps, values)) {
            offset += gap.utf8.count
            #expect(element.offset == offset)
            offset += value.utf8.count
            #expect(element.endOffset == offset)
            #expect(String(decoding: element.rawBytes, as: UTF8.self) == value)
            offset += 1
        }
    }

    @Test(
        "the second of two equal names is the one that is told",
        arguments: [
            (#"{"a": 1, "b": 2, "a": 3}"#, "a", 17), (#"{"\u0061\u0062": 1, "ab": 2}"#, "ab", 20),
            (#"{"a": {"b": 1, "c": {"d": 1, "\u0064": 2}}}"#, "d", 29), (#"[{"": 1}, {"": 1, "": 2}]"#, "", 18),
            (#"{"\ud83d\ude00": 1, "😀": 2}"#, "😀", 20), (#"{"/": 1, "\/": 2}"#, "/", 9),
            // Lone surrogates read alike, so nobody could say which is meant.
            (#"{"\ud800": 1, "\udfff": 2}"#, "\u{FFFD}", 14),
        ])
    func duplicates(text: String, name: String, offset: Int) throws {
        let found = try #require(fault(text, JSONLimits()))
        #expect(found.fault == .duplicateMember && found.position.offset == offset)
        #expect(found.message == "the member \"\(name)\" appears twice in one object")
        #expect(fault(text, JSONLimits(refusesDuplicates: false)) == nil)
    }

    @Test(
        "names that only look alike, or repeat elsewhere, are no repeats",
        arguments: [
            #"{"é": 1, "e\u0301": 2}"#, #"{"a": {"a": {"a": 1}}}"#, #"[{"a": 1}, {"a": 1}]"#, #"{"a": 1, "A": 2}"#,
            #"{"a": 1, "a ": 2, " a": 3}"#, #"{"": 1, "\u0000": 2}"#, #"{"ﬁ": 1, "fi": 2}"#, #"{"1": 1, "1.0": 2}"#,
            #"{"costarring": 1, "liquid": 2, "declinate": 3, "macallums": 4}"#,
        ])
    func noDuplicates(text: String) {
        #expect(fault(text, JSONLimits()) == nil)
    }

    @Test("names of equal hashes are refused only where they repeat", arguments: Fuzzing.seeds(from: 40, count: 20))
    func equalHashes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Two pairs that collide under FNV-1a, each name plain and with an escape.
        let words = [
            ("costarring", "costarring"), ("liquid", "liquid"), ("declinate", "declinate"), ("macallums", "macallums"),
            ("\\u006ciquid", "liquid"), ("costarrin\\u0067", "costarring"), ("x", "x"), ("y", "y"),
        ]
        for _ in 0..<50 {
            let chosen = (0..<Int.random(in: 1...5, using: &random)).map { _ in random.pick(words, or: ("", "")) }
            let text = "{" + chosen.map { "\"\($0.0)\": 1" }.joined(separator: ", ") + "}"
            let repeats = Set(chosen.map(\.1)).count < chosen.count
            #expect(fault(text, JSONLimits())?.fault == (repeats ? .duplicateMember : nil), "\(text)")
        }
    }

    @Test(
        "what stands in the way is named",
        arguments: [
            ("[1, ]", "\"]\""), ("{\"a\" \"b\"}", "a double quote"), ("[1", "the text ends where"), ("\u{1}", "byte 1"),
            ("[1 \u{A0}]", "U+00A0"), ("\u{200B}1", "U+200B"), ("é", "\"é\""), ("[😀]", "\"😀\""),
        ])
    func found(text: String, thing: String) throws {
        let found = try #require(fault(text, JSONLimits()))
        #expect(found.message.contains(thing), "\(found)")
    }

    @Test(
        "a control character inside a text is named by its number",
        arguments: [("\u{0}", "U+0000"), ("\t", "U+0009"), ("\n", "U+000A"), ("\u{1F}", "U+001F")])
    func controls(character: String, name: String) throws {
        let found = try #require(fault("\"a\(character)\"", JSONLimits()))
        #expect(found.message.contains(name) && found.position.offset == 2)
    }
}
