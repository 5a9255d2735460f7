extension BrokerAddress {
    /// Port of `amqp`, by the AMQP URI specification.
    private static let plainPort: UInt16 = 5672
    /// Port of `amqps`.
    private static let encryptedPort: UInt16 = 5671

    /// Parses `amqp[s]://[user[:password]@]host[:port][,host[:port]…][/vhost]` (rabbitmq.com/docs/uri-spec).
    ///
    /// User, password, host and virtual host may be percent-encoded: the virtual host `/` is `%2F`, or no path. A
    /// path of a single slash is the virtual host with the empty name by the specification; as nobody means that,
    /// it is taken for `/`.
    package init(parsing url: String) throws(BrokerAddressError) {
        let (encrypted, rest) = try Self.scheme(url)
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .unexpectedQuery }
        let slash = rest.firstIndex(of: "/")
        let authority = rest[..<(slash ?? rest.endIndex)]
        let path = slash.map { rest[rest.index(after: $0)...] } ?? ""
        let at = authority.lastIndex(of: "@")
        // A password with a bare slash; what stands around it must not be quoted in an error.
        guard at != nil || !rest.contains("@") else { throw .slashBeforeAt }
        let hostList = at.map { authority[authority.index(after: $0)...] } ?? authority

        self.encrypted = encrypted
        login = try Self.login(at.map { authority[..<$0] })
        hosts = try Self.hosts(hostList, port: encrypted ? Self.encryptedPort : Self.plainPort)
        virtualHost = try Self.virtualHost(path)
    }

    private static func scheme(_ url: String) throws(BrokerAddressError) -> (encrypted: Bool, rest: Substring) {
        guard let end = url.firstRange(of: "://") else { throw .missingScheme }
        switch url[..<end.lowerBound].lowercased() {
        case "amqp": return (false, url[end.upperBound...])
        case "amqps": return (true, url[end.upperBound...])
        default: throw .unknownScheme(String(url[..<end.lowerBound]))
        }
    }

    private static func login(_ text: Substring?) throws(BrokerAddressError) -> Login {
        guard let text else { return Login(user: "guest", password: "guest") }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let user = try decoded(parts[0], .user)
        guard !user.isEmpty else { throw .emptyUser }
        return Login(user: user, password: parts.count > 1 ? try decoded(parts[1], .password) : "")
    }

    private static func hosts(_ text: Substring, port: UInt16) throws(BrokerAddressError) -> [Host] {
        var hosts: [Host] = []
        for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
            hosts.append(try host(entry, defaultPort: port))
        }
        return hosts
    }

    private static func host(_ text: Substring, defaultPort: UInt16) throws(BrokerAddressError) -> Host {
        let name: Substring
        let after: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .openBracket(String(text)) }
            name = text[text.index(after: text.startIndex)..<end]
            after = text[text.index(after: end)...]
        } else {
            let colon = text.firstIndex(of: ":") ?? text.endIndex
            name = text[..<colon]
            after = text[colon...]
        }
        let decodedName = try decoded(name, .host)
        guard !decodedName.isEmpty else { throw .emptyHost }
        guard !after.isEmpty else { return Host(name: decodedName, port: defaultPort) }
        // Swift reads a sign before digits, too.
        guard after.hasPrefix(":"), !after.contains("+"), let port = UInt16(after.dropFirst()), port > 0 else {
            throw .badPort(host: decodedName)
        }
        return Host(name: decodedName, port: port)
    }

    private static func virtualHost(_ path: Substring) throws(BrokerAddressError) -> String {
        guard !path.contains("/") else { throw .slashInVirtualHost(String(path)) }
        let name = try decoded(path, .virtualHost)
        guard name.utf8.count <= 255 else { throw .virtualHostTooLong(name.utf8.count) }
        return name.isEmpty ? "/" : name
    }

    private static func decoded(
        _ text: Substring, _ part: BrokerAddressError.Part
    ) throws(BrokerAddressError) -> String {
        guard let decoded = text.percentDecoded else { throw .badEncoding(part) }
        guard !decoded.utf8.contains(0) else { throw .zeroByte(part) }
        return decoded
    }
}
