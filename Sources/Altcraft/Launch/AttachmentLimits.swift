/// How many files a message may carry, and how large.
///
/// The documents name only the 100 MB that a body with files may have; the defaults keep far below what mail servers
/// refuse.
package struct AttachmentLimits: Sendable, Hashable {
    /// Most files of one launch.
    package let count: Int
    /// Most bytes of one file, decoded.
    package let fileBytes: Int
    /// Most bytes of all files of one launch, decoded.
    package let totalBytes: Int

    /// Makes limits.
    package init(count: Int = 10, fileBytes: Int = 10 << 20, totalBytes: Int = 20 << 20) {
        self.count = count
        self.fileBytes = fileBytes
        self.totalBytes = totalBytes
    }

    /// Checks the files of one launch together.
    ///
    /// - Throws: ``LaunchFault`` when there are too many, or they are too large.
    package func check(_ attachments: [Attachment]) throws(LaunchFault) {
        guard attachments.count <= count else {
            throw LaunchFault(
                .badValue(.attachments), "\(attachments.count) attachments; at most \(count) are allowed")
        }
        for attachment in attachments where attachment.byteCount > fileBytes {
            throw LaunchFault(
                .badValue(.attachments),
                "an attachment of \(attachment.byteCount) bytes; at most \(fileBytes) are allowed")
        }
        let total = attachments.reduce(0) { $0 + $1.byteCount }
        guard total <= totalBytes else {
            throw LaunchFault(
                .badValue(.attachments), "attachments of \(total) bytes together; at most \(totalBytes) are allowed")
        }
    }
}
