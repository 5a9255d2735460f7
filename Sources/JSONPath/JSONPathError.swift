/// Why a text is no acceptable query, and where.
package struct JSONPathError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault, which checkers give different codes.
    package enum Kind: Sendable, Hashable {
        /// The text is not in the grammar of RFC 9535.
        case syntax
        /// An integer is beyond ±(2^53 − 1), the range of I-JSON (RFC 9535 section 2.1).
        case range
        /// A query that may select several nodes stands where one value is compared.
        case notSingular
        /// A function, its arguments or the use of its result is not well-typed (RFC 9535 section 2.4.3).
        case illTyped
        /// A function that does not exist.
        case unknownFunction
        /// The query is longer or nested deeper than ``JSONPathLimits`` allow.
        case tooBig
    }

    /// What kind of fault it is.
    package let kind: Kind
    /// The column of the fault in the query: Unicode scalars, counted from 1.
    package let position: Int
    /// One sentence without a full stop: what is wrong or was expected, and what was found.
    package let message: String
    /// The part of the query that begins at the fault, cut short; empty at the end of the query.
    package let excerpt: String
    /// What to write instead, where that can be said.
    package let hint: String?

    /// One line: `5: expected a name after ".", found "&" (hint)`.
    package var description: String {
        "\(position): \(message)\(hint.map { " (\($0))" } ?? "")"
    }
}
