import Foundation
import JSON
import TestSupport
import Testing

@testable import Settings

@Suite("The settings file", .timeLimit(.minutes(1)))
struct SettingsFileTests {
    /// JSON of each kind.
    static let samples: [(kind: JSONKind, json: String)] = [
        (.null, "null"), (.bool, "true"), (.number, "7"), (.string, "\"7\""), (.array, "[\"7\"]"),
        (.object, "{\"a\": \"7\"}"),
    ]

    /// Which kinds of JSON a kind of setting takes.
    static func taken(_ kind: SettingSpec.Kind) -> [JSONKind] {
        switch kind {
        case .text: [.string]
        case .choice(let words): words.contains("true") ? [.string, .bool] : [.string]
        case .boolean: [.bool]
        case .integer, .number: [.number]
        case .size, .duration: [.number, .string]
        case .list: [.string, .array]
        case .names: [.object]
        }
    }

    @Test("A setting takes the kinds of JSON that fit it, and every other is told", arguments: SettingTable.all)
    func kinds(spec: SettingSpec) {
        for (kind, json) in Self.samples {
            let file = SettingsFile(path: "f", bytes: Array("{\"\(spec.key)\": \(json)}".utf8))
            if Self.taken(spec.kind).contains(kind) {
                #expect(file.findings.isEmpty, "\(spec.key) \(json)")
                #expect(file.values.count == 1)
            } else {
                #expect(file.findings.map(\.code) == [.type], "\(spec.key) \(json)")
                #expect(file.findings.first?.hint?.hasPrefix("write ") == true)
                #expect(file.values.isEmpty)
            }
        }
    }

    @Test("A number keeps its digits: what is too precise or too big is refused, not rounded")
    func digits() {
        for (json, isTaken) in [("200", true), ("2e2", false), ("200.0", false), ("99999999999999999999", false)] {
            let file = SettingsFile(path: "f", bytes: Array("{\"broker.prefetch\": \(json)}".utf8))
            var reader = SettingReader(flags: [:], environment: [:], file: file)
            _ = BridgeSettings(&reader, stateDirectory: nil)
            #expect(reader.findings.isEmpty == isTaken, "\(json)")
        }
    }

    @Test("Findings stand where their names and values do, whatever is around them")
    func positions() throws {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<300 {
            let space = { (generator: inout SeededGenerator) in generator.text(of: " \n\t", upTo: 4) }
            let lead =
                "{" + space(&generator) + "\"log\":" + space(&generator) + "{\"level\": \"info\"}," + space(&generator)
            let name = "\"broker.prefech\""
            let between = space(&generator) + ":" + space(&generator)
            let text =
                lead + name + between + "1," + space(&generator) + "\"stop.deadline\":" + space(&generator) + "[]}"
            let bytes = Array(text.utf8)
            let file = SettingsFile(path: "f", bytes: bytes)
            #expect(file.findings.map(\.code) == [.unknown, .type])
            let unknown = JSONPosition(offset: lead.utf8.count, in: bytes)
            let type = JSONPosition(offset: bytes.count - 3, in: bytes)
            #expect(file.findings.map(\.source) == [.file("f", unknown), .file("f", type)])
        }
    }

    @Test("A setting that stands twice is told wherever it stands, and the first one is in force")
    func duplicates() throws {
        let texts = [
            "{\"broker\": {\"queue\": \"a\", \"queue\": \"b\"}}",
            "{\"broker.queue\": \"a\", \"broker\": {\"queue\": \"b\"}}",
            "{\"broker\": {\"queue\": \"a\"}, \"broker\": {\"queue\": \"b\"}}",
            "{\"broker\": {\"queue\": \"a\"}, \"broker.queue\": \"b\"}",
        ]
        for text in texts {
            let (settings, findings) = try Reading.file(text)
            #expect(findings.map(\.code) == [.duplicate])
            #expect(findings.first?.hint == "it stands at line 1 already")
            #expect(settings.broker.queue == "a")
        }
        let (_, links) = try Reading.file(
            "{\"altcraft.links\": {\"a-b\": \"https://t/1\", \"A_B\": \"https://t/2\"}}")
        #expect(links.map(\.key) == ["altcraft.links.a_b"])
    }

    @Test("An unknown area is told once, not once for each of its members")
    func unknownArea() {
        let file = SettingsFile(path: "f", bytes: Array("{\"x\": {\"a\": 1, \"b\": {\"c\": 2}}}".utf8))
        #expect(file.findings.map(\.key) == ["x"])
    }

    @Test("Names with quotes, dots and controls in them do no harm")
    func oddNames() {
        for name in ["", ".", "broker.", ".url", "broker..url", "a\\u0000b", "\\ud800", "broker.url.x", "\\\"", "\\n"] {
            let file = SettingsFile(path: "f", bytes: Array("{\"\(name)\": 1}".utf8))
            #expect(file.findings.map(\.code) == [.unknown], "\(name)")
        }
    }

    @Test("Deep and broken files are findings")
    func deep() {
        let deep = String(repeating: "{\"a\":", count: 10_000)
        #expect(SettingsFile(path: "f", bytes: Array(deep.utf8)).findings.map(\.code) == [.syntax])
        #expect(SettingsFile(path: "f", bytes: [0xFF, 0xFE, 0x00]).findings.map(\.code) == [.syntax])
        #expect(SettingsFile(path: "f", bytes: []).findings.map(\.code) == [.syntax])
    }

    @Test("Random bytes never trap")
    func randomBytes() {
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<2_000 {
            let text = generator.text(of: "{}[]\":,broker.ulqe019tfn \n\\", upTo: 60)
            let file = SettingsFile(path: "f", bytes: Array(text.utf8))
            #expect(!file.findings.isEmpty || text.contains("{"))
        }
    }

    @Test("A settings file may come through a pipe")
    func pipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("{\"broker\": {\"queue\": \"piped\"}}".utf8))
        try pipe.fileHandleForWriting.close()
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        let loaded = try SettingsLoader.load(SettingSources(file: path))
        #expect(loaded.settings.broker.queue == "piped")
    }
}
