/// What makes a launch the same launch: the key of the ledger.
///
/// With `dedup: false`, or without a ledger, `value` is the identity of the event itself, so that a redelivery is
/// recognised and nothing across events is.
package struct LaunchKey: Sendable, Hashable {
    /// The mapping's name.
    package let mapping: String
    /// The dedup key, or the event's identity.
    package let value: String
    /// For `for_each`: the `unique_by` value, else the element's normalized path.
    ///
    /// Empty without `for_each`.
    package let element: String

    /// A key from its parts.
    package init(mapping: String, value: String, element: String = "") {
        self.mapping = mapping
        self.value = value
        self.element = element
    }

    /// Hashes the parts that differ first; the mapping's name is left to equality.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        if !element.isEmpty { hasher.combine(element) }
    }
}
