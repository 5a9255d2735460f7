import Crypto
import TestSupport
import Testing

@testable import Ledger

/// The prepared hash against the library's, and against the RFC's own examples.
@Suite("Keyed hashes")
struct KeyedHashTests {
    @Test("any key and any message give what the library gives")
    func sameAsLibrary() {
        var random = SeededGenerator(seed: 20_104)
        // Around the block of 64 bytes and beyond it, keys are padded, taken whole, or hashed first.
        for keyBytes in Array(0...70) + [127, 128, 129, 1_000] {
            let key = bytes(keyBytes, &random)
            let keyed = KeyedHash(key: key)
            for messageBytes in [0, 1, 31, 54, 55, 56, 63, 64, 65, 119, 120, 1_000] {
                let message = bytes(messageBytes, &random)
                let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
                #expect(hex(keyed(message)) == Array(code).prefix(16).map(hex).joined(), "\(keyBytes), \(messageBytes)")
            }
        }
    }

    /// RFC 4231, section 4: key, message, and the first 16 bytes of HMAC-SHA-256.
    @Test(
        "the examples of RFC 4231",
        arguments: [
            ([UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8), "b0344c61d8db38535ca8afceaf0bf12b"),
            (Array("Jefe".utf8), Array("what do ya want for nothing?".utf8), "5bdcc146bf60754e6a042426089575c7"),
            (
                [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
                "773ea91e36800e46854db8ebd09181a7"
            ),
            (Array(1...25), [UInt8](repeating: 0xCD, count: 50), "82558a389a443c0ea4cc819899f2083a"),
            (
                [UInt8](repeating: 0xAA, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f"
            ),
        ])
    func examples(key: [UInt8], message: [UInt8], expected: String) {
        #expect(hex(KeyedHash(key: key)(message)) == expected)
    }

    @Test("one hash serves any number of messages")
    func isNotUsedUp() {
        let keyed = KeyedHash(key: [1, 2, 3])
        let first = keyed([7])
        _ = keyed([8])
        #expect(keyed([7]) == first)
    }

    private func bytes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private func hex(_ halves: (first: UInt64, second: UInt64)) -> String {
        [halves.first, halves.second].map { half in
            (0..<8).map { hex(UInt8(truncatingIfNeeded: half >> (56 - 8 * $0))) }.joined()
        }.joined()
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
