import Files
import Foundation

/// A folder that a command writes files into; what goes wrong is said, and ends the command.
struct OutputFolder {
    private let path: String

    /// Names a folder; it is made when something is written.
    init(_ path: String) {
        self.path = path
    }

    /// The path of a file in the folder, as messages show it.
    func path(of name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    /// Whether there is something of this name.
    func holds(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(of: name))
    }

    /// The text of a file; nil where there is none.
    func text(_ name: String) throws(CommandExit) -> String? {
        guard holds(name) else { return nil }
        return try InputFile.read(path(of: name), else: .usage).text()
    }

    /// Writes a file that must not be there yet.
    func create(_ name: String, _ text: String) throws(CommandExit) {
        try write(name, text, options: .withoutOverwriting)
    }

    /// Writes a file whole, whatever was there.
    func replace(_ name: String, _ text: String) throws(CommandExit) {
        try write(name, text, options: .atomic)
    }

    private func write(_ name: String, _ text: String, options: Data.WritingOptions) throws(CommandExit) {
        let place = URL(filePath: path(of: name))
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: place, options: options)
        } catch {
            Terminal.error("error: \(path(of: name)) cannot be written: \(FileFault.reason(error))")
            throw .usage
        }
    }
}
