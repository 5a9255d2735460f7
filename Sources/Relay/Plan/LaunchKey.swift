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
    /// Keys are looked up several times for each launch.
    private let hashed: Int

    /// A key from its parts.
    package init(mapping: String, value: String, element: String = "") {
        self.mapping = mapping
        self.value = value
        self.element = element
        // The parts that differ; the mapping's name is left to equality.
        var hasher = Hasher()
        hasher.combine(value)
        if !element.isEmpty { hasher.combine(element) }
        hashed = hasher.finalize()
    }

    /// Equal bytes, as in the ledger: texts that only look alike (an accent as a letter of its own) are two launches.
    package static func == (left: LaunchKey, right: LaunchKey) -> Bool {
        left.hashed == right.hashed && left.value.hasBytes(of: right.value)
            && left.element.hasBytes(of: right.element) && left.mapping.hasBytes(of: right.mapping)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(hashed)
    }
}

extension String {
    /// Whether a text has the same bytes; of texts that are known to be ASCII, equality says it.
    package func hasBytes(of other: String) -> Bool {
        self == other && (utf8Span.isKnownASCII && other.utf8Span.isKnownASCII || utf8.elementsEqual(other.utf8))
    }
}
