/// Why a text is no acceptable I-Regexp, and where.
package struct IRegexpError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault.
    package enum Fault: Sendable, Hashable {
        /// The text is not in the grammar of RFC 9485, or names an empty range.
        case syntax
        /// The pattern is longer, deeper or costlier than allowed.
        case tooBig
    }

    /// What kind of fault it is.
    package let fault: Fault
    /// Unicode scalars before the place in the pattern.
    package let offset: Int
    /// One sentence without a full stop: what is wrong and, where it helps, what to write.
    package let message: String

    /// The place, counted from 1, and the sentence.
    package var description: String { "\(offset + 1): \(message)" }
}
