/// Why a function cannot work with an argument that stands in the file.
package struct ArgumentFault: Error, Sendable, Hashable {
    /// What kind of fault it is.
    package enum Kind: Sendable, Hashable {
        /// Missing where the others call for it, of the wrong type, or out of range.
        case unsuitable
        /// A zone, currency, locale or region that does not exist.
        case unknownName
    }

    /// What kind of fault it is.
    package let kind: Kind
    /// The argument's name; nil when the fault is in what is missing.
    package let parameter: String?
    /// One sentence without a full stop.
    package let message: String
    /// What to write instead; nil when the message says it.
    package let hint: String?

    /// Makes a fault.
    package init(_ kind: Kind, parameter: String?, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.parameter = parameter
        self.message = message
        self.hint = hint
    }
}
