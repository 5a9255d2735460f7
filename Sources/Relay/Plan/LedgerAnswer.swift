/// What the ledger knows about a launch's key.
package enum LedgerAnswer: Sendable, Hashable {
    /// Nothing within the mapping's window.
    case absent
    /// It was launched.
    case launched
    /// A request was intended, and nothing is known of its outcome.
    case intended
    /// The ledger could not be read: full, corrupt, gone.
    case failed
}
