/// Names one delivery inside the relay: a place in an array, and which use of that place is meant.
///
/// The place is small and dense, so that a caller keeps what it knows about the delivery (the message itself) in an
/// array beside it. The use tells a late answer from one that concerns the place's present tenant.
package struct DeliveryID: Sendable, Hashable, SlotID {
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
