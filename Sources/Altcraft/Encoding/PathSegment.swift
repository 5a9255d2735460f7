/// One segment of a URL's path.
enum PathSegment {
    private static let hex = Array("0123456789ABCDEF".utf8)

    /// The text as one segment that no reader takes for more: all but unreserved characters and `@` is percent-encoded.
    ///
    /// Nil for what would not stay a segment of its own: nothing, `.` and `..`.
    static func encode(_ text: String) -> String? {
        guard !text.isEmpty, text != ".", text != ".." else { return nil }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~@".utf8.contains(byte)
        }
    }
}
