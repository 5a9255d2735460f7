/// A member name made ready for look-ups: its UTF-8 and the hash that documents keep beside every name.
package struct JSONName: Sendable, Hashable, CustomStringConvertible {
    /// The name.
    package let text: String
    /// The name's UTF-8.
    package let utf8: [UInt8]
    /// The hash of the UTF-8: what ``JSONNode/stringHash`` answers for an equal text.
    package let hash: UInt32

    /// Prepares a name.
    package init(_ text: String) {
        self.text = text
        utf8 = Array(text.utf8)
        hash = JSONName.hash(utf8[...])
    }

    /// The name itself.
    package var description: String { text }

    /// FNV-1a, cheap on short names and only a filter: equal hashes are always compared byte by byte.
    static func hash(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var hash = hashSeed
        for byte in bytes { hash = hashing(hash, byte) }
        return hash
    }

    static let hashSeed: UInt32 = 2_166_136_261

    @inline(__always)
    static func hashing(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
        (hash ^ UInt32(byte)) &* 16_777_619
    }
}
