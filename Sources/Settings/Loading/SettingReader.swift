import Configuration
import JSON

/// Reads settings one by one through swift-configuration, and collects what is wrong and where values came from.
struct SettingReader {
    private let config: ConfigReader
    private let recorder: SourceRecorder
    /// All keys that any source has, for settings whose keys the table cannot list.
    private let names: Set<String>
    private let file: (path: String, positions: [String: JSONPosition])?
    private(set) var findings: [SettingFinding] = []
    private(set) var effective: [EffectiveSetting] = []

    /// A reader over providers in the order flags, environment, file.
    init(flags: [String: ConfigContent], environment: [String: ConfigContent], file: SettingsFile?) {
        let contents = [flags, environment, file?.values ?? [:]]
        recorder = SourceRecorder()
        config = ConfigReader(providers: contents.map(Self.provider), accessReporter: recorder)
        names = Set(contents.flatMap(\.keys))
        self.file = file.map { ($0.path, $0.positions) }
    }

    /// Every key that was asked for.
    var asked: Set<String> { recorder.asked }

    /// The value of a setting, or its default: also where the value is wrong, which is a finding then.
    mutating func callAsFunction<Value: Sendable>(_ setting: Setting<Value>) -> Value {
        let spec = setting.spec
        guard let texts = texts(of: spec) else {
            effective.append(EffectiveSetting(spec: spec, key: spec.key, texts: nil, source: .fallback))
            return setting.fallback
        }
        let source = source(of: spec.key, spec)
        effective.append(EffectiveSetting(spec: spec, key: spec.key, texts: texts, source: source))
        do {
            return try setting.decode(texts)
        } catch {
            // An address may have a password in it, whatever setting it was written to.
            let text = texts.joined(separator: ",")
            let isHidden = spec.isSecret || text.isEmpty || text.contains("://")
            let shown = isHidden ? "" : "\"\(text.prefix(80))\" "
            findings.append(
                SettingFinding(
                    .value, key: spec.key, source: source, message: shown + error.message, hint: error.hint))
            return setting.fallback
        }
    }

    /// The names that any source has for a setting that holds texts by name.
    func names(under spec: SettingSpec) -> [String] {
        names.filter { $0.hasPrefix(spec.key + ".") }.map { String($0.dropFirst(spec.key.count + 1)) }.sorted()
    }

    /// The text of one name of a setting that holds texts by name.
    mutating func named(_ name: String, in spec: SettingSpec) -> (text: String, source: SettingSource)? {
        let key = "\(spec.key).\(name)"
        guard let text = config.string(forKey: ConfigKey(spec.components + [name]), isSecret: true) else { return nil }
        let source = source(of: key, spec)
        effective.append(EffectiveSetting(spec: spec, key: key, texts: [text], source: source))
        return (text, source)
    }

    /// Where a setting was set, after it has been read.
    func source(of key: String, _ spec: SettingSpec) -> SettingSource {
        switch recorder.provider(of: key) {
        case 0: return .flag(spec.flagName)
        case 1:
            let suffix = key.dropFirst(spec.key.count).uppercased().replacing(".", with: "_")
            return .environment(spec.environmentName + suffix)
        case 2: return .file(file?.path ?? "", file?.positions[key])
        default: return .fallback
        }
    }

    /// Adds a finding about settings that were read.
    mutating func report(_ finding: SettingFinding) {
        findings.append(finding)
    }

    /// Notes what is shown of a setting instead of its text: a default that depends on another setting, or an address
    /// without its password.
    mutating func note(_ spec: SettingSpec, shown text: String) {
        guard let place = effective.firstIndex(where: { $0.key == spec.key }) else { return }
        effective[place].shown = text
    }

    /// A provider of values by their dotted keys; all count as secret, so that no access report shows one.
    private static func provider(of values: [String: ConfigContent]) -> InMemoryProvider {
        let pairs = values.map { key, content in
            (AbsoluteConfigKey(key.split(separator: ".").map(String.init)), ConfigValue(content, isSecret: true))
        }
        return InMemoryProvider(values: Dictionary(pairs) { first, _ in first })
    }

    private func texts(of spec: SettingSpec) -> [String]? {
        let key = ConfigKey(spec.components)
        if spec.kind == .list { return config.stringArray(forKey: key, isSecret: spec.isSecret) }
        return config.string(forKey: key, isSecret: spec.isSecret).map { [$0] }
    }
}
