import JSON

extension CustomRequest {
    /// Whether a profile is among those that the query asks for.
    func matches(_ profile: Profile) -> Bool {
        switch self {
        case .all(let queries): queries.allSatisfy { $0.matches(profile) }
        case .any(let queries): queries.contains { $0.matches(profile) }
        case .none(let queries): !queries.contains { $0.matches(profile) }
        case .field(let path, let condition): condition.holds(Self.value(path, profile))
        }
    }

    /// The value at a path: the profile's own members by their API names, else one of its fields.
    private static func value(_ path: [String], _ profile: Profile) -> JSONValue? {
        switch path {
        case ["email"]: return profile.email.map { .string($0) }
        case ["phone"]: return profile.phone.map { .string($0) }
        case ["_id"], ["id"], ["profile_id"]: return .string(profile.id)
        default: break
        }
        guard let first = path.first else { return nil }
        return path.dropFirst().reduce(profile.fields[first]) { place, step in
            guard let elements = place?.elements else { return place?[step] }
            return Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        }
    }
}

extension CustomRequest.Condition {
    /// Whether a field's value is as asked; nil stands for a field that is not there.
    func holds(_ value: JSONValue?) -> Bool {
        switch self {
        case .equals(let wanted): Self.any(value) { Self.isEqual($0, wanted) }
        case .isIn(let wanted): Self.any(value) { one in wanted.contains { Self.isEqual(one, $0) } }
        case .compares(let comparison, let bound): Self.any(value) { comparison.holds($0, bound) }
        case .exists(let wanted): (value != nil) == wanted
        case .not(let condition): !condition.holds(value)
        case .every(let conditions): conditions.allSatisfy { $0.holds(value) }
        }
    }

    /// A list answers for itself and for each of its elements.
    private static func any(_ value: JSONValue?, _ test: (JSONValue?) -> Bool) -> Bool {
        test(value) || (value?.elements?.contains { test($0) } ?? false)
    }

    private static func isEqual(_ value: JSONValue?, _ wanted: JSONValue) -> Bool {
        guard let value else { return wanted.isNull }
        return value == wanted
    }
}

extension CustomRequest.Comparison {
    /// Numbers by value, texts by code points; values of different kinds have no order.
    func holds(_ value: JSONValue?, _ bound: JSONValue) -> Bool {
        guard let order = Self.order(value, bound) else { return false }
        return switch self {
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        }
    }

    private static func order(_ value: JSONValue?, _ bound: JSONValue) -> Int? {
        if let left = value?.number, let right = bound.number { return left < right ? -1 : right < left ? 1 : 0 }
        guard let left = value?.string?.utf8, let right = bound.string?.utf8 else { return nil }
        if left.elementsEqual(right) { return 0 }
        return left.lexicographicallyPrecedes(right) ? -1 : 1
    }
}

extension World {
    /// The rows that a database query finds.
    func rows(_ query: JSONValue) throws(Refusal) -> [Int] {
        let request = try CustomRequest(query)
        return store.profiles.indices.filter { request.matches(store[$0]) }
    }
}
