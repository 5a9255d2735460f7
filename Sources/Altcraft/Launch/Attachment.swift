/// A file that goes out with the message.
///
/// The type comes from the mapping; ``checked(name:mediaType:base64:limits:)`` and its like make attachments from
/// foreign values within limits.
package struct Attachment: Sendable, Hashable {
    /// The file's name, in any script.
    package let name: String
    /// The media type, for example `text/csv`.
    package let mediaType: String
    /// The content in base64.
    package let base64: String

    /// Makes an attachment from parts that are known to be good.
    package init(name: String, mediaType: String, base64: String) {
        self.name = name
        self.mediaType = mediaType
        self.base64 = base64
    }
}
