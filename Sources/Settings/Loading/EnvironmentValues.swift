import Configuration

/// Our environment variables, each held against the table.
struct EnvironmentValues {
    private(set) var contents: [String: ConfigContent] = [:]
    private(set) var findings: [SettingFinding] = []

    /// Takes over what is known and reports the rest, in the order of names.
    init(_ variables: [String: String]) {
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
            if let spec = Self.byName[name] {
                contents[spec.key] =
                    spec.kind == .list ? .stringArray(SettingNames.elements(of: value)) : .string(value)
            } else if let spec = Self.namesSpecs.first(where: { name.hasPrefix($0.environmentName + "_") }) {
                let suffix = String(name.dropFirst(spec.environmentName.count + 1))
                contents["\(spec.key).\(LinkTable.normalised(suffix))"] = .string(value)
            } else {
                findings.append(
                    SettingFinding(
                        .unknown, key: nil, source: .environment(name), message: "there is no such setting",
                        hint: SettingNames.hint(forUnknownVariable: name)))
            }
        }
    }

    private static let byName = Dictionary(
        SettingTable.all.map { ($0.environmentName, $0) }, uniquingKeysWith: { first, _ in first })
    private static let namesSpecs = SettingTable.all.filter { $0.kind == .names }
}
