/// What keeps order: launches with equal lane keys go one after the other.
///
/// A hash of the recipient (or of `delivery.lane`), not the text: the relay holds no addresses, and comparing is one
/// instruction. Two recipients that share a hash share a lane, which costs parallelism and nothing else.
package struct LaneKey: Sendable, Hashable {
    /// The hash.
    package let hash: UInt64

    /// A key from a hash that was made elsewhere.
    package init(hash: UInt64) {
        self.hash = hash
    }

    /// The key of a lane that is named by a text, such as `email:a@b.example`.
    package init(_ text: String) {
        var hash = StableHash()
        hash.combine(text)
        self.hash = hash.value
    }
}
