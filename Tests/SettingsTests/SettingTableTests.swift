import Foundation
import TestSupport
import Testing

@testable import Settings

@Suite("The settings table", .timeLimit(.minutes(1)))
struct SettingTableTests {
    /// A value that the setting takes and that is not its default.
    static func example(_ spec: SettingSpec) -> String {
        switch spec.key {
        case "broker.url": return "amqps://a:b@host/v"
        case "broker.auth": return "plain"
        case "altcraft.url": return "https://api.example.com"
        case "console.address": return "[::1]:1234"
        case "altcraft.rate": return "12.5"
        case "retry.ladder": return "1s,2s"
        case "recipients.allow": return "anna@example.com,@example.org"
        default: break
        }
        switch spec.kind {
        case .text: return "text"
        case .choice(let words): return words.last ?? ""
        case .boolean: return "true"
        case .integer: return "30"
        case .number: return "2"
        case .size: return "20 MiB"
        case .duration: return "2m"
        case .list: return "a,b"
        case .names: return "welcome=https://t.example.com/trg/abc"
        }
    }

    @Test("Keys, flags and variables are unique, and keys are lower-case words in an area")
    func names() {
        let all = SettingTable.all
        for names in [all.map(\.key), all.map(\.flagName), all.map(\.environmentName)] {
            #expect(Set(names).count == all.count)
        }
        for spec in all {
            #expect(spec.key.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil, "\(spec.key)")
            #expect(spec.flagName.wholeMatch(of: /[a-z-]+/) != nil)
            #expect(spec.environmentName.wholeMatch(of: /TRIGGER_BRIDGE_[A-Z_]+/) != nil)
            #expect(spec.summary.hasSuffix(".") || spec.summary.hasSuffix("…"), "\(spec.key)")
        }
    }

    @Test("The bridge reads every row of the table and nothing else")
    func complete() {
        var reader = SettingReader(flags: [:], environment: [:], file: nil)
        _ = BridgeSettings(&reader, stateDirectory: nil)
        #expect(reader.asked == Set(SettingTable.all.map(\.key)))
        #expect(reader.findings.isEmpty)
    }

    @Test("Every default is taken when it is written out", arguments: SettingTable.all.filter { $0.fallback != nil })
    func defaults(spec: SettingSpec) throws {
        let (_, findings) = Reading.flags([spec.key: [try #require(spec.fallback)]])
        #expect(findings.isEmpty)
    }

    @Test("Every setting is taken from each source alone, and its source is told", arguments: SettingTable.all)
    func everySource(spec: SettingSpec) throws {
        let text = Self.example(spec)
        let folder = try TemporaryFolder()
        let value =
            switch spec.kind {
            case .boolean, .integer, .number: text
            case .names: "{\"welcome\": \"https://t.example.com/trg/abc\"}"
            default: "\"\(text)\""
            }
        let file = try folder.write("b.json", "{\"\(spec.key)\": \(value)}")
        let link = "https://t.example.com/trg/abc"
        let isNames = spec.kind == .names
        let variable = spec.environmentName + (isNames ? "_WELCOME" : "")
        let sources = [
            SettingSources(flags: [spec.key: [text]]),
            SettingSources(environment: [variable: isNames ? link : text]),
            SettingSources(file: file),
        ]
        let told = ["--\(spec.flagName)", variable, "\(file):1:\(isNames ? spec.key.count + 7 : 2)"]
        for (source, wanted) in zip(sources, told) {
            let (loaded, findings) = SettingsLoader.read(source)
            #expect(findings.allSatisfy { $0.code == .conflict || $0.severity == .warning }, "\(findings)")
            let key = isNames ? "\(spec.key).welcome" : spec.key
            let shown = try #require(loaded.effective.first { $0.key == key })
            #expect(shown.source.description == wanted)
        }
    }

    @Test("The reference and the list of what is in force are what the golden files hold")
    func golden() throws {
        let reference = try Golden.difference(SettingsReference.markdown, from: "settings.md.txt")
        #expect(reference == nil)
        let loaded = try SettingsLoader.load(
            SettingSources(
                flags: ["altcraft.in_flight": ["12"], "altcraft.links": ["Back-In-Stock=https://t.example.com/trg/x"]],
                environment: Reading.complete),
            needing: Set(SettingNeed.allCases))
        let text = SettingsReference.text(of: loaded.effective)
        #expect(!text.contains("hunter"))
        let difference = try Golden.difference(text, from: "effective.txt")
        #expect(difference == nil)
    }
}
