import ArgumentParser
import TestSupport
import Testing

@testable import Settings

/// A command that takes settings beside arguments of its own.
private struct Probe: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "probe")
    @OptionGroup(title: "Settings") var settings: SettingFlags
    @Flag var shadow = false
    @Argument var files: [String] = []
}

@Suite("Settings as flags", .timeLimit(.minutes(1)))
struct SettingFlagsTests {
    @Test("Every setting is a flag, by = and by the next argument", arguments: SettingTable.all)
    func everyFlag(spec: SettingSpec) throws {
        let value = SettingTableTests.example(spec)
        for arguments in [["--\(spec.flagName)=\(value)"], ["--\(spec.flagName)", value]] {
            let probe = try Probe.parse(arguments + ["file", "--shadow"])
            #expect(probe.settings.values == [spec.key: [value]])
            #expect(probe.files == ["file"])
            #expect(probe.shadow)
        }
    }

    @Test("What is not given has no value, or it would win over the file")
    func absent() throws {
        let probe = try Probe.parse(["file"])
        #expect(probe.settings.values.isEmpty)
        #expect(probe.settings.file == nil)
        #expect(try Probe.parse(["--config", "b.json"]).settings.file == "b.json")
    }

    @Test("A truth is a flag alone, or with its value; lists and links repeat; otherwise the last wins")
    func forms() throws {
        let probe = try Probe.parse([
            "--broker-declare", "--ledger-enabled=false", "--recipients-allow", "a@b.c,@b.c", "--recipients-allow",
            "d@b.c",
            "--altcraft-links", "x=https://t/1", "--altcraft-links=y=https://t/2", "--broker-queue", "1",
            "--broker-queue", "2",
        ])
        let (loaded, findings) = SettingsLoader.read(SettingSources(flags: probe.settings.values))
        #expect(findings.isEmpty)
        #expect(loaded.settings.broker.declaresTopology)
        #expect(loaded.settings.process.ledgerPath == nil)
        #expect(loaded.settings.mappings.allowedRecipients == ["a@b.c", "@b.c", "d@b.c"])
        #expect(loaded.settings.altcraft.links.names == ["x", "y"])
        #expect(loaded.settings.broker.queue == "2")
    }

    @Test("A mistyped flag is refused with the right one, and a flag without its value is no value")
    func mistyped() {
        let unknown = #expect(throws: (any Error).self) { try Probe.parse(["--broker-qeue", "x"]) }
        #expect(unknown.map { Probe.message(for: $0) }?.contains("Did you mean '--broker-queue'?") == true)
        #expect(throws: (any Error).self) { try Probe.parse(["--broker-queue"]) }
        #expect(throws: (any Error).self) { try Probe.parse(["--broker-queue", "--broker-declare"]) }
    }

    @Test("The help lists every setting with its default, and shows no secret's")
    func help() throws {
        let help = Probe.helpMessage(columns: 110)
        for spec in SettingTable.all { #expect(help.contains("--\(spec.flagName) "), "\(spec.key)") }
        let difference = try Golden.difference(help, from: "help.txt")
        #expect(difference == nil)
    }
}
