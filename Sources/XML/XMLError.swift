/// Why bytes are no acceptable XML document, or a text no XML text.
package enum XMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bytes are not well-formed XML; what libxml2 says, where it says something.
    case syntax(String)
    /// More bytes, elements or nesting than allowed.
    case tooBig(String)
    /// The document has a document type declaration, which could define entities.
    case documentType
    /// A name that no element can have.
    case name(String)
    /// A character that XML 1.0 has no way to write, as `U+0007`.
    case character(String)
    /// libxml2 had no memory, or refused a call that cannot fail otherwise.
    case library

    /// One sentence without a full stop.
    package var description: String {
        switch self {
        case .syntax(let detail): "the text is not well-formed XML: \(detail)"
        case .tooBig(let what): "the XML has too many \(what)"
        case .documentType: "the XML has a document type declaration, which is refused"
        case .name(let name): "\"\(name)\" cannot be the name of an XML element"
        case .character(let character): "XML cannot hold the character \(character)"
        case .library: "libxml2 failed"
        }
    }
}
