package import JSON

/// A literal of a filter expression; arrays and objects have none.
package enum Literal: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(JSONName)

    var kind: JSONKind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        }
    }
}
