import Configuration

/// What a command needs set; everything else may be absent.
package enum SettingNeed: Sendable, Hashable, CaseIterable {
    /// `broker.url` and `broker.queue`.
    case broker
    /// `altcraft.url` and a token.
    case platform
    /// `mappings.path`.
    case mappings
}

/// Settings that were taken, with what an operator may want to know of them.
package struct LoadedSettings: Sendable {
    /// The settings.
    package let settings: BridgeSettings
    /// What works but should be known.
    package let warnings: [SettingFinding]
    /// Every setting as it is in force, in the order of the table.
    package let effective: [EffectiveSetting]
}

/// Reads the settings from flags, environment and file, in this order of precedence, and reports every fault at once.
package enum SettingsLoader {
    /// Reads and checks all settings.
    ///
    /// - Throws: ``SettingsError`` with every finding, where at least one of them is an error.
    package static func load(
        _ sources: SettingSources,
        needing needs: Set<SettingNeed> = []
    ) throws(SettingsError) -> LoadedSettings {
        let (loaded, findings) = read(sources, needing: needs)
        guard !findings.contains(where: { $0.severity == .error }) else { throw SettingsError(findings: findings) }
        return loaded
    }

    /// Reads and checks all settings; what is wrong has its default in the result.
    ///
    /// For `check`, which goes on to the mappings whatever the settings are.
    package static func read(
        _ sources: SettingSources,
        needing needs: Set<SettingNeed> = []
    ) -> (loaded: LoadedSettings, findings: [SettingFinding]) {
        let environment = EnvironmentValues(sources.ownEnvironment)
        let file = sources.filePath.map(SettingsFile.read)
        var reader = SettingReader(
            flags: flagContents(sources.flags), environment: environment.contents, file: file)
        for finding in (file?.findings ?? []) + environment.findings { reader.report(finding) }
        let settings = BridgeSettings(&reader, stateDirectory: sources.environment["STATE_DIRECTORY"])
        // A file that says nothing at all would be told once more for each setting that may stand in it.
        let isLegible = file?.isLegible ?? true
        SettingsCheck.check(settings, isLegible ? needs : [], &reader)

        let order = Dictionary(uniqueKeysWithValues: SettingTable.all.enumerated().map { ($1.key, $0) })
        let effective = reader.effective.sorted { order[$0.spec.key] ?? 0 < order[$1.spec.key] ?? 0 }
        let warnings = reader.findings.filter { $0.severity == .warning }
        return (LoadedSettings(settings: settings, warnings: warnings, effective: effective), sorted(reader.findings))
    }

    /// What is wrong with the file first, in the order of the file; then the rest as it was found.
    private static func sorted(_ findings: [SettingFinding]) -> [SettingFinding] {
        let inFile = findings.filter { $0.place != nil }
            .sorted { ($0.place?.line ?? 0, $0.place?.column ?? 0) < ($1.place?.line ?? 0, $1.place?.column ?? 0) }
        return inFile + findings.filter { $0.place == nil }
    }

    private static func flagContents(_ flags: [String: [String]]) -> [String: ConfigContent] {
        var contents: [String: ConfigContent] = [:]
        for (key, texts) in flags {
            guard let spec = SettingTable.spec(of: key), let last = texts.last else { continue }
            switch spec.kind {
            case .list: contents[key] = .stringArray(texts.flatMap(SettingNames.elements))
            case .names: contents.merge(names(texts, spec)) { _, later in later }
            default: contents[key] = .string(last)
            }
        }
        return contents
    }

    /// `--altcraft-links welcome=https://…`, once for each; what has no `=` stays under the setting's own key.
    private static func names(_ texts: [String], _ spec: SettingSpec) -> [String: ConfigContent] {
        var contents: [String: ConfigContent] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let key = parts.count == 2 ? "\(spec.key).\(LinkTable.normalised(parts[0]))" : spec.key
            contents[key] = .string(parts.last ?? "")
        }
        return contents
    }
}
