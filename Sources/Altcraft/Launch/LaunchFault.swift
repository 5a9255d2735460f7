/// Why the platform has no call for a launch as it stands, and what would do instead.
package struct LaunchFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault, which the checker gives codes.
    package enum Kind: Sendable, Hashable {
        /// The call does not take the matching mode.
        case modeNotTaken(Matching, Call)
        /// A member that the matching mode needs is not there; any one of the list where it names several.
        case companionMissing(Matching, [Companion])
        /// A member that the matching mode does not use.
        case companionForeign(Matching, Companion)
        /// The call does not take this part.
        case partNotTaken(LaunchPart, Call)
        /// `subscription_filter` together with `custom_request`.
        case filterWithQuery
        /// A batch for a scenario of existing profiles.
        case scenarioBatch
        /// A v1.0 link in a batch.
        case linkBatch
        /// A value does not fit its place: the mapping's key.
        case badValue(LaunchPart?)
        /// A query that would let an event choose operators, fields or everybody.
        case unsafeQuery
        /// A text or name that XML cannot hold.
        case notInXML
    }

    /// What kind of fault it is.
    package let kind: Kind
    /// One sentence without a full stop: what is wrong.
    package let message: String
    /// What would do instead, as a sentence without a full stop; nil where there is nothing.
    package let instead: String?

    /// Makes a fault.
    package init(_ kind: Kind, _ message: String, instead: String? = nil) {
        self.kind = kind
        self.message = message
        self.instead = instead
    }

    /// One line: `campaigns/triggers/start/ does not take matching "email_sub"; give the mapping delivery.batch`.
    package var description: String {
        instead.map { "\(message); \($0)" } ?? message
    }
}
