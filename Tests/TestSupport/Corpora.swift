package import Foundation

/// The conformance data that may lie beside a checkout, in `../shared/corpora`.
///
/// Nothing needs it: a test over it is enabled by ``isPresent(_:)`` and says so when it is skipped.
package enum Corpora {
    /// The reason that a skipped test prints.
    package static let absent = "conformance data is absent: ../shared/corpora does not lie beside this checkout"

    /// The root of this checkout.
    package static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Whether a file or folder of the data is there.
    package static func isPresent(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: url(path).path)
    }

    /// The bytes of one file of the data.
    package static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url(path)))
    }

    /// The names of the files in one folder of the data, sorted.
    package static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url(folder).path).sorted()
    }

    private static func url(_ path: String) -> URL {
        root.deletingLastPathComponent().appending(path: "shared/corpora/\(path)")
    }
}
