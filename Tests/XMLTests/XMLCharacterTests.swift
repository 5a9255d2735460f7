import TestSupport
import Testing
import XML

/// Which characters and names may be written, held against libxml2's own reader: it takes what the standard allows.
@Suite(.timeLimit(.minutes(1)))
struct XMLCharacterTests {
    /// The first and last scalars of the ranges of XML 1.0, fifth edition, [2], [4] and [4a]; the colon left out.
    private static let edges: [UInt32] = [
        0x9, 0xA, 0xD, 0x20, 0x2D, 0x2E, 0x30, 0x39, 0x41, 0x5A, 0x5F, 0x61, 0x7A, 0xB7, 0xC0, 0xD6, 0xD8, 0xF6, 0xF8,
        0x2FF, 0x300, 0x36F, 0x370, 0x37D, 0x37F, 0x1FFF, 0x200C, 0x200D, 0x203F, 0x2040, 0x2070, 0x218F, 0x2C00,
        0x2FEF, 0x3001, 0xD7FF, 0xE000, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD, 0x10000, 0xEFFFF, 0x10FFFF,
    ]

    /// Each edge with its neighbours.
    private static let scalars: [Unicode.Scalar] = Set(edges.flatMap { [$0 &- 1, $0, $0 + 1] }).sorted()
        .compactMap { Unicode.Scalar($0) }

    private func isRead(_ text: String) -> Bool {
        (try? XMLReader.parse(Array(text.utf8))) != nil
    }

    private func written(_ name: String, text: String = "") -> [UInt8]? {
        do {
            let writer = try XMLWriter()
            try writer.begin(name)
            try writer.text(text)
            try writer.end()
            return writer.finish()
        } catch {
            return nil
        }
    }

    private func agrees(_ scalar: Unicode.Scalar) {
        let code = String(scalar.value, radix: 16)
        let sign = String(scalar)
        // Marks of markup cannot stand bare in a text; as references they can.
        let bare = ["<", "&"].contains(scalar) ? "x" : sign
        #expect((written("a", text: sign) != nil) == isRead("<a>\(bare)</a>"), "text \(code)")
        #expect((written("a", text: sign) != nil) == isRead("<a>&#x\(code);</a>"), "reference \(code)")
        guard ![" ", "\t", "\n", "\r", "/", ">", "=", ":"].contains(scalar) else {
            #expect(written(sign) == nil && written("a\(sign)") == nil, "\(code)")
            return
        }
        #expect((written(sign) != nil) == isRead("<\(sign)></\(sign)>"), "name \(code)")
        #expect((written("a\(sign)") != nil) == isRead("<a\(sign)></a\(sign)>"), "name of two \(code)")
    }

    @Test func edgesAreTheStandards() {
        for scalar in Self.scalars { agrees(scalar) }
    }

    @Test func plainSigns() {
        for code in UInt32(0)..<0x180 { Unicode.Scalar(code).map(agrees) }
    }

    @Test(arguments: Fuzzing.seeds(from: 1, count: 4))
    func scalarsAtRandom(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let most: UInt32 = random.chance(50) ? 0xFFFF : 0x10FFFF
            Unicode.Scalar(UInt32.random(in: 0...most, using: &random)).map(agrees)
        }
    }

    @Test func namesAreBoundedInBytes() {
        #expect(written(String(repeating: "a", count: 256)) != nil)
        #expect(written(String(repeating: "a", count: 257)) == nil)
        #expect(written(String(repeating: "я", count: 128)) != nil)
        #expect(written(String(repeating: "я", count: 128) + "a") == nil)
    }

    @Test(arguments: [
        ("\u{0}", "U+0000"), ("a\u{7}b\u{8}", "U+0007"), ("日\u{FFFE}", "U+FFFE"), ("\u{1B}[0m", "U+001B"),
    ])
    func theFirstForbiddenCharacterIsNamed(text: String, name: String) throws {
        let writer = try XMLWriter()
        try writer.begin("a")
        #expect(throws: XMLError.character(name)) { try writer.text(text) }
    }

    @Test func documentsAreWrittenToTheByte() throws {
        let writer = try XMLWriter()
        try writer.begin("xml")
        try writer.begin("empty")
        try writer.end()
        try writer.begin("text")
        try writer.text("1 < 2 & \"3\" > '2'\r\n\t]]>")
        try writer.text("é😀")
        try writer.end()
        try writer.begin("имя")
        try writer.begin("a-1.b")
        try writer.end()
        try writer.end()
        try writer.end()
        let expected =
            "<xml><empty/><text>1 &lt; 2 &amp; &quot;3&quot; &gt; '2'&#13;\n\t]]&gt;é😀</text><имя><a-1.b/></имя></xml>"
        #expect(String(decoding: writer.finish(), as: UTF8.self) == expected)
    }
}
