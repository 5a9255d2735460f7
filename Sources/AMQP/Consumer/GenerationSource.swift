import Synchronization

/// Gives each channel of a process its own number, so that a receipt can never be taken for one of another.
package final class GenerationSource: Sendable {
    private let last = Atomic<UInt64>(0)

    /// Starts at 1.
    package init() {}

    /// The next number.
    package func next() -> UInt64 {
        last.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
