/// Why a broker URL was not taken.
///
/// No case carries the user or the password.
package enum BrokerAddressError: Error, Equatable, CustomStringConvertible {
    /// A part of the URL that may be percent-encoded.
    package enum Part: String, Sendable {
        case user, password, host
        case virtualHost = "virtual host"
    }

    /// No `://`.
    case missingScheme
    /// Neither `amqp` nor `amqps`.
    case unknownScheme(String)
    /// A `?` or `#` that is not percent-encoded.
    case unexpectedQuery
    /// An `@` with nothing before it.
    case emptyUser
    /// A host without a name.
    case emptyHost
    /// A `[` without its `]`.
    case openBracket(String)
    /// What follows a host is no port.
    case badPort(host: String)
    /// An `@` behind the first `/`: the password has a slash that is not percent-encoded, or the virtual host an `@`.
    case slashBeforeAt
    /// A `/` in the virtual host that is not percent-encoded.
    case slashInVirtualHost(String)
    /// Longer than a short string.
    case virtualHostTooLong(Int)
    /// A `%` without two hexadecimal digits, or bytes that are not UTF-8.
    case badEncoding(Part)
    /// A zero byte, which no login can carry.
    case zeroByte(Part)

    /// One line: what is wrong, where, and what to write instead.
    package var description: String {
        switch self {
        case .missingScheme:
            "the broker URL has no scheme; write amqp://user:password@host:5672/vhost"
        case .unknownScheme(let scheme):
            "the broker URL's scheme is \"\(scheme)\"; write amqp:// or, for TLS, amqps://"
        case .unexpectedQuery:
            "the broker URL has a \"?\" or \"#\"; options are settings of their own, and in a password write %3F or %23"
        case .emptyUser:
            "the broker URL has an \"@\" but no user before it; write user:password@, or leave the \"@\" out"
        case .emptyHost:
            "the broker URL names no host, or has an empty one in its list; write amqp://host or amqp://one,two"
        case .openBracket(let host):
            "the broker URL's host \"\(host)\" has \"[\" without \"]\"; write IPv6 addresses as [::1]"
        case .badPort(let host):
            "the broker URL's port after \"\(host)\" is none; write a number from 1 to 65535 after a colon"
        case .slashBeforeAt:
            "the broker URL has an \"@\" after a \"/\"; in a password write %2F, in a virtual host %40"
        case .slashInVirtualHost(let path):
            "the broker URL's virtual host \"\(path)\" has a \"/\"; write it as %2F"
        case .virtualHostTooLong(let count):
            "the broker URL's virtual host has \(count) bytes; AMQP allows 255"
        case .badEncoding(let part):
            "the broker URL's \(part.rawValue) is not percent-encoded UTF-8; write a literal \"%\" as %25"
        case .zeroByte(let part):
            "the broker URL's \(part.rawValue) has a zero byte (%00), which AMQP logins cannot carry; take it out"
        }
    }
}
