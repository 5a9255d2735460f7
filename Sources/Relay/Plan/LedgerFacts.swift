/// What the ledger keeps of a launch beside its key.
package struct LedgerFacts: Sendable, Hashable {
    /// The event's identity: a redelivery of the same event is recognised by it, whatever the window.
    package var event: String
    /// For how long another event with the same key is a duplicate; 0 with `dedup: false`.
    package var windowSeconds: Int64
    /// Whom the launch is for, in the clear (addresses, numbers, ids); the ledger hashes them.
    package var recipients: [String]

    /// Facts from their parts; the window is the documented default.
    package init(event: String = "", windowSeconds: Int64 = 7 * 86_400, recipients: [String] = []) {
        self.event = event
        self.windowSeconds = windowSeconds
        self.recipients = recipients
    }
}
