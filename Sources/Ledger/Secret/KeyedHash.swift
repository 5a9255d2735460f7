import Crypto

/// HMAC-SHA256 (RFC 2104) with a key that is prepared once.
///
/// The library's own `HMAC` goes through unspecialised generic code and five allocations for each of the two or three
/// short messages that every launch has, which costs twice what hashing them does. Both answer the same.
struct KeyedHash: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    private static let blockBytes = 64

    init(key: [UInt8]) {
        var block = key.count > Self.blockBytes ? Array(SHA256.hash(data: key)) : key
        block += [UInt8](repeating: 0, count: Self.blockBytes - block.count)
        var (inner, outer) = (SHA256(), SHA256())
        inner.update(data: block.map { $0 ^ 0x36 })
        outer.update(data: block.map { $0 ^ 0x5C })
        (self.inner, self.outer) = (inner, outer)
    }

    /// The first 16 of the 32 bytes, as two numbers with the most significant byte first.
    func callAsFunction(_ message: [UInt8]) -> (first: UInt64, second: UInt64) {
        var (inner, outer) = (inner, outer)
        unsafe message.withUnsafeBytes { unsafe inner.update(bufferPointer: $0) }
        unsafe inner.finalize().withUnsafeBytes { unsafe outer.update(bufferPointer: $0) }
        return unsafe outer.finalize().withUnsafeBytes { digest in
            (
                UInt64(bigEndian: unsafe digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: unsafe digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}
