package import Foundation

/// The programs of this package, which are built beside the tests, wherever that is.
package enum BuiltPrograms {
    /// The folder that they lie in.
    package static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    /// One of them.
    package static func url(_ name: String) -> URL {
        folder.appending(path: name)
    }
}
