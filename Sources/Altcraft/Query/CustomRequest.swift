package import JSON

/// What a `custom_request` may hold: a MongoDB query that the mapping wrote and an event only fills with values.
///
/// The platform runs the query on a whole profile database, so a query that came out wider than its author meant
/// reaches people nobody meant. Three rules keep it narrow. A value from an event stands only where ``slot(at:)``
/// gives it a place. What it brings there is one text, number or truth value, or a list of such where the operator
/// takes a list: never an object, hence no operator and no field name. And the whole is never empty.
package enum CustomRequest {
    /// A place in a query that an event may fill.
    package enum Slot: Sendable, Hashable {
        /// One value.
        case scalar
        /// A list of values.
        case list
    }

    /// Most values of one list that an event fills; the body's limit would come soon after.
    package static let mostValues = 100_000

    /// Operators that compare a field with one value.
    private static let comparing: Set<String> = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"]
    /// Operators that compare a field with a list of values.
    private static let listing: Set<String> = ["$in", "$nin", "$all"]
    /// Operators that hold a list of queries.
    private static let joining: Set<String> = ["$and", "$or", "$nor"]
    /// Operators that hold one condition on the field they stand below.
    private static let passing: Set<String> = ["$not", "$elemMatch"]

    /// What an event may put at a place of the query, named by the steps from the query's root.
    ///
    /// Operators that are not on the lists above take literals only: `$where` and `$expr` run code, `$regex` from an
    /// event could match everybody, and of those that this version does not know nothing can be said.
    ///
    /// - Throws: ``LaunchFault`` where nothing from an event may stand.
    package static func slot(at steps: [JSONStep]) throws(LaunchFault) -> Slot {
        guard !steps.isEmpty else {
            throw unsafe("a custom_request must be written in the mapping; an event only fills values into it")
        }
        var slot = Place.query
        for step in steps { slot = try slot.entering(step) }
        switch slot {
        case .condition, .element: return .scalar
        case .values: return .list
        case .query, .queries:
            throw unsafe("an event may not fill a whole condition of a custom_request, only the values in it")
        }
    }

    /// Where a walk from the query's root stands.
    private enum Place {
        /// An object of fields and joining operators.
        case query
        /// A list of queries.
        case queries
        /// What a field must be: a value, or an object of operators.
        case condition
        /// A list of values.
        case values
        /// One value of a list.
        case element

        func entering(_ step: JSONStep) throws(LaunchFault) -> Place {
            switch (self, step) {
            case (.query, .name(let name)): return try CustomRequest.member(name)
            case (.queries, .index): return .query
            case (.condition, .name(let name)): return try CustomRequest.condition(name)
            case (.values, .index), (.condition, .index): return .element
            default: throw unsafe("an event may not fill this place of a custom_request")
            }
        }
    }

    private static func member(_ name: String) throws(LaunchFault) -> Place {
        guard name.hasPrefix("$") else { return .condition }
        guard joining.contains(name) else { throw literalOnly(name) }
        return .queries
    }

    private static func condition(_ name: String) throws(LaunchFault) -> Place {
        guard name.hasPrefix("$") else { return .condition }
        if comparing.contains(name) { return .element }
        if listing.contains(name) { return .values }
        if passing.contains(name) { return .condition }
        throw literalOnly(name)
    }

    private static func literalOnly(_ name: String) -> LaunchFault {
        unsafe("a value from an event may not stand below \(name) in a custom_request; write it as a literal")
    }

    static func unsafe(_ message: String) -> LaunchFault { LaunchFault(.unsafeQuery, message) }
}

extension CustomRequest.Slot {
    /// Checks what an event brings to the place.
    ///
    /// Null and empty text are refused as well: a query for them finds every profile that lacks the field.
    ///
    /// - Throws: ``LaunchFault`` when it is no value that may stand there.
    package func check(_ value: JSONValue) throws(LaunchFault) {
        switch self {
        case .scalar: try Self.checkScalar(value)
        case .list: try checkList(value)
        }
    }

    private func checkList(_ value: JSONValue) throws(LaunchFault) {
        guard let elements = value.elements else {
            throw CustomRequest.unsafe("this place of a custom_request takes a list of values, not \(value.kind.noun)")
        }
        guard (1...CustomRequest.mostValues).contains(elements.count) else {
            throw CustomRequest.unsafe(
                "a list of \(elements.count) values in a custom_request; 1 to \(CustomRequest.mostValues) are allowed")
        }
        for element in elements { try Self.checkScalar(element) }
    }

    private static func checkScalar(_ value: JSONValue) throws(LaunchFault) {
        switch value.kind {
        case .bool, .number: return
        case .string:
            guard value.string?.allSatisfy(\.isWhitespace) == true else { return }
            throw CustomRequest.unsafe("an empty text in a custom_request finds every profile that lacks the field")
        case .null:
            throw CustomRequest.unsafe("null in a custom_request finds every profile that lacks the field")
        case .array, .object, .opaque:
            throw CustomRequest.unsafe(
                "an event may bring a text, a number or a truth value to a custom_request, not \(value.kind.noun)")
        }
    }
}

extension CustomRequest {
    /// What is wrong with a whole query, whoever wrote it: it must be an object and restrict something.
    package static func faults(in query: JSONValue) -> [LaunchFault] {
        guard let members = query.members else {
            return [unsafe("a custom_request must be an object, not \(query.kind.noun)")]
        }
        guard !members.isEmpty else {
            return [unsafe("an empty custom_request finds every profile of the database")]
        }
        return members.filter { joining.contains($0.name) }.flatMap { faults(below: $0.name, $0.value) }
    }

    /// Recursion is bounded by the depth that documents and templates may have.
    private static func faults(below name: String, _ value: JSONValue) -> [LaunchFault] {
        guard let queries = value.elements, !queries.isEmpty else {
            return [unsafe("\(name) in a custom_request takes a list of at least one condition")]
        }
        return queries.flatMap(faults(in:))
    }
}
