import TestSupport
import Testing
import XML

/// Documents that end too early, or are built too far: refused at every byte, read whole, and bounded exactly.
@Suite(.timeLimit(.minutes(1)))
struct XMLTruncationTests {
    static let documents = [
        "<a/>", "<a>text</a>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"1\" c='2'><d>é&amp;&#x1F600;</d><!-- x --></a>",
        "<xml><error>0</error><error_text><![CDATA[<ok>]]></error_text><список><имя>Анна</имя></список></xml>",
        "<a><?target data?><b></b><b/>tail</a>",
    ]

    @Test(arguments: documents)
    func everyPartIsRefused(document: String) throws {
        let bytes = Array(document.utf8)
        let whole = try XMLReader.parse(bytes)
        for count in 0..<bytes.count {
            #expect(throws: XMLError.self, "\(count) of \(bytes.count) bytes") {
                try XMLReader.parse(Array(bytes[..<count]))
            }
        }
        // White space around the whole is none of it.
        #expect(try XMLReader.parse(bytes + Array("\n \t".utf8)) == whole)
        #expect(throws: XMLError.self) { try XMLReader.parse(bytes + Array("x".utf8)) }
        #expect(throws: XMLError.self) { try XMLReader.parse(bytes + bytes) }
    }

    /// Any one byte that vanishes leaves another document or none, and what is read can be written and read again.
    @Test(arguments: documents)
    func anyByteMayVanish(document: String) throws {
        let bytes = Array(document.utf8)
        for place in bytes.indices {
            var damaged = bytes
            damaged.remove(at: place)
            guard let root = try? XMLReader.parse(damaged) else { continue }
            #expect(!root.name.isEmpty && count(root) <= 10)
        }
    }

    private func count(_ element: XMLElement) -> Int { 1 + element.children.reduce(0) { $0 + count($1) } }

    @Test func limitsAreMetExactly() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        for depth in [1, 2, 10, 64] {
            #expect(count(try XMLReader.parse(nested(depth), limits: .init(depth: depth))) == depth)
            #expect(throws: XMLError.tooBig("levels")) {
                try XMLReader.parse(nested(depth + 1), limits: .init(depth: depth))
            }
        }
        for number in [1, 2, 100] {
            let flat = Array(("<a>" + String(repeating: "<b/>", count: number - 1) + "</a>").utf8)
            #expect(count(try XMLReader.parse(flat, limits: .init(elements: number))) == number)
            #expect(throws: XMLError.tooBig("elements")) {
                try XMLReader.parse(flat, limits: .init(elements: number - 1))
            }
            #expect(count(try XMLReader.parse(flat, limits: .init(bytes: flat.count))) == number)
            #expect(throws: XMLError.tooBig("bytes")) {
                try XMLReader.parse(flat, limits: .init(bytes: flat.count - 1))
            }
        }
    }

    /// What is written is read back as it was: random trees with the letters that markup is made of.
    @Test(arguments: Fuzzing.seeds(from: 1, count: 10))
    func whatIsWrittenIsReadBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let root = element(&random, depth: 4)
            let writer = try XMLWriter()
            try write(root, to: writer)
            #expect(try XMLReader.parse(writer.finish()) == root)
        }
    }

    private func element(_ random: inout SeededGenerator, depth: Int) -> XMLElement {
        let name = random.pick(["a", "_b", "имя", "a-b.c", "x1", "日本"], or: "a")
        // Text stands in leaves alone: between elements it is not told from indentation.
        guard depth > 0, random.chance(60) else {
            let pieces = ["<", "&", ">", "\"", "'", "]]>", "é", "😀", " ", "\n", "\t", "x", "&amp;", "<!--", "\u{E000}"]
            return XMLElement(
                name,
                text: (0..<Int.random(in: 0...5, using: &random)).map { _ in random.pick(pieces, or: "") }.joined())
        }
        return XMLElement(
            name, children: (0..<Int.random(in: 1...3, using: &random)).map { _ in element(&random, depth: depth - 1) })
    }

    private func write(_ element: XMLElement, to writer: borrowing XMLWriter) throws {
        try writer.begin(element.name)
        if !element.text.isEmpty { try writer.text(element.text) }
        for child in element.children { try write(child, to: writer) }
        try writer.end()
    }
}
