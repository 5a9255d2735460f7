/// What makes a launch the same launch, as the ledger keeps it: 128 bits of a keyed hash.
///
/// Two different launches share a key with a chance of about 1 in 10^18 after ten thousand million launches, and nobody
/// without the secret can look for the address that a deduplication key may hold.
package struct LedgerKey: Sendable, Hashable {
    /// The half that indexes and filters go by.
    package let first: Int64
    /// The half that tells apart what shares the first.
    package let second: Int64

    /// A key from its halves.
    package init(first: Int64, second: Int64) {
        self.first = first
        self.second = second
    }
}
