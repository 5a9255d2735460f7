/// What a JSON value is.
package enum JSONKind: UInt8, Sendable, Hashable {
    case null
    case bool
    case number
    case string
    case array
    case object
    /// A leaf that is present but equal to nothing: bytes of a transport header that are no text.
    ///
    /// Never comes out of a parser; only ``JSONBuilder`` makes it.
    case opaque

    /// The word of messages: `a text`, `a number`.
    package var noun: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        case .opaque: "bytes"
        }
    }
}
