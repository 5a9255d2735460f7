import JSON

import struct Foundation.Data
import class Foundation.FileManager
import struct Foundation.URL

/// The conformance data beside the repository; absent for most people, and then the tests that read it are skipped.
enum Corpora {
    private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpora")

    /// Whether a file of the data is there.
    static func isPresent(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path())
    }

    /// The document in a file of the data.
    static func document(_ path: String) throws -> JSONNode {
        let data = try Data(contentsOf: root.appending(path: path))
        return try JSONDocument.parse(Array(data), limits: JSONLimits(refusesDuplicates: false)).root
    }
}
