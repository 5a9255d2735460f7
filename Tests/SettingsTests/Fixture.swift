import Foundation

@testable import Settings

/// A folder of its own for one test, gone when the test is.
final class Folder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and gives its path back.
    func file(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }
}

/// Short ways to read settings from one kind of source.
enum Reading {
    /// The least that `run` needs.
    static let complete = [
        "TRIGGER_BRIDGE_BROKER_URL": "amqp://shop:hunter2@rabbit/orders",
        "TRIGGER_BRIDGE_BROKER_QUEUE": "orders",
        "TRIGGER_BRIDGE_ALTCRAFT_URL": "https://api.example.com",
        "TRIGGER_BRIDGE_ALTCRAFT_TOKEN": "hunter3",
        "TRIGGER_BRIDGE_MAPPINGS_PATH": "mappings",
    ]

    static func file(_ json: String, needing needs: Set<SettingNeed> = []) throws -> (BridgeSettings, [SettingFinding])
    {
        let folder = try Folder()
        let sources = SettingSources(file: try folder.file("bridge.json", json))
        let (loaded, findings) = SettingsLoader.read(sources, needing: needs)
        return (loaded.settings, findings)
    }

    static func environment(_ values: [String: String]) -> (BridgeSettings, [SettingFinding]) {
        let (loaded, findings) = SettingsLoader.read(SettingSources(environment: values))
        return (loaded.settings, findings)
    }

    static func flags(_ values: [String: [String]]) -> (BridgeSettings, [SettingFinding]) {
        let (loaded, findings) = SettingsLoader.read(SettingSources(flags: values))
        return (loaded.settings, findings)
    }
}
