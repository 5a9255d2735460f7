import Configuration
import Files
import JSON

/// The settings file: where each setting stands, what is wrong, and the values.
///
/// Not the library's JSON snapshot, because that takes the last of duplicated members, lists no keys, and answers a
/// value of the wrong type with the default in silence. Here every member is held against the table; what is wrong
/// becomes a finding, and only what is right becomes a value.
struct SettingsFile {
    /// More than any settings file holds.
    static let limit = 4 << 20

    let path: String
    let findings: [SettingFinding]
    let positions: [String: JSONPosition]
    let values: [String: ConfigContent]

    /// Whether it is there and holds settings, good or bad.
    var isLegible: Bool { !findings.contains { $0.key == nil && $0.severity == .error } }

    /// Reads a file; that it cannot be read is a finding as well.
    static func read(_ path: String) -> SettingsFile {
        do {
            return SettingsFile(path: path, bytes: try BoundedFile.read(path, limit: limit))
        } catch {
            return SettingsFile(unreadable: path, error.message)
        }
    }

    private init(unreadable path: String, _ message: String) {
        self.path = path
        findings = [
            SettingFinding(
                .unreadable, key: nil, source: .file(path, nil), message: "the settings file \(message)",
                hint: "name it with --config or \(SettingSources.fileVariable)")
        ]
        positions = [:]
        values = [:]
    }

    /// Reads bytes that were in a file.
    init(path: String, bytes: [UInt8]) {
        var decoder = SettingsFileDecoder(path: path)
        decoder.decode(bytes)
        self.path = path
        findings = decoder.findings
        positions = decoder.positions
        values = decoder.values
    }
}
