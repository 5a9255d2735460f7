import ArgumentParser

/// The settings as flags of a command: `@OptionGroup(title: "Settings") var settings: SettingFlags`.
///
/// The options are not written down here but made from the table: ArgumentParser finds a type's options by its mirror,
/// and this type's mirror lists one option for each row. So help, completion and the hint for a mistyped flag know every
/// setting, and none can be forgotten. All are optional without defaults, or they would always win over the file. Values
/// stay texts here; ``SettingsLoader`` reads them with all others and reports all faults at once.
package struct SettingFlags: ParsableArguments {
    /// What was given, by the setting's key; several where a flag was repeated.
    package private(set) var values: [String: [String]] = [:]
    /// What `--config` names.
    package private(set) var file: String?

    /// No flags.
    package init() {}

    private static let fileFlag = "config"

    /// A flag's name as the key under which ArgumentParser keeps its value.
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }

    /// Takes the values over from ArgumentParser.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        file = try container.decode(Option<String?>.self, forKey: Key(stringValue: Self.fileFlag)).wrappedValue
        for spec in SettingTable.all {
            let key = Key(stringValue: spec.flagName)
            if Self.isRepeatable(spec) {
                let texts = try container.decode(Option<[String]>.self, forKey: key).wrappedValue
                if !texts.isEmpty { values[spec.key] = texts }
            } else if let text = try container.decode(Option<String?>.self, forKey: key).wrappedValue {
                values[spec.key] = [text]
            }
        }
    }

    private static func isRepeatable(_ spec: SettingSpec) -> Bool {
        spec.kind == .list || spec.kind == .names
    }

    private static func option(_ spec: SettingSpec) -> Any {
        let name = NameSpecification.customLong(spec.flagName)
        let facts = [spec.fallback.map { "default: \($0)" }, spec.range].compactMap(\.self).joined(separator: "; ")
        let abstract = facts.isEmpty ? spec.summary : "\(spec.summary) (\(facts))"
        let help = ArgumentHelp(stringLiteral: abstract).naming(spec.placeholder)
        if isRepeatable(spec) {
            return Option<[String]>(wrappedValue: [], name: name, help: help)
        }
        if spec.kind == .boolean {
            return Option<String?>(name: name, defaultAsFlag: "true", parsing: .next, help: help)
        }
        return Option<String?>(name: name, help: help)
    }
}

extension SettingFlags: CustomReflectable {
    /// One child for each flag, named as a property wrapper's storage is.
    package var customMirror: Mirror {
        let file = Option<String?>(
            name: .customLong(Self.fileFlag),
            help: ArgumentHelp(
                "A settings file: a JSON object with the settings below, by area. Flags win over the environment "
                    + "(TRIGGER_BRIDGE_BROKER_URL and so on), which wins over the file.",
                valueName: "file"))
        let settings = SettingTable.all.map { spec in ("_" + spec.flagName, Self.option(spec)) }
        return Mirror(self, children: [("_" + Self.fileFlag, file as Any)] + settings)
    }
}

extension ArgumentHelp {
    /// The help with a word for the value.
    fileprivate func naming(_ placeholder: String) -> ArgumentHelp {
        var help = self
        help.valueName = placeholder
        return help
    }
}
