/// Names one call that carries several launches: a place in an array, and which use of that place is meant.
package struct BatchID: Sendable, Hashable, SlotID {
    /// The place.
    package let slot: UInt32
    /// Which use of the place.
    package let use: UInt32

    /// An identifier from its parts.
    package init(slot: UInt32, use: UInt32) {
        self.slot = slot
        self.use = use
    }
}
