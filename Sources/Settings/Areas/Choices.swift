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

/// Which matching modes calls for one profile take: `altcraft.single_modes`.
package enum SingleModes: String, Sendable, Hashable, CaseIterable {
    /// The ones that each call's page lists.
    case documented
    /// All eleven.
    case all
}

/// Where `custom_data` of a batch stands: `altcraft.custom_data_in`.
package enum CustomDataPlace: String, Sendable, Hashable, CaseIterable {
    /// In each element, as newer platforms take it.
    case element
    /// At the root, the only place of version 72.
    case root
}

/// Where an import batch carries what the profile is searched by: `altcraft.import_search`.
package enum ImportSearch: String, Sendable, Hashable, CaseIterable {
    /// Beside the element's `data`.
    case beside
    /// Inside the element's `data`.
    case inside
}

/// What becomes of launches that the answer to a batch leaves out: `altcraft.unreported`.
package enum UnreportedPolicy: String, Sendable, Hashable, CaseIterable {
    /// They count as launched.
    case accept
    /// They are parked.
    case park
}

/// Under which HTTP status the platform refuses a request: `altcraft.error_status`.
package enum ErrorStatus: String, Sendable, Hashable, CaseIterable {
    /// Under any of 2xx and 4xx.
    case any
    /// Under 200 alone: an envelope under 4xx is somebody else's.
    case success = "200"
}

/// What makes an answer to a v1.0 link a success: `altcraft.link_answer`.
package enum LinkAnswer: String, Sendable, Hashable, CaseIterable {
    /// HTTP 2xx, unless it holds an envelope that says otherwise.
    case status
    /// An envelope with error 0, as of all other calls.
    case envelope
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
