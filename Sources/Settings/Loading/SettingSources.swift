/// Everything that settings can come from, handed in: nothing here reads the process's environment or arguments.
package struct SettingSources: Sendable {
    /// Values of flags by the setting's key, as ``SettingFlags`` collects them.
    package var flags: [String: [String]]
    /// All environment variables of the process.
    package var environment: [String: String]
    /// The settings file named on the command line; else `TRIGGER_BRIDGE_CONFIG` names it, if set.
    package var file: String?

    /// Sources for one reading of the settings.
    package init(flags: [String: [String]] = [:], environment: [String: String] = [:], file: String? = nil) {
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// The variable that names the settings file.
    static let fileVariable = SettingSpec.environmentPrefix + "CONFIG"

    /// The settings file, wherever it was named.
    var filePath: String? {
        file ?? environment[Self.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Our variables that hold something: an empty one counts as not set, as compose files leave them.
    var ownEnvironment: [String: String] {
        environment.filter { name, value in
            name.hasPrefix(SettingSpec.environmentPrefix) && name != Self.fileVariable && !value.isEmpty
        }
    }
}
