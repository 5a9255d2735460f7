/// Makes personal data unrecognisable to a reader of the log, yet comparable by eye: `a***@example.com`.
///
/// Takes any text, also what is no address at all, and never shows more than a few characters of it.
package enum Masking {
    private static let stars = "***"

    /// An address with the first character of its local part and its domain; other text as by `other`.
    package static func email(_ text: String) -> String {
        if let masked = plainEmail(text.utf8) { return masked }
        guard let at = text.lastIndex(of: "@") else { return other(text) }
        let local = text[..<at]
        let domain = text[text.index(after: at)...]
        guard !local.isEmpty, isDomain(domain) else { return other(text) }
        return String(local.prefix(local.count > 1 ? 1 : 0)) + stars + "@" + domain
    }

    /// The same for an address of plain ASCII, byte by byte, as each launch has one; nil for all other text.
    private static func plainEmail(_ text: String.UTF8View) -> String? {
        guard let at = text.lastIndex(of: UInt8(ascii: "@")), at > text.startIndex else { return nil }
        let domain = text[text.index(after: at)...]
        guard !domain.isEmpty, domain.count <= 253, domain.allSatisfy(isDomainByte),
            text[..<at].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        let isLong = text.index(after: text.startIndex) < at
        return (isLong ? String(decoding: text.prefix(1), as: UTF8.self) : "") + stars
            + String(decoding: text[at...], as: UTF8.self)
    }

    private static func isDomainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// A phone number with its first and its last two digits: `+7*******67`; with fewer than seven, nothing of it.
    package static func phone(_ text: String) -> String {
        let digits = text.count { $0.isASCII && $0.isNumber }
        guard digits >= 7, text.allSatisfy(isPhoneCharacter) else { return other(text) }
        var seen = 0
        var masked = text.hasPrefix("+") ? "+" : ""
        for character in text where character.isNumber {
            seen += 1
            masked.append(seen == 1 || seen > digits - 2 ? character : "*")
        }
        return masked
    }

    /// Any other identity (a profile id, a custom field): its first character, where it has more than three.
    package static func other(_ text: String) -> String {
        text.isEmpty ? "" : String(text.prefix(text.count > 3 ? 1 : 0)) + stars
    }

    /// What a recipient's text looks like, where the kind is not known.
    package static func recipient(_ text: String) -> String {
        if text.utf8.contains(UInt8(ascii: "@")) { return email(text) }
        return text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } ? phone(text) : other(text)
    }

    /// A domain is shown only when it looks like one: `a@<a whole sentence>` is personal data, not a domain.
    private static func isDomain(_ text: Substring) -> Bool {
        !text.isEmpty && text.count <= 253
            && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
    }

    private static func isPhoneCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isNumber || "+-() .".contains(character))
    }
}
