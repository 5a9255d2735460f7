import ArgumentParser
import TestSupport
import Testing

@testable import Settings

@Suite("Precedence of sources", .timeLimit(.minutes(1)))
struct PrecedenceTests {
    /// A setting that is a whole number, so that each source can have a value of its own.
    private static let numbers = SettingTable.all.filter { $0.kind == .integer }

    @Test("Whatever is set where: the flag wins, then the environment, then the file, then the default")
    func random() throws {
        var generator = SeededGenerator(seed: 41)
        let folder = try TemporaryFolder()
        for round in 0..<100 {
            var flags: [String: [String]] = [:]
            var environment: [String: String] = [:]
            var members: [String] = []
            var wanted: [String: (value: String, source: String)] = [:]
            for spec in Self.numbers {
                let value = String(Int.random(in: 2...900, using: &generator))
                wanted[spec.key] = (spec.fallback ?? "-", "default")
                if Bool.random(using: &generator) {
                    members.append("\"\(spec.key)\": \(value)")
                    wanted[spec.key] = (value, "file")
                }
                if Bool.random(using: &generator) {
                    environment[spec.environmentName] = "1" + value
                    wanted[spec.key] = ("1" + value, spec.environmentName)
                }
                if Bool.random(using: &generator) {
                    flags[spec.key] = ["7", "2" + value]
                    wanted[spec.key] = ("2" + value, "--" + spec.flagName)
                }
            }
            let file = try folder.write("\(round).json", "{\(members.joined(separator: ", "))}")
            let sources = SettingSources(flags: flags, environment: environment, file: file)
            let effective = SettingsLoader.read(sources).loaded.effective
            for (key, expected) in wanted {
                let shown = try #require(effective.first { $0.key == key })
                #expect(shown.value == expected.value)
                let source = shown.source.description
                #expect(source.hasPrefix(expected.source == "file" ? file : expected.source), "\(key) \(source)")
            }
        }
    }

    @Test("Links of all sources are one table, each name by its own precedence")
    func links() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "b.json",
            "{\"altcraft\": {\"links\": {\"a\": \"https://f/a\", \"b\": \"https://f/b\", \"c\": \"https://f/c\"}}}")
        let sources = SettingSources(
            flags: ["altcraft.links": ["c=https://flag/c?", "d=https://flag/d"]],
            environment: [
                "TRIGGER_BRIDGE_ALTCRAFT_LINKS_B": "https://e/b", "TRIGGER_BRIDGE_ALTCRAFT_LINKS_C": "https://e/c",
            ],
            file: file)
        let (loaded, findings) = SettingsLoader.read(sources)
        let links = loaded.settings.altcraft.links
        #expect(links["a"]?.reveal() == "https://f/a")
        #expect(links["b"]?.reveal() == "https://e/b")
        #expect(links["d"]?.reveal() == "https://flag/d")
        // A query has no place in a link; the flag's value is wrong and does not fall back to another source.
        #expect(links["c"] == nil)
        #expect(findings.map(\.key) == ["altcraft.links.c"])
        #expect(findings.first?.source == .flag("altcraft-links"))
    }

    @Test(
        "What is no link is told, what is one is taken",
        arguments: [
            ("https://t.example.com/trg/abc", true), ("http://t:80/trg/abc/", true), ("https://t", true),
            ("t/trg", false),
            ("ftp://t/x", false), ("https://", false), ("https://t/x?y", false), ("https://t/x#y", false),
            ("https://t/a b", false), ("https:///trg", false), ("", false),
        ])
    func link(text: String, isTaken: Bool) {
        let (settings, findings) = Reading.flags(["altcraft.links": ["name=" + text]])
        #expect(findings.isEmpty == isTaken)
        #expect((settings.altcraft.links["name"] != nil) == isTaken)
    }

    @Test("TLS settings that go together are taken")
    func tls() {
        let values = [
            "broker.url": "amqps://rabbit", "broker.auth": "external", "broker.certificate_file": "c.pem",
            "broker.key_file": "k.pem", "broker.ca_file": "ca.pem",
        ]
        let (settings, findings) = Reading.flags(values.mapValues { [$0] })
        #expect(findings.isEmpty)
        #expect(settings.broker.authentication == .external)
        #expect(settings.broker.caFile == "ca.pem")
        #expect(settings.broker.certificateFile == "c.pem")
        #expect(settings.broker.keyFile == "k.pem")
    }
}
