/// The expression of a filter (RFC 9535 section 2.3.5): true or false for each child.
package indirect enum LogicalExpression: Sendable, Hashable {
    /// The production `a || b || …`.
    case or([LogicalExpression])
    /// The production `a && b && …`.
    case and([LogicalExpression])
    /// The production `!a`.
    case not(LogicalExpression)
    /// `a == b` and its like.
    case comparison(Comparand, ComparisonOperator, Comparand)
    /// A query alone: true when it selects anything.
    case exists(Query)
    /// A function of logical type alone: `match` or `search`.
    case function(FunctionExpression)
}

/// The comparison operators (RFC 9535 section 2.3.5.2.2).
package enum ComparisonOperator: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
}

/// One side of a comparison: what the RFC calls a comparable.
package enum Comparand: Sendable, Hashable {
    case literal(Literal)
    /// A singular query.
    case query(Query)
    /// A function of value type: `length`, `count` or `value`.
    case function(FunctionExpression)
}
