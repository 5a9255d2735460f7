import Foundation
import TestSupport

@testable import Settings

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
        let folder = try TemporaryFolder()
        let sources = SettingSources(file: try folder.write("bridge.json", json))
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
