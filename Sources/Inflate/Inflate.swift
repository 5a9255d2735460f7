import CZlib

/// The compressed encodings of a message body that are understood.
package enum InflateEncoding: String, Sendable, CaseIterable {
    /// RFC 1952; several members in a row are one body, as that page says.
    case gzip
    /// RFC 1950 (zlib) by name, and RFC 1951 (raw) by common mistake; both are taken.
    case deflate
}

/// Why bytes could not be inflated.
package enum InflateError: Error, Equatable, CustomStringConvertible {
    /// The result is longer than the limit; nothing beyond it was produced.
    case tooBig(limit: Int)
    /// The bytes end before the compressed data does.
    case truncated
    /// The bytes are not of this encoding, or damaged, with zlib's words.
    case damaged(String)
    /// There are bytes after the end of the compressed data.
    case trailing(bytes: Int)
    /// zlib has no memory.
    case outOfMemory

    /// One line: what is wrong.
    package var description: String {
        switch self {
        case .tooBig(let limit): "inflates to more than \(limit) bytes"
        case .truncated: "ends in the middle of the compressed data"
        case .damaged(let detail): "is not valid compressed data: \(detail)"
        case .trailing(let bytes): "has \(bytes) bytes after the end of the compressed data"
        case .outOfMemory: "could not be inflated: no memory"
        }
    }
}

/// Inflates a whole body of at most `limit` bytes.
///
/// Works in steps of 64 KiB and stops at the limit, so a small body that inflates to gigabytes costs no more than the
/// limit.
package func inflate(_ bytes: [UInt8], _ encoding: InflateEncoding, limit: Int) throws(InflateError) -> [UInt8] {
    guard !bytes.isEmpty else { throw .truncated }
    switch encoding {
    case .gzip:
        return try inflate(bytes, window: .gzip, limit: limit)
    case .deflate:
        return try inflate(bytes, window: looksLikeZlib(bytes) ? .zlib : .raw, limit: limit)
    }
}

/// RFC 1950, 2.2: method 8, a window of at most 32 KiB, and a check sum over the first two bytes.
///
/// A raw stream can look like this only if it opens with a stored block whose padding is not zero, and no encoder
/// pads with anything else.
private func looksLikeZlib(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2 else { return false }
    let (first, second) = (Int(bytes[0]), Int(bytes[1]))
    return first & 0x0F == 8 && first >> 4 <= 7 && (first << 8 | second) % 31 == 0
}

/// The wrapper around the deflate data, as zlib's `windowBits` says it.
private enum Window: Int32 {
    case gzip = 31
    case zlib = 15
    case raw = -15
}

private func inflate(_ bytes: [UInt8], window: Window, limit: Int) throws(InflateError) -> [UInt8] {
    guard var stream = InflateStream(windowBits: window.rawValue) else { throw .outOfMemory }
    var result: [UInt8] = []
    var rest = bytes[...]
    while true {
        switch try stream.step(&rest, &result, room: limit - result.count) {
        case .more: continue
        case .full: throw .tooBig(limit: limit)
        case .end where rest.isEmpty: return result
        case .end where window == .gzip && rest.first == 0x1F: try stream.restart()
        case .end: throw .trailing(bytes: rest.count)
        }
    }
}
