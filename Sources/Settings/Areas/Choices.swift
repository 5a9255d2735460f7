package import Logging

/// How the bridge logs in to the broker: `broker.auth`.
package enum BrokerAuthentication: String, Sendable, Hashable, CaseIterable {
    /// With the URL's user and password.
    case plain
    /// With the client certificate.
    case external
}

/// Where the token goes: `altcraft.token_in`.
package enum TokenPlace: String, Sendable, Hashable, CaseIterable {
    /// Into the body, as all documents show.
    case body
    /// As `Authorization: Bearer`.
    case header
}

/// The form of the calls: `altcraft.encoding`.
package enum PlatformEncoding: String, Sendable, Hashable, CaseIterable {
    case json
    case xml
}

/// Whether paths end in a slash: `altcraft.trailing_slash`.
package enum TrailingSlash: String, Sendable, Hashable, CaseIterable {
    /// Each path as its document prints it.
    case documented
    /// Every path ends in one.
    case always = "true"
    /// None does.
    case never = "false"
}

/// What becomes of an event that no mapping wants: `mappings.unmatched`.
package enum UnmatchedPolicy: String, Sendable, Hashable, CaseIterable {
    /// Acknowledged and counted.
    case skip
    /// Parked.
    case park
}

/// The levels of `log.level`.
package enum LogLevel: String, Sendable, Hashable, CaseIterable {
    case trace
    case debug
    case info
    case notice
    case warning
    case error

    /// The level as swift-log has it.
    package var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        }
    }
}

/// The value of `console.address`: an address, or `off`.
package enum ConsoleChoice: Sendable, Hashable {
    case off
    case listen(ConsoleAddress)

    /// On this machine only: metrics and health are nobody else's business unless somebody says so.
    static let standard = ConsoleChoice.listen(ConsoleAddress(host: "127.0.0.1", port: 9464))
}

extension Setting {
    /// The console's address.
    static func console(_ key: String, _ summary: String) -> Setting<ConsoleChoice> where Value == ConsoleChoice {
        let spec = SettingSpec(
            key: key, kind: .text, fallback: "127.0.0.1:9464", range: nil, isSecret: false, summary: summary)
        return Setting(spec: spec, fallback: .standard) { (texts) throws(SettingProblem) in
            let text = texts.joined(separator: ",")
            return text.lowercased() == "off" ? .off : .listen(try ConsoleAddress(parsing: text))
        }
    }
}
