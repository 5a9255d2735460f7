/// A change that waits for its commit.
struct LedgerWrite: Sendable {
    /// What kind of change.
    enum Kind: Sendable {
        /// A request is about to be made.
        case intent(LedgerEntry)
        /// It was certainly not made.
        case withdrawal(LaunchIdentity)
        /// It was made; an intent of it, if one stands, becomes the record.
        case record(LedgerEntry, state: LaunchEntryState, hasIntent: Bool)
    }

    /// By what the caller knows it.
    let ticket: UInt64
    let kind: Kind
}

/// A look-up that waits for the ledger's thread.
struct LedgerLookUp: Sendable {
    let ticket: UInt64
    let question: LedgerQuestion
}
