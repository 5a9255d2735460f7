package import Altcraft
import Crypto
import JSON
import Settings

/// `recipients.allow`: in staging, only these are launched; all others are skipped as `not_allowed`.
///
/// An entry is an address, a phone number or another id (a profile's, a custom field's value); a domain (`@example.com`
/// or `example.com`), without those below it; or the SHA-256 of one of them as 64 hexadecimal digits, so that the
/// setting need not hold anybody's address. Addresses are compared in lower case, phone numbers by their digits.
package struct RecipientAllowList: Sendable, Hashable {
    private let texts: Set<String>
    private let phones: Set<String>
    private let domains: Set<String>
    private let hashes: Set<String>

    /// A list from its entries.
    package init(_ entries: [String]) {
        let entries = entries.map { $0.lowercased() }.filter { !$0.isEmpty }
        let bare = entries.filter { !$0.contains("@") && $0.contains(".") }
        domains = Set(entries.filter { $0.hasPrefix("@") }.map { String($0.dropFirst()) } + bare)
            .subtracting([""])
        hashes = Set(entries.filter { $0.utf8.count == 64 && $0.allSatisfy(\.isHexDigit) })
        phones = Set(entries.compactMap(Self.digits))
        texts = Set(entries.filter { !$0.hasPrefix("@") })
    }

    /// What must be known of a list that is set: a staging list that reaches production skips nearly everybody.
    package static func warning(_ entries: [String]) -> (sentence: String, advice: String)? {
        guard !entries.isEmpty else { return nil }
        let hasDomain = entries.contains(where: AllowedRecipient.isDomain)
        let whom =
            entries.count == 1
            ? (hasDomain ? "domain is" : "recipient is") : (hasDomain ? "recipients or domains are" : "recipients are")
        return (
            "only \(entries.count) \(whom) launched (recipients.allow): all others are skipped as not_allowed",
            "leave recipients.allow out to launch everybody"
        )
    }

    /// Whether the launch may be made.
    ///
    /// Everything by which the platform could find somebody must be allowed, as nobody knows which of them it goes by.
    /// An audience by query (`custom_request`) never is: nobody can say who is in it.
    package func allows(_ audience: Audience) -> Bool {
        guard case .profile(let recipient) = audience else { return false }
        let custom = recipient.fieldValue.flatMap { $0.string ?? $0.number?.text }
        let identities = [recipient.email, recipient.profileID, recipient.subscriptionID, custom].compactMap(\.self)
        guard recipient.phone != nil || !identities.isEmpty else { return false }
        return identities.allSatisfy { holds($0) } && recipient.phone.map(holds(phone:)) ?? true
    }

    private func holds(_ identity: String) -> Bool {
        let identity = identity.lowercased()
        if texts.contains(identity) { return true }
        if let at = identity.lastIndex(of: "@"), domains.contains(String(identity[identity.index(after: at)...])) {
            return true
        }
        return holdsHash(of: identity)
    }

    private func holds(phone: String) -> Bool {
        guard let digits = Self.digits(phone) else { return holds(phone) }
        return phones.contains(digits) || holdsHash(of: phone) || holdsHash(of: digits) || holdsHash(of: "+" + digits)
    }

    private func holdsHash(of text: String) -> Bool {
        guard !hashes.isEmpty else { return false }
        let digest = SHA256.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return hashes.contains(digest.joined())
    }

    /// The digits of a phone number; nil for what holds anything else than people write in one.
    private static func digits(_ text: String) -> String? {
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-() ".contains($0)) }) else { return nil }
        let digits = text.filter(\.isNumber)
        return digits.count >= 5 ? digits : nil
    }
}
