import EventPattern

/// The names of settings, and what somebody may have meant by another.
enum SettingNames {
    /// Whether the key is the beginning of settings' keys: `broker`.
    static func isArea(_ key: String) -> Bool {
        areas.contains(key)
    }

    private static let areas = Set(
        SettingTable.all.flatMap { spec in
            let parts = spec.components
            return (1..<parts.count).map { parts.prefix($0).joined(separator: ".") }
        })

    /// The elements of a list written as one text.
    static func elements(of text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { element in
            String(element.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// `did you mean broker.prefetch?`, or where all names stand.
    static func hint(forUnknown key: String) -> String {
        nearest(to: key).map { "did you mean \($0)?" } ?? "trigger-bridge run --help lists all settings"
    }

    /// The variable's counterpart of `hint(forUnknown:)`.
    static func hint(forUnknownVariable name: String) -> String {
        let names = SettingTable.all.map(\.environmentName) + [SettingSources.fileVariable]
        if let near = Spelling.nearest(name, among: names) { return "did you mean \(near)?" }
        let rest = name.dropFirst(SettingSpec.environmentPrefix.count)
        let near = names.first { $0.hasSuffix("_" + rest) }
        return near.map { "did you mean \($0)?" } ?? "trigger-bridge run --help lists all settings"
    }

    /// The setting that was meant: one that is spelt nearly so, or whose last part is what was written.
    static func nearest(to key: String) -> String? {
        let keys = SettingTable.all.map(\.key)
        let plain = key.lowercased().replacing("-", with: "_")
        if keys.contains(plain) || areas.contains(plain) { return plain }
        if let near = Spelling.nearest(plain, among: keys + areas.sorted()) { return near }
        guard let last = plain.split(separator: ".").last else { return nil }
        let parts = Dictionary(grouping: SettingTable.all) { $0.components.last ?? "" }
        let part =
            parts[String(last)] == nil ? Spelling.nearest(String(last), among: parts.keys.sorted()) : String(last)
        // A last part that several areas have (`ca_file`) points nowhere.
        guard let part, let found = parts[part], found.count == 1 else { return nil }
        return found[0].key
    }
}
