package import Altcraft
import Crypto
import JSON

/// `recipients.allow`: in staging, only these are launched; all others are skipped as `not_allowed`.
///
/// An entry is an address or a phone number, a domain (`@example.com`), or the SHA-256 of an address in lower case as 64
/// hexadecimal digits, so that the setting need not hold anybody's address.
package struct RecipientAllowList: Sendable, Hashable {
    private let texts: Set<String>
    private let domains: Set<String>
    private let hashes: Set<String>

    /// A list from its entries.
    package init(_ entries: [String]) {
        let entries = entries.map { $0.lowercased() }.filter { !$0.isEmpty }
        domains = Set(entries.filter { $0.hasPrefix("@") }.map { String($0.dropFirst()) })
        hashes = Set(entries.filter { $0.utf8.count == 64 && $0.allSatisfy(\.isHexDigit) })
        texts = Set(entries.filter { !$0.hasPrefix("@") })
    }

    /// Whether the launch may be made; an audience by query never, as nobody can say who is in it.
    package func allows(_ audience: Audience) -> Bool {
        guard case .profile(let recipient) = audience else { return false }
        let identities = [recipient.email, recipient.phone, recipient.profileID, recipient.subscriptionID].compactMap(
            \.self)
        let custom = recipient.fieldValue.flatMap { $0.string ?? $0.number?.text }
        let all = identities + (custom.map { [$0] } ?? [])
        return !all.isEmpty && all.allSatisfy(allows)
    }

    private func allows(_ identity: String) -> Bool {
        let identity = identity.lowercased()
        if texts.contains(identity) { return true }
        if let at = identity.lastIndex(of: "@"), domains.contains(String(identity[identity.index(after: at)...])) {
            return true
        }
        guard !hashes.isEmpty else { return false }
        let digest = SHA256.hash(data: Array(identity.utf8))
        return hashes.contains(
            digest.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined())
    }
}
