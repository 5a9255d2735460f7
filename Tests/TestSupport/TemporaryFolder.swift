package import Foundation

/// A folder of a test's own, gone with the last reference; with `KEEP_FOLDERS` set it stays, to look at after a failure.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let url: URL

    /// Makes an empty one.
    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "trigger-bridge-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        guard ProcessInfo.processInfo.environment["KEEP_FOLDERS"] == nil else { return }
        try? FileManager.default.removeItem(at: url)
    }

    /// Where it is.
    package var path: String { url.path }

    /// The whole path of something in it.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Whether there is something of this name.
    package func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// What a file holds.
    package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// What a file holds.
    package func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(name)))) }

    /// The names of everything in it, however deep, sorted.
    package func names() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: path).sorted() }

    /// Makes a folder in it, with those that it stands in.
    package func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    /// Writes a file in place, and the folders that it stands in; the file's whole path.
    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    /// Writes a file in place, and the folders that it stands in; the file's whole path.
    @discardableResult
    package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path
    }

    /// Writes a file beside and renames it into place, as careful editors do.
    package func replace(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)), options: .atomic)
    }

    /// Removes something in it.
    package func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    /// Renames something in it.
    package func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: path(name), toPath: path(other))
    }

    /// Makes a link, or turns one that is there in one step.
    package func link(_ name: String, to destination: String) throws {
        let passing = path(".link-\(UUID().uuidString)")
        try FileManager.default.createSymbolicLink(atPath: passing, withDestinationPath: destination)
        guard unsafe rename(passing, path(name)) == 0 else { throw POSIXError(.EIO) }
    }
}
