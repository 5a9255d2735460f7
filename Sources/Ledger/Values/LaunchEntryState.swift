/// What an entry of the ledger says; the raw values stand in the file.
package enum LaunchEntryState: Int64, Sendable, Hashable, CaseIterable {
    /// A request was about to be made; its outcome was never written.
    case intended = 0
    /// The launch was accepted.
    case launched = 1
    /// The launch was accepted, and an earlier request may have been carried out as well.
    case maybeRepeated = 2
    /// It was intended, and certainly not made.
    case withdrawn = 3
}
