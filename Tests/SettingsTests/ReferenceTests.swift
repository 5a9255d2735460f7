import Testing

@testable import Settings

@Suite("Texts made from the table", .timeLimit(.minutes(1)))
struct ReferenceTests {
    @Test("The reference has a row for each setting, in four columns")
    func markdown() {
        let rows = SettingsReference.markdown.split(separator: "\n")
        #expect(rows.count == SettingTable.all.count + 2)
        for row in rows { #expect(row.split(separator: "|").count == 4, "\(row)") }
        for (row, spec) in zip(rows.dropFirst(2), SettingTable.all) { #expect(row.hasPrefix("| `\(spec.key)` |")) }
    }

    @Test("What is in force has a line for each setting, with its value and its source")
    func effective() throws {
        let loaded = try SettingsLoader.load(
            SettingSources(environment: ["TRIGGER_BRIDGE_LOG_LEVEL": "debug", "STATE_DIRECTORY": "/var/lib/bridge"]))
        let lines = SettingsReference.text(of: loaded.effective).split(separator: "\n")
        #expect(lines.count == SettingTable.all.count)
        let words = lines.map { $0.split(separator: " ").map(String.init) }
        #expect(words.contains(["log.level", "debug", "TRIGGER_BRIDGE_LOG_LEVEL"]))
        #expect(words.contains(["state.path", "/var/lib/bridge", "default"]))
        #expect(words.contains(["ledger.path", "/var/lib/bridge/ledger.sqlite", "default"]))
        #expect(words.contains(["broker.url", "-", "default"]))
    }

    @Test("A value that is wrong is shown as what was written, its default being in force")
    func wrong() {
        let (loaded, findings) = SettingsLoader.read(SettingSources(flags: ["broker.prefetch": ["many"]]))
        #expect(findings.count == 1)
        #expect(loaded.settings.broker.prefetch == 200)
        #expect(loaded.effective.first { $0.key == "broker.prefetch" }?.value == "many")
    }

    @Test("Nothing is shown of a wrong address or of a long value beyond its beginning")
    func bounded() {
        let long = String(repeating: "x", count: 10_000)
        let (_, findings) = Reading.flags(["broker.prefetch": [long], "altcraft.url": ["https://u:hunter2@h"]])
        #expect(findings.allSatisfy { $0.description.count < 300 && !$0.description.contains("hunter2") })
        #expect(findings.count == 2)
    }
}
