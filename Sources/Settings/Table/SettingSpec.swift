/// One row of the settings table: what flags, environment, file, help and the README say of a setting.
package struct SettingSpec: Sendable {
    /// What the settings file holds for it.
    package enum Kind: Sendable, Hashable {
        case text
        case choice([String])
        case boolean
        case integer
        /// A number, perhaps with a fraction.
        case number
        /// A number of bytes, or a text with a unit.
        case size
        /// A number of seconds, or a text with a unit.
        case duration
        /// A list of texts.
        case list
        /// An object with a text for each name.
        case names
    }

    /// The name, the same everywhere: `broker.url`.
    package let key: String
    /// What it takes.
    package let kind: Kind
    /// The default as one would write it; nil where there is none.
    package let fallback: String?
    /// The range or form of its values, for people: `1 to 1000`.
    package let range: String?
    /// Whether its value is never shown.
    package let isSecret: Bool
    /// What it is, in a sentence or two.
    package let summary: String

    /// The environment variable: `TRIGGER_BRIDGE_BROKER_URL`.
    package var environmentName: String {
        Self.environmentPrefix + key.uppercased().replacing(".", with: "_")
    }

    /// The flag without its dashes: `broker-url`.
    package var flagName: String {
        key.replacing(".", with: "-").replacing("_", with: "-")
    }

    /// The parts of the key.
    var components: [String] {
        key.split(separator: ".").map(String.init)
    }

    /// What all our environment variables begin with.
    package static let environmentPrefix = "TRIGGER_BRIDGE_"

    /// The word for a value in a flag's help.
    package var placeholder: String {
        switch kind {
        case .text: isSecret ? "secret" : "text"
        case .choice(let words): words.joined(separator: "|")
        case .boolean: "true|false"
        case .integer, .number: "number"
        case .size: "size"
        case .duration: "duration"
        case .list: "list"
        case .names: "name=link"
        }
    }

    /// What the settings file must hold, for a message.
    var fileForm: String {
        switch kind {
        case .text: "a text in quotes"
        case .choice(let words): "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .boolean: "true or false, without quotes"
        case .integer: "a whole number, without quotes"
        case .number: "a number, without quotes"
        case .size: "a size like \"16MiB\", or a number of bytes"
        case .duration: "a time like \"25s\", or a number of seconds"
        case .list: "a list of texts"
        case .names: "an object with a text for each name"
        }
    }
}
