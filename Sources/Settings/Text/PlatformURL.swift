/// Where the Altcraft platform is: scheme and host, perhaps a port, and nothing else.
package struct PlatformURL: Sendable, Hashable, CustomStringConvertible {
    /// Whether calls are encrypted.
    package let isEncrypted: Bool
    /// The host's name or address, an IPv6 address without its brackets.
    package let host: String
    /// The port, also where it is the scheme's own.
    package let port: UInt16

    /// `https://api.example.com`: paths are put behind it; the scheme's own port is left out.
    package var description: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        let isOwnPort = port == (isEncrypted ? 443 : 80)
        return "\(isEncrypted ? "https" : "http")://\(shown)\(isOwnPort ? "" : ":\(port)")"
    }

    /// Whether the host is this machine, so that nobody else can read along.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    /// Reads an address.
    ///
    /// - Throws: what is wrong with it, without repeating it, since somebody may have put a password in.
    package init(parsing text: String) throws(SettingProblem) {
        let hint = "write scheme and host, for example https://api.example.com; the bridge adds /api/v1.1/…"
        guard let mark = text.firstRange(of: "://") else { throw SettingProblem("has no scheme", hint) }
        switch text[..<mark.lowerBound].lowercased() {
        case "https": isEncrypted = true
        case "http": isEncrypted = false
        default: throw SettingProblem("is neither https nor http", hint)
        }
        var rest = text[mark.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains("@") else {
            throw SettingProblem(
                "has a user or password in it", "the token is a setting of its own: altcraft.token_file")
        }
        guard !rest.contains(where: { "/?#".contains($0) }) else {
            throw SettingProblem("has more than scheme and host", hint)
        }
        (host, port) = try Self.hostAndPort(rest, defaultPort: isEncrypted ? 443 : 80, hint: hint)
    }

    private static func hostAndPort(
        _ text: Substring,
        defaultPort: UInt16,
        hint: String
    ) throws(SettingProblem) -> (String, UInt16) {
        guard let address = HostAndPort(text) else {
            throw SettingProblem("has no valid host, or a port that is none", hint)
        }
        return (address.host.lowercased(), address.port ?? defaultPort)
    }
}

/// A host and perhaps a port, as they stand in addresses: `host`, `host:80`, `[::1]:80`.
struct HostAndPort {
    let host: String
    let port: UInt16?

    /// Reads the text; nil when it is no host, or what follows is no port.
    init?(_ text: Substring) {
        let name: Substring
        let after: Substring
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            name = text[text.index(after: text.startIndex)..<end]
            after = text[text.index(after: end)...]
            guard !name.isEmpty, name.allSatisfy({ $0.isHexDigit || ":.%".contains($0) }) else { return nil }
        } else {
            name = text.prefix { $0 != ":" }
            after = text[name.endIndex...]
            let isHost = name.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
            guard !name.isEmpty, isHost else { return nil }
        }
        host = String(name)
        if after.isEmpty {
            port = nil
        } else {
            guard after.hasPrefix(":"), after.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(after.dropFirst())
            else { return nil }
            port = number
        }
    }
}
