import JSON
import TestSupport
import Testing

@testable import Settings

@Suite("Faults in settings", .timeLimit(.minutes(1)))
struct SettingFaultTests {
    @Test("Every fault of a file is found at once, each at its place, with what to write instead")
    func everyFault() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "bridge.json",
            """
            {
              "broker": {
                "prefetch": "99",
                "prefech": 3,
                "queue": 5,
                "queue": "orders",
                "declare": "true",
                "url": "amqp://shop:hunter2/x@rabbit"
              },
              "brokr": {"url": "x"},
              "altcraft": 7,
              "limits": {"depth": 100000, "event_bytes": "16 MiBs", "in_flight_bytes": null},
              "stop": {"deadline": "soon"},
              "mappings": {"unmatched": "ignore"},
              "retry": {"ladder": ["5s", "1s"]},
              "recipients": {"allow": [1]},
              "prefetch": 1
            }
            """)
        let environment = ["TRIGGER_BRIDGE_BROKER_QUEU": "x", "TRIGGER_BRIDGE_LOG_LEVEL": "loud", "HOME": "/"]
        let (_, findings) = SettingsLoader.read(
            SettingSources(flags: ["altcraft.in_flight": ["many"]], environment: environment, file: file))
        let text = findings.map { $0.description.replacing(folder.path + "/", with: "") + "\n" }.joined()
        #expect(!text.contains("hunter2"))
        let difference = try Golden.difference(text, from: "faults.txt")
        #expect(difference == nil)
    }

    @Test(
        "Whatever is wrong with an address of the broker, its password is not told",
        arguments: [
            "amqp://shop:hunter2/x@rabbit", "amqp://shop:hunter2@rabbit:99999", "hunter2://x", "shop:hunter2://x@y",
            "amqp://shop:hunter2?@rabbit", "amqp://shop:hunter2@[rabbit", "amqp://shop:hunter2%zz@rabbit",
            "amqp://shop:hunter2@", "amqp://x/hunter2/y", "amqp://[hunter2", "amqp://:hunter2@x", "hunter2",
        ])
    func brokerPassword(url: String) throws {
        let (settings, findings) = Reading.environment(["TRIGGER_BRIDGE_BROKER_URL": url])
        #expect(findings.count == 1)
        #expect(findings.first?.hint != nil)
        #expect(!findings.description.contains("hunter2"))
        #expect(settings.broker.address == nil)
    }

    @Test(
        "An address of the platform is scheme and host",
        arguments: [
            "api.example.com", "ftp://x", "https://", "https://x/api", "https://u:hunter2@x", "https://x:0x",
            "https://x?y",
            "https://[::1", "https://x:99999", "https://a b", "://",
        ])
    func platformURL(url: String) {
        let (_, findings) = Reading.flags(["altcraft.url": [url]])
        #expect(findings.count == 1)
        #expect(!findings.description.contains("hunter2"))
    }

    @Test("Secrets are shown nowhere: not by a finding, nor by what is in force, nor by printing the settings")
    func secrets() throws {
        var environment = Reading.complete
        environment["TRIGGER_BRIDGE_ALTCRAFT_LINKS_WELCOME"] = "https://t.example.com/trg/hunter4"
        environment["TRIGGER_BRIDGE_CONSOLE_TOKEN"] = "hunter5"
        let loaded = try SettingsLoader.load(SettingSources(environment: environment))
        var dumped = SettingsReference.text(of: loaded.effective) + String(reflecting: loaded.settings)
        dump(loaded.settings, to: &dumped)
        dump(loaded.effective.map(\.value), to: &dumped)
        #expect(!dumped.contains("hunter"))
        #expect(loaded.settings.process.consoleToken?.reveal() == "hunter5")
        #expect(loaded.settings.altcraft.links.names == ["welcome"])
        environment["TRIGGER_BRIDGE_ALTCRAFT_LINKS_WELCOME"] = "hunter4"
        environment["TRIGGER_BRIDGE_ALTCRAFT_LINKS"] = "hunter4"
        let (_, findings) = Reading.environment(environment)
        #expect(findings.map(\.key) == ["altcraft.links", "altcraft.links.welcome"])
        #expect(!findings.description.contains("hunter"))
    }

    @Test(
        "A file that is no settings file is told with the place",
        arguments: [
            ("", "1:1"), ("[]", "1:1"), ("{\"broker\": }", "1:12"), ("{\n  \"broker\": {}", "2:15"), ("nope", "1:1"),
        ])
    func malformed(text: String, place: String) throws {
        let (_, findings) = try Reading.file(text)
        #expect(findings.count == 1)
        #expect(findings.first?.source.description.hasSuffix("bridge.json:\(place)") == true, "\(findings)")
    }

    @Test("What is no JSON is told alone; what is, and lacks a setting, is told by that")
    func illegible() throws {
        let folder = try TemporaryFolder()
        func codes(_ text: String) throws -> Set<SettingFinding.Code> {
            let file = try folder.write("bridge.json", text)
            let needs = Set(SettingNeed.allCases)
            return Set(SettingsLoader.read(SettingSources(file: file), needing: needs).findings.map(\.code))
        }
        #expect(try codes("{") == [.syntax])
        #expect(try codes("[]") == [.type])
        #expect(try codes("{}") == [.missing])
        #expect(try codes(#"{"brokr": 1}"#) == [.unknown, .missing])
    }

    @Test("A file that cannot be read is told with the reason")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        let paths = [("/does/not/exist.json", "there is no such file"), (folder.path, "it is a folder")]
        for (path, reason) in paths {
            let needs = Set(SettingNeed.allCases)
            let (_, findings) = SettingsLoader.read(SettingSources(file: path), needing: needs)
            #expect(findings.map(\.code) == [.unreadable], "and nothing of what may stand in it")
            #expect(findings.description.contains(reason), "\(findings)")
        }
        let big = try folder.write("big.json", String(repeating: " ", count: SettingsFile.limit + 1))
        #expect(SettingsLoader.read(SettingSources(file: big)).findings.description.contains("is larger than 4 MiB"))
    }

    @Test(
        "Unknown names get the nearest right one",
        arguments: [
            ("broker.prefech", "broker.prefetch"), ("brokr.url", "broker.url"), ("broker.pre-fetch", "broker.prefetch"),
            ("Broker.Queue", "broker.queue"), ("prefetch", "broker.prefetch"),
            ("altcraft.token-file", "altcraft.token_file"),
            ("brokr", "broker"), ("queue", "broker.queue"), ("ca_file", nil), ("zzz", nil), ("", nil),
            ("in_flght", "altcraft.in_flight"),
        ])
    func nearest(written: String, wanted: String?) {
        #expect(SettingNames.nearest(to: written) == wanted)
    }

    @Test("Random files never trap, and each is either taken or told")
    func random() throws {
        var generator = SeededGenerator(seed: 4)
        let names = SettingTable.all.map(\.key) + ["broker", "altcraft", "x", "", "altcraft.links", "."]
        let scalars = [
            "1", "-1", "\"\"", "\"1s\"", "null", "true", "[]", "{}", "[1]", "[\"a\"]", "1e999", "{\"a\":\"b\"}",
        ]
        for _ in 0..<1_000 {
            let members = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                let name = names.randomElement(using: &generator) ?? ""
                return "\"\(name)\": \(scalars.randomElement(using: &generator) ?? "")"
            }
            let file = SettingsFile(path: "r.json", bytes: Array("{\(members.joined(separator: ", "))}".utf8))
            var reader = SettingReader(flags: [:], environment: [:], file: file)
            _ = BridgeSettings(&reader, stateDirectory: nil)
            let told = file.findings + reader.findings
            #expect(told.count + file.values.count >= Set(members).filter { !$0.contains("{}") }.count / 2)
            #expect(told.allSatisfy { !$0.message.isEmpty && !$0.description.contains("\n") })
        }
    }
}
