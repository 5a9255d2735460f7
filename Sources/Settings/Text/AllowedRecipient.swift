/// An entry of `recipients.allow`, as far as its form goes: one that allows nobody is a slip that would skip everybody.
package enum AllowedRecipient {
    /// Refuses what is no address, no domain, no phone number and no hash.
    ///
    /// - Throws: what is wrong with it, the entry named: it is no secret, and a list may be long.
    static func check(_ text: String) throws(SettingProblem) {
        guard !text.isEmpty else {
            throw SettingProblem("has an empty entry", "leave the setting out to allow everybody")
        }
        guard isHash(text) || isPhone(text) || isAddress(text) || isDomain(text) else {
            throw SettingProblem(
                "holds \"\(text)\", which is no address, @domain, phone number or SHA-256 hash", hint(for: text))
        }
    }

    /// Whether an entry stands for all addresses of a domain.
    package static func isDomain(_ text: String) -> Bool {
        let name = text.hasPrefix("@") ? text.dropFirst() : text[...]
        return isHost(name) && (text.hasPrefix("@") || name.contains(".")) && !isPhone(text)
    }

    private static func hint(for text: String) -> String {
        if let at = text.lastIndex(of: "@"), text.contains("*"), isHost(text[at...].dropFirst()) {
            return "write \(text[at...]) for everybody there"
        }
        return
            "write anna@example.com, @example.com, +79991234567, or for another id its SHA-256 in 64 hexadecimal digits"
    }

    private static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    private static func isPhone(_ text: String) -> Bool {
        text.allSatisfy { $0.isASCII && ($0.isNumber || "+-() ".contains($0)) } && text.count(where: \.isNumber) >= 5
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy { !$0.isWhitespace && $0 != "*" }
            && isHost(parts[1])
    }

    /// Letters of any script, as domains may be international.
    private static func isHost(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        }
    }
}
