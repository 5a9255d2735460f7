/// The one spelling under which a recipient is found again.
package enum RecipientIdentity {
    /// An email in lower case, a phone number as its digits, anything else as it is; without spaces around it.
    package static func normalized(_ text: String) -> String {
        let trimmed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if trimmed.utf8.contains(UInt8(ascii: "@")) { return trimmed.lowercased() }
        return phoneDigits(trimmed) ?? trimmed
    }

    /// The digits of what looks like a phone number: digits, and what people put between them.
    private static func phoneDigits(_ text: String) -> String? {
        let digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count >= 7, text.utf8.allSatisfy(isPhoneByte) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func isPhoneByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"): true
        default: false
        }
    }
}
