import Foundation
import JSON

/// Reads the folder that product teams edit: every `*.json` in it but tests and schemas, no subfolders.
package struct MappingFolder: Sendable {
    /// The folder as it was named in the settings.
    package let path: String

    /// Names a folder; nothing is read yet.
    package init(path: String) {
        self.path = path
    }

    /// Whether a file of this name is a mapping.
    package static func isMapping(_ name: String) -> Bool {
        name.hasSuffix(".json") && !name.hasPrefix(".") && !name.hasSuffix(".tests.json")
            && !name.hasSuffix(".schema.json")
    }

    /// Reads the mappings in the order of their names.
    ///
    /// What cannot be read is a diagnostic, and the other files are there nevertheless.
    package func read() -> (files: [SourceFile], diagnostics: [Diagnostic]) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).filter(MappingFolder.isMapping).sorted()
        } catch {
            return ([], [unreadable(path, "the folder cannot be read", error)])
        }
        var files: [SourceFile] = []
        var diagnostics: [Diagnostic] = []
        for name in names {
            do {
                if let file = try file(named: name) { files.append(file) }
            } catch {
                diagnostics.append(unreadable(shown(name), "the file cannot be read", error))
            }
        }
        return (files, diagnostics)
    }

    /// Reads one file of the folder; nil when it is no file.
    package func file(named name: String) throws -> SourceFile? {
        let url = URL(filePath: path, directoryHint: .isDirectory).appending(path: name)
        // A mapping may be a link, as Kubernetes makes them; a folder with this ending is nobody's mapping.
        guard try url.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
        else {
            return nil
        }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        // One byte more than allowed is enough to be refused as too big.
        let data = try handle.read(upToCount: MappingText.mostBytes + 1) ?? Data()
        return SourceFile(name: shown(name), bytes: Array(data))
    }

    /// The name that diagnostics show: the folder as the user wrote it, and the file.
    private func shown(_ name: String) -> String {
        path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    }

    private func unreadable(_ name: String, _ message: String, _ error: any Error) -> Diagnostic {
        Diagnostic(
            file: name, position: JSONPosition(offset: 0, line: 1, column: 1), code: .unreadable,
            pointer: JSONPointer(), message: "\(message): \((error as NSError).localizedDescription)",
            hint: "check that it exists and may be read")
    }
}
