package import Functions

/// What may stand at a place of a mapping file, as data: the decoder, the checker, the schema and the reference read it.
package indirect enum Shape: Sendable {
    /// A text, as it stands.
    case text
    /// A name of a mapping: what logs, metrics and the ledger call it.
    case name
    /// True or false.
    case bool
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// A number above zero, whole or not.
    case positiveNumber
    /// A duration of ISO 8601: `PT6H`.
    case duration
    /// One of these words.
    case word([String])
    /// One of these words, and the compiler has a code of its own for any other.
    case mode([String])
    /// A list of at least so many.
    case list(Shape, atLeast: Int)
    /// An object whose names are the author's.
    case map(Shape)
    /// An object with keys of ours.
    case object(ObjectSpec)
    /// Whichever of these fits the kind of the value.
    case oneOf([Shape])
    /// Only this value: `"dedup": false`.
    case constantFalse
    /// Anything that gives a value when an event comes: a constant, a path, an instruction.
    case template(ValueType)
    /// The number of something in the platform; only what `fromEvent` may be a path.
    case id(fromEvent: Bool)
    /// A template that gives an object.
    case templateObject
    /// A text that is a path.
    case path
    /// A list of functions.
    case pipe
    /// An event pattern: an object of conditions.
    case pattern
    /// A list of exact names or conditions on one value.
    case conditions
    /// Any JSON value, untouched.
    case anything
}

/// An object of the language: its keys, which of them it needs, and what it is for.
package struct ObjectSpec: Sendable {
    /// Its name in the schema and the reference.
    package let name: String
    /// One sentence: what it is for.
    package let summary: String
    /// Its keys in the order of the reference.
    package let keys: [KeySpec]
    /// What its keys have to do with each other; nil where each stands for itself.
    package let rule: Rule?

    /// What keys of one object have to do with each other.
    package enum Rule: Sendable {
        /// Exactly one of these keys is there.
        case exactlyOne([String])
        /// The matching mode says which other keys are there.
        case matchingMode
    }

    /// Makes an object of the language.
    package init(_ name: String, _ summary: String, _ keys: [KeySpec], rule: Rule? = nil) {
        self.name = name
        self.summary = summary
        self.keys = keys
        self.rule = rule
    }

    /// The key with this name, or nil.
    package func key(_ name: String) -> KeySpec? {
        keys.first { $0.name == name }
    }
}

/// A key of an object.
package struct KeySpec: Sendable {
    /// The name.
    package let name: String
    /// What may stand there.
    package let shape: Shape
    /// Whether the object is nothing without it.
    package let isRequired: Bool
    /// One sentence: what it does.
    package let summary: String
    /// A value as an author would write it, as JSON text.
    package let example: String
    /// What holds where the key is left out, in words; nil where nothing does.
    package let fallback: String?

    /// Makes a key.
    package init(
        _ name: String, _ shape: Shape, required: Bool = false, _ summary: String, example: String,
        fallback: String? = nil
    ) {
        self.name = name
        self.shape = shape
        isRequired = required
        self.summary = summary
        self.example = example
        self.fallback = fallback
    }
}
