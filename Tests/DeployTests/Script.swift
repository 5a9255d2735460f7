import BrokerSupport
import Foundation
import TestSupport

/// A few lines of bash with one of the libraries of `deploy/lib`, in a folder of their own.
///
/// Blocks until the script ends: for a thread of the test's own.
final class Script {
    /// A folder for files and for programs that stand before those of the system, gone with the script.
    var folder: URL { place.url }
    private let place: TemporaryFolder
    private let libraries: [String]

    /// Prepares to run with libraries, named without `.sh`.
    init(_ libraries: String...) throws {
        self.libraries = libraries
        place = try TemporaryFolder()
        for name in ["bin", "tmp"] { try place.makeFolder(name) }
    }

    /// Puts a program of a few lines where the script finds it first.
    func program(_ name: String, _ lines: String) throws {
        let file = folder.appending(path: "bin/\(name)")
        try Data("#!/bin/bash\n\(lines)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    /// What a file holds; nothing where it is not there.
    func text(_ name: String) -> String {
        FileManager.default.contents(atPath: folder.appending(path: name).path)
            .map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The names of what a folder holds.
    func names(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path).sorted()
    }

    /// Runs lines as `deploy/demo` would; both outputs in one, and the exit code in a line of its own at the end.
    ///
    /// How long a step took depends on the machine: it is told as 0 seconds.
    func run(_ lines: String) throws -> String {
        let sources = libraries.map { "source '\(Corpora.root.path)/deploy/lib/\($0).sh'" }.joined(separator: "\n")
        let text = "set -euo pipefail\n\(sources)\n\(lines)\n"
        try Data(text.utf8).write(to: folder.appending(path: "script"))
        let setting = "cd \"$1\" && PATH=\"$1/bin:/usr/bin:/bin\" TMPDIR=\"$1/tmp\" bash script 2>&1; echo \"exit $?\""
        let said = try Command.run(["bash", "-c", setting, "bash", folder.path])
        return said.replacing(/… [0-9]+ s\n/, with: "… 0 s\n")
    }
}
