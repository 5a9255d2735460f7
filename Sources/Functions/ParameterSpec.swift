/// One argument that a function takes.
package struct ParameterSpec: Sendable {
    /// The member name in the argument object.
    package let name: String
    /// What the argument must be.
    package let type: ValueType
    /// Whether the function cannot be written without it.
    package let isRequired: Bool
    /// Whether it may stand without the argument object: `{"join": ", "}`.
    package let isBare: Bool
    /// One sentence for the reference and the schema.
    package let summary: String

    /// Makes a parameter.
    package init(_ name: String, _ type: ValueType, required: Bool = false, bare: Bool = false, _ summary: String) {
        self.name = name
        self.type = type
        isRequired = required
        isBare = bare
        self.summary = summary
    }
}
