/// Where a delivery came from: the connection it belongs to and its tag there.
///
/// A tag means something on its own channel only. A settlement that carries another generation than the current one
/// would acknowledge a wrong message, or close the new channel; so it is dropped and counted, never sent.
package struct Receipt: Sendable, Hashable {
    /// Which channel delivered: a number that grows with each channel that is opened.
    package let generation: UInt32
    /// The broker's delivery tag on that channel.
    package let tag: UInt64

    /// A receipt from its parts.
    package init(generation: UInt32, tag: UInt64) {
        self.generation = generation
        self.tag = tag
    }
}
