import JSON
import Mapping
import TestSupport
import Testing

/// From a character of a decoded text back to its column in the file.
@Suite(.timeLimit(.minutes(1)))
struct SourceTextTests {
    @Test(arguments: [
        (#""abc""#, 0, 1), (#""abc""#, 2, 3), (#""abc""#, 3, 4), (#""abc""#, 99, 4), (#""""#, 0, 1),
        (#""a\"b""#, 1, 2), (#""a\"b""#, 2, 4), (#""\u0041b""#, 1, 7), (#""\ud83d\ude00b""#, 1, 13),
        (#""\ud83db""#, 1, 7),
        (#""\ud83d\u0041b""#, 1, 7), (#""éb""#, 1, 3), (#""😀b""#, 1, 5), (#""\\\n\/x""#, 3, 7),
    ])
    func scalars(text: String, scalar: Int, offset: Int) throws {
        #expect(SourceText.offset(ofScalar: scalar, in: try JSONDocument.parse(text).root) == offset)
    }

    @Test func otherValuesBeginWhereTheyBegin() throws {
        let root = try JSONDocument.parse("  [1]").root
        #expect(SourceText.offset(ofScalar: 5, in: root) == 2)
    }

    /// Whatever is escaped, the text from an offset on decodes to the rest of the scalars.
    @Test func anyTextIsFoundAgain() throws {
        var random = SeededGenerator(seed: 7)
        let pieces = ["a", "\\\"", "\\\\", "\\u00e9", "é", "\\ud83d\\ude00", "😀", "\\n", "{{", "$."]
        for _ in 0..<500 {
            let raw = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(pieces, or: "a") }.joined()
            let node = try JSONDocument.parse("\"\(raw)\"").root
            let scalars = Array((node.string ?? "").unicodeScalars)
            for number in 0...scalars.count {
                let offset = SourceText.offset(ofScalar: number, in: node)
                let rest = String(decoding: node.document.bytes[offset..<(node.endOffset - 1)], as: UTF8.self)
                let decoded = try JSONDocument.parse("\"\(rest)\"").root.string ?? ""
                #expect(Array(decoded.unicodeScalars) == Array(scalars[number...]))
            }
        }
    }
}
