/// How much of a document a reader accepts, and what it thinks of repeated member names.
package struct JSONLimits: Sendable, Hashable {
    /// Deepest nesting that any caller may ask for, so that code that walks a document by recursion stays in its stack.
    package static let deepestDepth = 1_000
    /// Most bytes that any caller may ask for: places are kept in 32 bits.
    package static let mostBytes = 1 << 30

    /// Most bytes of text.
    package let bytes: Int
    /// Most arrays and objects open at once.
    package let depth: Int
    /// Whether an object that names a member twice is refused; RFC 8259 section 4 only says names SHOULD be unique.
    package let refusesDuplicates: Bool

    /// Makes limits; values beyond the hard bounds are brought down to them.
    package init(bytes: Int = 16 << 20, depth: Int = 256, refusesDuplicates: Bool = true) {
        self.bytes = min(max(bytes, 0), Self.mostBytes)
        self.depth = min(max(depth, 0), Self.deepestDepth)
        self.refusesDuplicates = refusesDuplicates
    }

    /// One level more, which an envelope around a document takes.
    package var withEnvelope: JSONLimits {
        JSONLimits(bytes: bytes, depth: depth + 1, refusesDuplicates: refusesDuplicates)
    }
}
