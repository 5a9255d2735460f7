import AMQP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AMQPTextTests {
    @Test(arguments: [
        [], Array("orders.paid".utf8), Array("größe ☃".utf8), [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0],
    ])
    func keepsEveryByte(bytes: [UInt8]) {
        let text = AMQPText(bytes: bytes)
        #expect(text.bytes == bytes)
        #expect(text.count == bytes.count)
        #expect(text.isEmpty == bytes.isEmpty)
        #expect(text.string.map { Array($0.utf8) } ?? bytes == bytes)
        #expect(text == AMQPText(bytes: bytes[...]))
    }

    @Test func isAStringOnlyWhenValid() {
        #expect(AMQPText(bytes: Array("a".utf8)).string == "a")
        #expect(AMQPText(bytes: [0xFF]).string == nil)
        #expect(AMQPText(bytes: Array("a".utf8)) == "a")
    }

    /// Swift's strings are equal when they look the same; routing keys only when their bytes are.
    @Test func comparesBytesAndNotAppearance() {
        let composed = AMQPText("\u{E9}")
        let decomposed = AMQPText("e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(Set([composed, AMQPText("\u{E9}")]).count == 1)
    }

    @Test(arguments: [
        (Array("größe".utf8), "größe"),
        ([0x61, 0xFF], "a\\xFF"),
        (Array("a\nb\u{7F}".utf8), "a\\x0Ab\\x7F"),
        (Array("back\\slash".utf8), "back\\\\slash"),
        (Array("\u{2028}\u{202E}".utf8), "\\u{2028}\\u{202E}"),
        ([0xC3], "\\xC3"),
    ])
    func showsItselfOnOneLine(bytes: [UInt8], shown: String) {
        #expect(AMQPText(bytes: bytes).description == shown)
    }
}
