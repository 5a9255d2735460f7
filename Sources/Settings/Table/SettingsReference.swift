/// Texts made from the table: the README's settings and the list of what is in force.
package enum SettingsReference {
    /// A Markdown table of all settings.
    package static var markdown: String {
        let rows = SettingTable.all.map { spec in
            let fallback = spec.fallback.map { "`\($0)`" } ?? "–"
            let range = spec.range.map { " (\($0))" } ?? ""
            let secret = spec.isSecret ? " Secret." : ""
            return "| `\(spec.key)` | \(spec.placeholder.replacing("|", with: ", "))\(range) | \(fallback) "
                + "| \(spec.summary)\(secret) |"
        }
        return (["| setting | value | default | what it is |", "|---|---|---|---|"] + rows).joined(separator: "\n")
            + "\n"
    }

    /// What is in force and where it was set, a line each, without secrets.
    package static func text(of effective: [EffectiveSetting]) -> String {
        let keys = (effective.map(\.key.count).max() ?? 0) + 2
        let values = min(effective.map(\.value.count).max() ?? 0, 48) + 2
        return effective.map { setting in
            let key = setting.key + String(repeating: " ", count: keys - setting.key.count)
            let value = setting.value + String(repeating: " ", count: max(1, values - setting.value.count))
            return "\(key)\(value)\(setting.source)\n"
        }.joined()
    }
}
