/// Request headers that cannot break a request apart: names are tokens, values hold no control characters.
///
/// libcurl sends header lines as they are, so a line break in a token file would become a header of its own.
package struct HTTPHeaders: Sendable, Hashable {
    /// No headers.
    package static let none = HTTPHeaders()

    /// The lines as libcurl takes them, `Name: value`, or `Name;` for an empty value.
    let lines: [String]
    /// Whether a line names the content type; without one libcurl would invent a form's.
    let namesContentType: Bool

    private init() {
        lines = []
        namesContentType = false
    }

    /// Checks and keeps the headers, in order.
    ///
    /// - Throws: `HTTPHeaderError` naming the header, never its value: it may be a secret.
    package init(_ fields: [(name: String, value: String)]) throws(HTTPHeaderError) {
        var lines: [String] = []
        for (name, value) in fields {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else { throw .name(name) }
            guard value.utf8.allSatisfy(Self.isValueByte) else { throw .value(ofHeader: name) }
            lines.append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        self.lines = lines
        namesContentType = fields.contains { $0.name.lowercased() == "content-type" }
    }

    /// RFC 9110, 5.6.2: a token.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// RFC 9110, 5.5: visible characters, space, tab, and the obsolete upper half.
    private static func isValueByte(_ byte: UInt8) -> Bool {
        byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
    }
}

/// A header that cannot be sent.
package enum HTTPHeaderError: Error, Equatable, CustomStringConvertible {
    /// The name is empty or holds a character that no header name may have.
    case name(String)
    /// The value holds a control character, such as the line break at the end of a token file.
    case value(ofHeader: String)

    /// One line: which header, and what to do.
    package var description: String {
        switch self {
        case .name(let name): "\"\(name)\" is not an HTTP header name: use letters, digits and hyphens"
        case .value(let name): "the value of the header \(name) has a line break or control character: remove it"
        }
    }
}
