/// A JSON value that is made rather than read: what templates produce and documents are written from.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    /// Members in the order they are written.
    case object([(name: String, value: JSONValue)])
    /// A value of a document, taken as it stands: its digits, escapes and order are kept, and nothing is copied.
    case node(JSONNode)

    /// What the value is.
    package var kind: JSONKind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        case .node(let node): node.kind
        }
    }

    /// The text, or nil when the value is none.
    package var string: String? {
        switch self {
        case .string(let text): text
        case .node(let node): node.string
        default: nil
        }
    }

    /// The number, or nil when the value is none.
    package var number: JSONNumber? {
        switch self {
        case .number(let number): number
        case .node(let node): node.number
        default: nil
        }
    }

    /// The truth value, or nil when the value is none.
    package var bool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .node(let node): node.bool
        default: nil
        }
    }

    /// Whether the value is null.
    package var isNull: Bool { kind == .null }

    /// The elements of an array, or nil when the value is none.
    package var elements: [JSONValue]? {
        switch self {
        case .array(let elements): elements
        case .node(let node) where node.kind == .array: node.elements.map { .node($0) }
        default: nil
        }
    }

    /// The members of an object, or nil when the value is none.
    package var members: [(name: String, value: JSONValue)]? {
        switch self {
        case .object(let members): members
        case .node(let node) where node.kind == .object: node.members.map { ($0.name, .node($0.value)) }
        default: nil
        }
    }

    /// The value of the member with this name, or nil.
    package subscript(_ name: String) -> JSONValue? {
        self[JSONName(name)]
    }

    /// The value of the member with this name, or nil.
    package subscript(_ name: JSONName) -> JSONValue? {
        switch self {
        case .node(let node): node.member(name).map(JSONValue.node)
        case .object(let members): members.first { JSONValue.sameText($0.name, name.text) }?.value
        default: nil
        }
    }
}

extension JSONValue: Equatable {
    /// Equal values: numbers by value, objects whatever the order of their members.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case .null: return true
        case .opaque: return false
        case .bool: return left.bool == right.bool
        case .number: return left.number == right.number
        case .string: return sameText(left.string ?? "", right.string ?? "")
        case .array: return left.elements == right.elements
        case .object: return sameMembers(left.members ?? [], right.members ?? [])
        }
    }

    /// Equal code points: `String` would call composed and decomposed letters equal, JSON does not.
    private static func sameText(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    private typealias Members = [(name: String, value: JSONValue)]

    private static func sameMembers(_ left: Members, _ right: Members) -> Bool {
        left.count == right.count && valuesByName(left) == valuesByName(right)
    }

    /// A name may stand in an object more than once; then all its values count, in their order.
    private static func valuesByName(_ members: Members) -> [JSONName: [JSONValue]] {
        Dictionary(grouping: members) { JSONName($0.name) }.mapValues { $0.map(\.value) }
    }
}

extension JSONNode {
    /// Whether two values are equal: numbers by value, objects whatever the order of their members.
    package func isEqual(to other: JSONNode) -> Bool {
        JSONValue.node(self) == JSONValue.node(other)
    }
}
