import JSON

/// Comparisons (RFC 9535 section 2.3.5.2.2).
extension VisitBudget {
    mutating func compare(_ left: Value, _ sign: ComparisonOperator, _ right: Value) throws(LimitReached) -> Bool {
        switch sign {
        case .equal: try equal(left, right)
        case .notEqual: try !equal(left, right)
        case .less: try less(left, right)
        case .greater: try less(right, left)
        case .lessOrEqual: try less(left, right) ? true : equal(left, right)
        case .greaterOrEqual: try less(right, left) ? true : equal(left, right)
        }
    }

    /// Equal kind and value; two nothings are equal.
    mutating func equal(_ left: Value, _ right: Value) throws(LimitReached) -> Bool {
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case nil, .null: return true
        case .opaque: return false
        case .bool: return left.bool == right.bool
        case .string: return try sameText(left, right)
        case .number:
            try spend(bytes: left.size + right.size)
            guard let left = left.number, let right = right.number else { return false }
            return ExactNumber.equal(left, right)
        case .array, .object:
            guard case (.node(let left), .node(let right)) = (left, right) else { return false }
            return try sameTree(left, right)
        }
    }

    private mutating func sameText(_ left: Value, _ right: Value) throws(LimitReached) -> Bool {
        switch (left, right) {
        case (.node(let node), .literal(.string(let name))), (.literal(.string(let name)), .node(let node)):
            try spend(bytes: left.size + right.size)
            return node.equals(name)
        case (.node(let left), .node(let right)):
            return try sameText(left, right)
        default:
            return left.utf8 == right.utf8
        }
    }

    /// Equal texts, told apart by the hashes that documents keep wherever that is possible.
    mutating func sameText(_ left: JSONNode, _ right: JSONNode) throws(LimitReached) -> Bool {
        guard left.stringHash == right.stringHash else { return false }
        try spend(bytes: left.endOffset - left.offset + right.endOffset - right.offset)
        return left.utf8.elementsEqual(right.utf8)
    }

    /// Smaller number, or text that comes first by Unicode scalars, which is the order of its UTF-8; nothing else is
    /// ordered.
    private mutating func less(_ left: Value, _ right: Value) throws(LimitReached) -> Bool {
        guard left.kind == right.kind else { return false }
        try spend(bytes: left.size + right.size)
        switch left.kind {
        case .number:
            guard let left = left.number, let right = right.number else { return false }
            return ExactNumber.less(left, right)
        case .string:
            guard let left = left.utf8, let right = right.utf8 else { return false }
            return left.lexicographicallyPrecedes(right)
        default:
            return false
        }
    }
}
