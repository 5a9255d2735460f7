import Foundation

/// The folder of one test, gone with it; with `PROOF_KEEP` set it stays, to look at the logs of a failure.
final class Workplace: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "bridge-proof-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        guard ProcessInfo.processInfo.environment["PROOF_KEEP"] == nil else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The whole path of a file in it.
    func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file, and the folders that it stands in.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let place = URL(filePath: file(name))
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place)
        return place.path
    }
}
