import JSON

/// What a proposed mapping launches.
package enum ProposedTarget: Sendable, Hashable {
    /// The author puts the number in.
    case unknown
    case campaign(Int64)
    case scenario(Int64)

    /// The member of `launch`; a number that nobody gave is 1.
    var member: (name: String, value: JSONValue) {
        switch self {
        case .unknown: ("campaign", .number(JSONNumber(1)))
        case .campaign(let id): ("campaign", .number(JSONNumber(id)))
        case .scenario(let id): ("scenario", .number(JSONNumber(id)))
        }
    }
}
