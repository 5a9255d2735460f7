import AMQP

extension BrokerAddress {
    /// Reads `broker.url`.
    ///
    /// The parser's own messages quote what they trip over. In a URL whose password has a bare `/` or `@` that is a
    /// piece of the password, so nothing of the text is repeated here.
    static func setting(_ text: String) throws(SettingProblem) -> BrokerAddress {
        do throws(BrokerAddressError) {
            return try BrokerAddress(parsing: text)
        } catch {
            throw problem(error)
        }
    }

    private static func problem(_ error: BrokerAddressError) -> SettingProblem {
        let encode = "in a user or password write / as %2F, @ as %40, ? as %3F, # as %23 and % as %25"
        switch error {
        case .missingScheme, .unknownScheme:
            return SettingProblem("begins with neither amqp:// nor amqps://", example)
        case .unexpectedQuery:
            return SettingProblem("has a ? or #", "options are settings of their own; \(encode)")
        case .emptyUser:
            return SettingProblem("has an @ but no user before it", "write user:password@, or leave the @ out")
        case .emptyHost:
            return SettingProblem("names no host, or has an empty one in its list", example)
        case .openBracket:
            return SettingProblem("has a host with [ but no ]", "write IPv6 addresses as [::1]; \(encode)")
        case .badPort:
            return SettingProblem("has a port that is no number from 1 to 65535", encode)
        case .slashBeforeAt:
            return SettingProblem("has an @ behind a /", encode)
        case .slashInVirtualHost:
            return SettingProblem("has a / in its virtual host", "write it as %2F; \(encode)")
        case .virtualHostTooLong(let count):
            return SettingProblem("has a virtual host of \(count) bytes", "AMQP allows 255")
        case .badEncoding(let part):
            return SettingProblem("has a % without two hexadecimal digits in its \(part.rawValue)", encode)
        case .zeroByte(let part):
            return SettingProblem("has a zero byte in its \(part.rawValue)", "leave out %00")
        }
    }

    private static var example: String {
        "for example amqp://user:password@host:5672/vhost"
    }
}
