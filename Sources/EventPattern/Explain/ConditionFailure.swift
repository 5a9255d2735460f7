package import JSON

/// One condition that an event does not meet, with both values.
package struct ConditionFailure: Sendable, CustomStringConvertible {
    /// Where the condition stands in `when`.
    package enum Place: String, Sendable, Hashable {
        case exchange
        case routingKey = "routing_key"
        case headers, properties, body
        /// A pattern on its own: `where`, `$if`, the `match` command.
        case value
    }

    /// A value of the event and where it stands.
    package struct Found: Sendable, Hashable {
        /// The normalized path (RFC 9535) of the value: `$['items'][0]['sku']`.
        package let location: String
        /// The value as JSON, cut to what a message can carry.
        package let value: String
    }

    /// Why the condition does not hold.
    package enum Cause: Sendable, Hashable {
        /// Nothing stands at the path.
        case missing
        /// An object stands there, or a list of objects: conditions are about single values.
        case notALeaf(JSONKind)
        /// Values stand there, and none is accepted.
        case notAccepted
        /// A value stands there and none may.
        case notWanted
    }

    /// Where the condition stands.
    package let place: Place
    /// The member names from the pattern's root to the condition.
    package let path: [String]
    /// The list as it is written in the pattern; nil where a transport condition fails.
    package let node: JSONNode?
    /// What is wanted, as JSON.
    package let wanted: String
    /// Why it does not hold.
    package let cause: Cause
    /// The values that were looked at, at most ``mostFound`` of them.
    package let found: [Found]
    /// How many more there were.
    package let more: Int
    /// The list whose elements were tried one by one, where another condition already held in other elements only: all
    /// conditions under one list must hold in the same element, and this is the one that came closest.
    package let closestElement: String?

    /// Most values that one failure carries.
    package static let mostFound = 5

    /// A sentence without a full stop: `financial_status is "refunded"; wanted ["paid"]`.
    package var description: String {
        let name = path.isEmpty ? place.rawValue : clip(path.joined(separator: "."))
        var sentence =
            switch cause {
            case .missing: "\(name) is missing; wanted \(wanted)"
            case .notALeaf(.array): "\(name) is a list without single values; wanted \(wanted)"
            case .notALeaf: "\(name) is an object, and conditions are about single values; wanted \(wanted)"
            case .notAccepted: "\(name) is \(foundText); wanted \(wanted)"
            case .notWanted: "\(name) is \(foundText); it must be absent"
            }
        if let closestElement { sentence += " (in \(closestElement), the element that comes closest)" }
        return sentence
    }

    /// The values side by side, and how many are not shown.
    private var foundText: String {
        let values = found.map(\.value).joined(separator: ", ")
        return more > 0 ? "\(values) and \(more) more" : values
    }
}
