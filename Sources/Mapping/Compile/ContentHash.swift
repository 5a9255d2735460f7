/// FNV-1a of 128 bits: names contents, and events that have no id.
///
/// No secret depends on it. Whoever could make two events with one hash could as well send the same event twice.
package struct ContentHash: Sendable {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    private static let prime: UInt128 = 1 << 88 | 0x13b

    /// Begins.
    package init() {}

    /// Takes bytes in.
    package mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt128(byte)) &* ContentHash.prime }
    }

    /// Takes bytes in, and their number: so that "ab" and "c" differ from "a" and "bc".
    package mutating func addDelimited(_ bytes: some Collection<UInt8>) {
        add("\(bytes.count):".utf8)
        add(bytes)
    }

    /// So many hexadecimal digits of the hash, at most 32.
    package func hex(_ digits: Int = 32) -> String {
        let text = String(state, radix: 16)
        return String((String(repeating: "0", count: 32 - text.count) + text).prefix(digits))
    }
}
