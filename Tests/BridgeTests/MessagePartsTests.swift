import AMQP
import TestSupport
import Testing

@testable import Bridge

/// Numbers and texts of headers, whatever has written them.
@Suite("Parts of messages")
struct MessagePartsTests {
    static let integers: [(value: AMQPValue, number: Int64?)] = [
        (.int8(-8), -8), (.uint8(255), 255), (.int16(-300), -300), (.uint16(65_535), 65_535), (.int32(-7), -7),
        (.uint32(.max), 4_294_967_295), (.int64(.min), .min), (.uint64(9), 9), (.uint64(.max), nil),
        (.timestamp(5), 5), (.timestamp(.max), nil), (.text("5"), nil), (.double(5), nil), (.boolean(true), nil),
        (.void, nil), (.array([.int8(1)]), nil),
    ]

    @Test("a whole number is one in whatever type it travelled, and nothing else is", arguments: integers)
    func numbers(_ example: (value: AMQPValue, number: Int64?)) {
        #expect(example.value.integer == example.number)
        #expect(AMQPTable([AMQPTable.Entry(.attempts, example.value)]).integer(.attempts) == example.number)
    }

    @Test("a text is one where it is UTF-8; an absent header is none")
    func texts() {
        let table: AMQPTable = [
            "x-bridge-event": .text("order-1"), "x-bridge-queue": .text(AMQPText(bytes: [0xFF])),
            "x-bridge-reason": .bytes([0x61]),
        ]
        #expect(table.string(.event) == "order-1" && table.string(.detail) == nil)
        #expect(table.string(.queue) == nil && table.text(.queue) == AMQPText(bytes: [0xFF]))
        #expect(table.string(.reason) == nil && table.text(.reason) == nil)
    }

    @Test("every header of ours begins so that mappings do not see it, and no two are one")
    func names() {
        let names = BridgeHeader.allCases.map(\.rawValue)
        #expect(names.allSatisfy { $0.hasPrefix(BridgeHeader.prefix) && !$0.hasPrefix(BridgeHeader.originalPrefix) })
        #expect(Set(names).count == names.count)
    }

    @Test("a text is cut between code points, to no more than was asked for", arguments: 0..<60)
    func cuts(seed: Int) {
        var random = TestSupport.SeededGenerator(seed: UInt64(seed))
        let alphabet: [Character] = ["a", "é", "ж", "€", "😀", "e\u{301}"]
        let text = String((0..<20).map { _ in alphabet.randomElement(using: &random) ?? "a" })
        for most in 0...(text.utf8.count + 2) {
            let cut = text.cut(toBytes: most)
            #expect(cut.utf8.count <= most && text.unicodeScalars.starts(with: cut.unicodeScalars))
            #expect(most - cut.utf8.count < 4 || cut == text, "no more is lost than one code point")
        }
    }
}
