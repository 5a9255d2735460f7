/// Something about a pattern in a query that the query's author should hear, although RFC 9535 accepts the query.
package struct RegexpFinding: Sendable, Hashable {
    /// What it is.
    package enum Kind: Sendable, Hashable {
        /// The pattern is no I-Regexp and so matches nothing.
        case refused
        /// An unescaped `^` or `$`: taken for an anchor, though the pattern language has none.
        case anchor
    }

    /// What it is.
    package let kind: Kind
    /// The column in the query: Unicode scalars, counted from 1.
    package let position: Int
    /// One sentence without a full stop.
    package let message: String
    /// What to write instead.
    package let hint: String
}
