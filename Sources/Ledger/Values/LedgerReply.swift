/// What the ledger answers to what it was handed, in order.
package enum LedgerReply: Sendable, Hashable {
    /// The answer to a look-up.
    case lookedUp(ticket: UInt64, LedgerFinding)
    /// A write is on the disk, or failed and left nothing.
    case wrote(ticket: UInt64, isCommitted: Bool)
}

/// What the ledger tells of its work, for metrics.
package enum LedgerReport: Sendable, Hashable {
    /// A group was committed: so many launches, and how long the disk took.
    case committed(records: Int, latency: Duration)
    /// A look-up, a commit or the ledger's housekeeping failed.
    case failed(String)
}
