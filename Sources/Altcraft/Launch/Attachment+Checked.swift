extension Attachment {
    /// Longest name of a file, in bytes: what common file systems take.
    package static let mostNameBytes = 255

    /// Makes an attachment from values of an event; the media type is the mapping's.
    ///
    /// - Throws: ``LaunchFault`` when the name is no file's name, the type no media type, or the text no base64.
    package static func checked(name: String, mediaType: String, base64: String) throws(LaunchFault) -> Attachment {
        guard isFileName(name) else {
            throw bad(
                "an attachment's name must have 1 to \(mostNameBytes) bytes, without slashes or control characters")
        }
        guard isMediaType(mediaType) else {
            throw bad("\"\(mediaType.prefix(80))\" is no media type, such as text/csv or application/pdf")
        }
        guard Base64.isValid(base64.utf8) else {
            throw bad("an attachment's data must be base64, padded and without line breaks")
        }
        return Attachment(name: name, mediaType: mediaType, base64: base64)
    }

    /// Makes an attachment from content that is not encoded yet, such as a text that a template made.
    ///
    /// - Throws: ``LaunchFault`` when the name is no file's name, or the type no media type.
    package static func checked(name: String, mediaType: String, content: [UInt8]) throws(LaunchFault) -> Attachment {
        try checked(name: name, mediaType: mediaType, base64: Base64.encode(content))
    }

    /// How many bytes the file has.
    package var byteCount: Int {
        let padding = base64.utf8.reversed().prefix(2).count { $0 == UInt8(ascii: "=") }
        return base64.utf8.count / 4 * 3 - padding
    }

    /// The content as the platform takes it: `data:text/csv;base64,SEVMTE8K`.
    package var dataURI: String { "data:\(mediaType);base64,\(base64)" }

    private static func bad(_ message: String) -> LaunchFault { LaunchFault(.badValue(.attachments), message) }

    private static func isFileName(_ name: String) -> Bool {
        guard (1...mostNameBytes).contains(name.utf8.count), name != ".", name != ".." else { return false }
        return name.unicodeScalars.allSatisfy { !ForeignText.isControl($0) && $0 != "/" && $0 != "\\" }
    }

    /// `type/subtype` and parameters (`; charset=utf-8`), all of them tokens of RFC 9110.
    ///
    /// A comma would end the type within the data URI; no token holds one.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard let essence = parts.first, isPair(essence, separator: "/"), text.utf8.count <= 127 else { return false }
        return parts.dropFirst().allSatisfy { isPair($0.drop { $0 == " " }, separator: "=") }
    }

    private static func isPair(_ text: Substring, separator: Character) -> Bool {
        let halves = text.split(separator: separator, omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isTokenByte) }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
    }
}
