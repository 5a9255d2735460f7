import Functions

/// What is known of a template before any event comes.
struct TemplateFacts {
    /// What it gives.
    var type: ValueType
    /// What it depends on.
    var uses: Uses
    /// Whether it gives a value whatever the event holds.
    var isAlwaysThere: Bool

    /// What a template depends on.
    struct Uses: OptionSet {
        let rawValue: UInt8
        /// Anything of the event or its message.
        static let event = Uses(rawValue: 1)
        /// The element of `for_each`.
        static let element = Uses(rawValue: 2)
    }

    /// A constant.
    static func constant(_ type: ValueType) -> TemplateFacts {
        TemplateFacts(type: type, uses: [], isAlwaysThere: true)
    }
}

/// A compiled template with what is known of it.
struct Compiled {
    let template: Template
    let facts: TemplateFacts
}

/// What `@` means at a place of the file.
enum AtScope {
    /// There is no element: a path with `@` is a mistake.
    case none
    /// The element of `for_each`.
    case forEach
    /// The element of a `$each`, whether a `for_each` is around it or not.
    case each
}
