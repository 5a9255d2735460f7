import CZlib

/// Bodies as producers compress them.
enum Compressed {
    /// `content_encoding: deflate`: a zlib stream (RFC 1950).
    static func deflate(_ bytes: [UInt8]) -> [UInt8] {
        var count = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        let code = unsafe compress(&packed, &count, bytes, uLong(bytes.count))
        precondition(code == Z_OK)
        return Array(packed.prefix(Int(count)))
    }

    /// `content_encoding: gzip` (RFC 1952): the same deflated bytes between another head and tail.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        let sum = UInt32(truncatingIfNeeded: unsafe crc32(0, bytes, uInt(bytes.count)))
        let tail = [sum, UInt32(truncatingIfNeeded: bytes.count)].flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + deflate(bytes).dropFirst(2).dropLast(4) + tail
    }
}
