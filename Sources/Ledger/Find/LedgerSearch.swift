/// What is looked for in a ledger.
package enum LedgerSearch: Sendable, Hashable {
    /// The launches of an event, by its identity.
    case event(String)
    /// The launches for a recipient, by address, number or id; however they are written.
    case recipient(String)
    /// The launches of a mapping, by its name.
    case mapping(String)
}

/// One launch as the ledger shows it; whom it was for is not in it.
package struct LedgerRecord: Sendable, Hashable {
    /// When it was made, or intended, in wall seconds since 1970.
    package let launchedAt: Int64
    /// What the ledger knows of it.
    package let state: LaunchEntryState
    /// The mapping's name.
    package let mapping: String
    /// What was launched: `campaign 4101`.
    package let target: String
    /// The event's identity; a very long one is cut.
    package let event: String
    /// For `for_each`: which element, from 0.
    package let element: Int?
    /// Until when a repeat is recognised at least, in wall seconds since 1970.
    package let keptUntil: Int64
}
