/// What a function takes and gives, so that a chain of functions is checked when the file is read.
package enum ValueType: String, Sendable, Hashable, CaseIterable {
    /// A text.
    case text
    /// A number as it stands in JSON, or an exact decimal.
    case number
    /// An exact decimal: what arithmetic and money work on; only functions make it.
    case decimal
    /// A moment in time; only functions make it.
    case instant
    /// True or false.
    case bool
    /// A list.
    case list
    /// Anything but a list: what conversions take.
    case scalar
    /// Any value: what a path gives, whose type only the event knows.
    case any

    /// Whether a value of type `given` may be handed to something that takes this type.
    ///
    /// What a path gives may turn out to be any JSON value, but never an exact decimal or a moment: those need
    /// `decimal` or `datetime` before them, and the author hears so when the file is checked.
    package func accepts(_ given: ValueType) -> Bool {
        switch (self, given) {
        case (.any, _): true
        case (.decimal, .any), (.instant, .any): false
        case (_, .any): true
        case (.number, .decimal): true
        case (.scalar, _): given != .list
        default: self == given
        }
    }

    /// The word of messages: `a text`.
    package var noun: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .decimal: "an exact decimal"
        case .instant: "a moment in time"
        case .bool: "true or false"
        case .list: "a list"
        case .scalar: "a single value"
        case .any: "any value"
        }
    }
}
