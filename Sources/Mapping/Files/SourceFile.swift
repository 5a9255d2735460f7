/// A mapping file as it was read: its name and its bytes.
package struct SourceFile: Sendable, Hashable {
    /// The name that diagnostics show: a path as the user knows it.
    package let name: String
    /// The content.
    package let bytes: [UInt8]

    /// Makes a file.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The name without the folder.
    package var baseName: String { String(name.split(separator: "/").last ?? "") }

    /// Makes a file from text.
    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }
}
