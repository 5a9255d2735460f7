import TestSupport
import Testing
import XML

/// Bytes of no sense: an error or an element, never anything else.
@Suite(.timeLimit(.minutes(1)))
struct XMLFuzzTests {
    private static let pieces = [
        "<xml>", "</xml>", "<a>", "</a>", "<a/>", "text", "&lt;", "&#65;", "&x;", "<!-- c -->", "<![CDATA[x]]>",
        "<?p?>",
        "<!DOCTYPE a>", "<!ENTITY", "\u{0}", "<", ">", "&", "\"", "<a b='c'>", "\u{FFFE}", "é", "]]>", "<xml:b/>", " ",
    ]

    @Test(arguments: Fuzzing.seeds(from: 1, count: 8))
    func piecesInAnyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(Self.pieces, or: "") }
                .joined()
            check(Array(text.utf8))
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 100, count: 4))
    func damagedDocuments(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array("<?xml version='1.0' encoding='UTF-8'?><xml><data/><error>0</error><t>日本</t></xml>".utf8)
        for _ in 0..<1_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            check(bytes)
        }
    }

    /// What is read can be written, and reads the same again.
    private func check(_ bytes: [UInt8]) {
        guard let root = try? XMLReader.parse(bytes), let again = try? write(root) else { return }
        #expect((try? XMLReader.parse(again)) == root)
    }

    private func write(_ element: XMLElement) throws -> [UInt8] {
        let writer = try XMLWriter()
        try write(element, to: writer)
        return writer.finish()
    }

    private func write(_ element: XMLElement, to writer: borrowing XMLWriter) throws {
        try writer.begin(element.name)
        if !element.text.isEmpty { try writer.text(element.text) }
        for child in element.children { try write(child, to: writer) }
        try writer.end()
    }
}
