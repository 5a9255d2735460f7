package import JSON

/// A profile field that a v1.0 trigger link carries along.
package struct LinkField: Sendable, Equatable {
    /// What the platform does with the value.
    package enum Option: Int, Sendable, Hashable, CaseIterable {
        /// Ignored where the database field is not empty.
        case keep = 0
        /// Used in the message, not stored.
        case use = 1
        /// Used in the message, and stored over what the database holds.
        case overwrite = 2
    }

    /// The database field; the platform ignores a name that it does not know.
    package let name: String
    /// The value; it must fit the field's type.
    package let value: JSONValue
    /// What becomes of it.
    package let option: Option

    /// Makes a field.
    package init(name: String, value: JSONValue, option: Option) {
        self.name = name
        self.value = value
        self.option = option
    }
}

/// What the last segment of a v1.0 trigger link is.
package enum LinkKey: String, Sendable, Hashable, CaseIterable {
    /// The address itself; the documents call it deprecated.
    case email
    /// The MD5 of the address, 32 hexadecimal digits.
    case md5
    /// The XXH64 of the address, 16 hexadecimal digits.
    case xxh64
}
