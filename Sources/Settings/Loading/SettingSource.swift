package import JSON

/// Where a value was set.
package enum SettingSource: Sendable, Hashable, CustomStringConvertible {
    /// On the command line, by the flag's name without dashes.
    case flag(String)
    /// In the environment, by the variable's name.
    case environment(String)
    /// In the settings file.
    case file(String, JSONPosition?)
    /// Nowhere: the default.
    case fallback

    /// `--broker-url`, `TRIGGER_BRIDGE_BROKER_URL`, `bridge.json:3:14`, `default`.
    package var description: String {
        switch self {
        case .flag(let name): "--\(name)"
        case .environment(let name): name
        case .file(let path, let position): position.map { "\(path):\($0)" } ?? path
        case .fallback: "default"
        }
    }
}
