/// How large a batch may get.
package struct BatchLimits: Sendable, Hashable {
    /// Most bytes of a body beside its files: the documents' 10 MB, read as powers of ten to be on the safe side.
    package static let documentedBytes = 10_000_000
    /// Most bytes of a body with files: the documents' 100 MB.
    ///
    /// Whether base64 counts is not said; here it does.
    package static let documentedBytesWithFiles = 100_000_000
    /// What the token and the punctuation around it may take.
    package static let reserve = 8 << 10

    /// Most launches.
    package let items: Int
    /// Most bytes of a body beside its files.
    package let bytes: Int
    /// Most bytes of a body with files.
    package let bytesWithFiles: Int

    /// Makes limits.
    package init(
        items: Int, bytes: Int = documentedBytes, bytesWithFiles: Int = documentedBytesWithFiles
    ) {
        self.items = max(items, 1)
        self.bytes = bytes
        self.bytesWithFiles = bytesWithFiles
    }
}
