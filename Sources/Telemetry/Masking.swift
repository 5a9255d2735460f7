/// Makes personal data unrecognisable to a reader of the log, yet comparable by eye: `a***@example.com`.
///
/// Takes any text, also what is no address at all, and never shows more than a few characters of it.
package enum Masking {
    private static let stars = "***"

    /// An address with the first character of its local part and its domain; other text as by `other`.
    package static func email(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return other(text) }
        let local = text[..<at]
        let domain = text[text.index(after: at)...]
        guard !local.isEmpty, isDomain(domain) else { return other(text) }
        return String(local.prefix(local.count > 1 ? 1 : 0)) + stars + "@" + domain
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
        if text.contains("@") { return email(text) }
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
