import Foundation

/// A folder that lasts as long as its test.
final class Folder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "trigger-bridge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The whole path of a file in it.
    func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    /// Writes a file, and the folders that it stands in.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        let place = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
    }

    /// Writes a text file.
    func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    /// The text of a file.
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    /// The names of everything in it, however deep, sorted.
    func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
    }
}
