/// The one spelling under which a recipient is found again.
package enum RecipientIdentity {
    /// An email in lower case, a phone number as its digits, anything else as it is; without spaces around it.
    package static func normalized(_ text: String) -> String {
        // Bytes, not characters: this is done for every launch.
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.first, isSpace(byte) { bytes.removeFirst() }
        while let byte = bytes.last, isSpace(byte) { bytes.removeLast() }
        guard bytes.contains(UInt8(ascii: "@")) else {
            return String(decoding: phoneDigits(bytes) ?? bytes, as: UTF8.self)
        }
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return String(decoding: bytes, as: UTF8.self).lowercased() }
        return String(decoding: bytes.map { isUpper($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The digits of what looks like a phone number: digits, and what people put between them.
    private static func phoneDigits(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var digits: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"): break
            default: return nil
            }
        }
        // Fewer are some id, and "12-34" is not "1234".
        return digits.count >= 7 ? digits[...] : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
