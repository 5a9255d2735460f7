import Foundation
import Testing

/// A folder of a test's own, gone with the last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/reload-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in it.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    }

    /// Writes in place: opens what is there, cuts it and writes.
    func write(_ name: String, _ text: String) throws {
        if FileManager.default.fileExists(atPath: path(name)) {
            let file = try #require(FileHandle(forWritingAtPath: path(name)))
            try file.truncate(atOffset: 0)
            try file.write(contentsOf: Data(text.utf8))
            try file.close()
        } else {
            try Data(text.utf8).write(to: URL(filePath: path(name)))
        }
    }

    /// Writes beside and renames into place, as careful editors do.
    func replace(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)), options: .atomic)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: path(name), toPath: path(other))
    }

    /// Makes a link, or turns one that is there in one step.
    func link(_ name: String, to destination: String) throws {
        let passing = path(".link-\(UUID().uuidString)")
        try FileManager.default.createSymbolicLink(atPath: passing, withDestinationPath: destination)
        guard unsafe rename(passing, path(name)) == 0 else { throw POSIXError(.EIO) }
    }

    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
    }
}
