import JSON

/// What an index looks a value list up by: a leaf that the list accepts is found under one of its predicates.
enum AccessPredicate: Hashable, Sendable {
    /// A text by its hash.
    case text(UInt32)
    /// A text by the hash of its folded form.
    case folded(UInt32)
    case number(ExactNumber)
    case bool(Bool)
    case null
    case prefix([UInt8])
    case suffix([UInt8])
    /// Any of the ranges at a path; which one, the range tree tells.
    case range
    case present

    /// The predicates of a list, with the ranges that `range` stands for; nil where some entry has none, or where
    /// absence is accepted, which no look-up of leaves can find.
    static func of(_ list: ValueList) -> (predicates: [AccessPredicate], ranges: [NumericRange])? {
        guard !list.acceptsAbsent else { return nil }
        if list.acceptsAnyLeaf { return ([.present], []) }
        var predicates: [AccessPredicate] = []
        var ranges: [NumericRange] = []
        for test in list.tests {
            if case .numeric(let range) = test {
                ranges.append(range)
            } else if let predicate = of(test) {
                predicates.append(predicate)
            } else {
                return nil
            }
        }
        if !ranges.isEmpty { predicates.append(.range) }
        return (predicates, ranges)
    }

    private static func of(_ test: ValueTest) -> AccessPredicate? {
        switch test {
        case .text(let name): .text(name.hash)
        case .number(let number): .number(number)
        case .bool(let bool): .bool(bool)
        case .null: .null
        case .form(let form): of(form)
        case .exists, .numeric, .cidr, .anythingBut: nil
        }
    }

    /// Case-blind beginnings and ends have none: folding changes bytes, and a trie is of bytes.
    private static func of(_ form: TextTest) -> AccessPredicate? {
        switch form {
        case .prefix(let bytes): .prefix(bytes)
        case .suffix(let bytes): .suffix(bytes)
        case .foldedEqual(let folded): .folded(folded.hash)
        case .foldedPrefix, .foldedSuffix: nil
        case .wildcard(let wildcard): of(wildcard)
        }
    }

    /// The part before the first star, else the part after the last.
    private static func of(_ wildcard: Wildcard) -> AccessPredicate? {
        guard let first = wildcard.parts.first, let last = wildcard.parts.last else { return nil }
        if wildcard.isLiteral { return .text(JSONName(String(decoding: first, as: UTF8.self)).hash) }
        if !first.isEmpty { return .prefix(first) }
        return last.isEmpty ? nil : .suffix(last)
    }

    /// How many candidates to expect for each list that shares the predicate: an equality finds what equals, a prefix
    /// may find longer texts' lists too, a range or mere presence often finds all that stand at the path.
    var weight: Int {
        switch self {
        case .text, .number, .folded: 2
        case .bool, .null: 3
        case .prefix, .suffix: 4
        case .range: 6
        case .present: 8
        }
    }
}
