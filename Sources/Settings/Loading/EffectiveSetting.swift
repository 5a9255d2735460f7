/// A setting as it is in force: its value, redacted where it is a secret, and where it came from.
package struct EffectiveSetting: Sendable {
    let spec: SettingSpec
    /// The setting's name.
    package let key: String
    let texts: [String]?
    /// Where the value was set.
    package let source: SettingSource
    /// What is shown instead, free of secrets.
    var shown: String?

    init(spec: SettingSpec, key: String, texts: [String]?, source: SettingSource) {
        self.spec = spec
        self.key = key
        self.texts = texts
        self.source = source
    }

    /// The value as text: `***` for a secret, `-` for what is not set.
    package var value: String {
        if let shown { return shown }
        guard let texts else { return spec.fallback ?? "-" }
        return spec.isSecret ? "***" : texts.joined(separator: ",")
    }
}
