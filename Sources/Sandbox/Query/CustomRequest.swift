import JSON

/// A `custom_request`: the part of MongoDB's query language that the sandbox knows.
///
/// Values by equality, `$eq`, `$ne`, `$in`, `$nin`, `$gt`, `$gte`, `$lt`, `$lte`, `$exists` and `$not` for one field;
/// `$and`, `$or` and `$nor` around queries; dots in names go into objects; a list matches when one of its elements does;
/// null matches what is not there. Any other operator is refused by name, never taken for something else.
indirect enum CustomRequest: Sendable {
    case all([CustomRequest])
    case any([CustomRequest])
    case none([CustomRequest])
    case field(path: [String], Condition)

    /// What is asked of one field.
    indirect enum Condition: Sendable {
        case equals(JSONValue)
        case isIn([JSONValue])
        case compares(Comparison, JSONValue)
        case exists(Bool)
        case not(Condition)
        case every([Condition])
    }

    /// An order between values of one kind.
    enum Comparison: String, Sendable {
        case greater = "$gt"
        case greaterOrEqual = "$gte"
        case less = "$lt"
        case lessOrEqual = "$lte"
    }

    /// Reads a query; the depth is bounded by what the body's reader lets through.
    init(_ value: JSONValue) throws(Refusal) {
        guard let members = value.members else {
            throw .request("custom_request must be an object, not \(value.kind.noun)")
        }
        var parts: [CustomRequest] = []
        for member in members {
            switch member.name {
            case "$and": parts.append(.all(try Self.queries(member)))
            case "$or": parts.append(.any(try Self.queries(member)))
            case "$nor": parts.append(.none(try Self.queries(member)))
            case let name where name.hasPrefix("$"):
                throw .request("custom_request: the sandbox does not know \(name.prefix(64)) here")
            default:
                let path = member.name.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
                parts.append(.field(path: path, try Condition(member.value)))
            }
        }
        self = parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func queries(_ member: (name: String, value: JSONValue)) throws(Refusal) -> [CustomRequest] {
        guard let elements = member.value.elements, !elements.isEmpty else {
            throw .request("custom_request: \(member.name) must be a list of queries")
        }
        var queries: [CustomRequest] = []
        for element in elements { queries.append(try CustomRequest(element)) }
        return queries
    }
}

extension CustomRequest.Condition {
    /// Reads what stands after a field's name.
    init(_ value: JSONValue) throws(Refusal) {
        guard let members = value.members, members.first?.name.hasPrefix("$") == true else {
            self = .equals(value)
            return
        }
        var conditions: [CustomRequest.Condition] = []
        for member in members { conditions.append(try Self.operation(member.name, member.value)) }
        self = conditions.count == 1 ? conditions[0] : .every(conditions)
    }

    private static func operation(_ name: String, _ value: JSONValue) throws(Refusal) -> CustomRequest.Condition {
        switch name {
        case "$eq": return .equals(value)
        case "$ne": return .not(.equals(value))
        case "$in": return .isIn(try list(name, value))
        case "$nin": return .not(.isIn(try list(name, value)))
        case "$exists":
            guard let wanted = value.bool else { throw .request("custom_request: $exists must be true or false") }
            return .exists(wanted)
        case "$not":
            guard value.members?.first?.name.hasPrefix("$") == true else {
                throw .request("custom_request: $not must hold operators")
            }
            return .not(try CustomRequest.Condition(value))
        default:
            guard let comparison = CustomRequest.Comparison(rawValue: name) else {
                throw .request("custom_request: the sandbox does not know the operator \(name.prefix(64))")
            }
            return .compares(comparison, value)
        }
    }

    private static func list(_ name: String, _ value: JSONValue) throws(Refusal) -> [JSONValue] {
        guard let elements = value.elements else { throw .request("custom_request: \(name) must be a list") }
        return elements
    }
}
