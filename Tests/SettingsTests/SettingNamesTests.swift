import Testing

@testable import Settings

@Suite("Names of settings", .timeLimit(.minutes(1)))
struct SettingNamesTests {
    /// What one slip of the finger makes of a name.
    private static func slips(_ name: String) -> [String] {
        name.indices.flatMap { place -> [String] in
            let (before, after) = (name[..<place], name[name.index(after: place)...])
            return ["\(before)\(after)", "\(before)z\(after)", "\(before)\(name[place])\(name[place])\(after)"]
        }
    }

    @Test("Every name with one slip in it gets a hint, and nearly always the right one", arguments: SettingTable.all)
    func oneSlip(spec: SettingSpec) {
        let keys = Set(SettingTable.all.map(\.key))
        let slips = Set(Self.slips(spec.key)).subtracting(keys)
        let hints = slips.map { SettingNames.nearest(to: $0) }
        #expect(hints.allSatisfy { $0 != nil })
        // `broker.key_file` and `broker.ca_file` are near to each other, and so are a few more.
        #expect(hints.count { $0 == spec.key } * 10 >= slips.count * 9)
    }

    @Test("Every variable with one slip in it is told with a hint", arguments: SettingTable.all)
    func oneSlipInVariables(spec: SettingSpec) {
        let known = Set(SettingTable.all.map(\.environmentName))
        let prefix = SettingSpec.environmentPrefix
        for slip in Self.slips(String(spec.environmentName.dropFirst(prefix.count))) {
            let name = (prefix + slip).uppercased()
            let isLink = name.hasPrefix("TRIGGER_BRIDGE_ALTCRAFT_LINKS_")
            guard !known.contains(name), !isLink else { continue }
            let values = EnvironmentValues([name: "x"])
            #expect(values.contents.isEmpty)
            #expect(values.findings.first?.hint?.hasPrefix("did you mean TRIGGER_BRIDGE_") == true, "\(name)")
        }
    }

    @Test(
        "Variables that are not ours do not concern us, and ours must be known",
        arguments: [
            ("HOME", nil), ("TRIGGER_BRIDGE", nil), ("TRIGGER_BRIDGE_CONFIG", nil), ("XTRIGGER_BRIDGE_X", nil),
            ("TRIGGER_BRIDGE_", "trigger-bridge run --help lists all settings"),
            ("TRIGGER_BRIDGE_BROKER_URLS", "did you mean TRIGGER_BRIDGE_BROKER_URL?"),
            ("TRIGGER_BRIDGE_QUEUE", "did you mean TRIGGER_BRIDGE_BROKER_QUEUE?"),
            ("TRIGGER_BRIDGE_WHATEVER", "trigger-bridge run --help lists all settings"),
            ("TRIGGER_BRIDGE_broker_url", "trigger-bridge run --help lists all settings"),
        ] as [(String, String?)])
    func variables(name: String, hint: String?) {
        let (_, findings) = SettingsLoader.read(SettingSources(environment: [name: ""], file: nil))
        #expect(findings.isEmpty)
        guard name != "TRIGGER_BRIDGE_CONFIG" else { return }
        let (_, set) = SettingsLoader.read(SettingSources(environment: [name: "1"]))
        #expect(set.map(\.hint) == (hint.map { [$0] } ?? []))
        #expect(set.allSatisfy { $0.source == .environment(name) })
    }

    @Test(
        "Lists are split at commas, and spaces around are nobody's",
        arguments: [
            ("a", ["a"]), ("a,b", ["a", "b"]), (" a , b c ", ["a", "b c"]), ("", [""]), (",", ["", ""]), ("  ", [""]),
        ])
    func elements(text: String, wanted: [String]) {
        #expect(SettingNames.elements(of: text) == wanted)
    }

    @Test("A finding is one line that says where, how bad, what, and what to do")
    func description() {
        let file = SettingSource.file("b.json", nil)
        let full = SettingFinding(.value, .warning, key: "a.b", source: file, message: "is odd", hint: "mend it")
        #expect(full.description == "b.json: warning: a.b: is odd; mend it")
        #expect(full.place?.line == 1)
        let short = SettingFinding(.missing, key: nil, source: .fallback, message: "is not there")
        #expect(short.description == "error: is not there")
        #expect(short.place == nil)
        #expect(SettingsError(findings: [full, short]).description == "\(full)\n\(short)")
        #expect(Set(SettingFinding.Code.allCases.map(\.rawValue)).count == SettingFinding.Code.allCases.count)
    }
}
