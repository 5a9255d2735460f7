/// One launch as it is handed to the ledger.
///
/// An immutable class: it goes from thread to thread and through several lists.
package final class LedgerEntry: Sendable {
    /// By what it is recognised.
    package let identity: LaunchIdentity
    /// The event's identity, in the clear: what `ledger find` shows.
    package let event: String
    /// Whom it is for, in the clear (an address, a phone, an id); only keyed hashes reach the file.
    package let recipients: [String]
    /// The mapping's name.
    package let mapping: String
    /// What is launched, in the words of the log: `campaign 4101`.
    package let target: String
    /// For `for_each`: which element, from 0.
    package let element: Int?
    /// The mapping's deduplication window.
    package let windowSeconds: Int64
    /// Wall seconds since 1970.
    package let launchedAt: Int64

    /// How long an entry is kept at least, whatever the window: a redelivery of the same event is recognised even
    /// where the mapping lets other events with its key launch again at once.
    package static let shortestKeeping: Int64 = 7 * 86_400
    /// Most bytes of an event's identity that are kept in the clear; it is a foreign text of any length.
    package static let eventBytes = 128
    /// Most identities of one recipient that are kept: `email_phone` has two.
    package static let recipientLimit = 2

    /// An entry from its parts.
    package init(
        identity: LaunchIdentity, event: String, recipients: [String] = [], mapping: String, target: String,
        element: Int? = nil, windowSeconds: Int64, launchedAt: Int64
    ) {
        self.identity = identity
        self.event = event
        self.recipients = recipients
        self.mapping = mapping
        self.target = target
        self.element = element
        self.windowSeconds = windowSeconds
        self.launchedAt = launchedAt
    }

    /// Until when it is kept.
    var keptUntil: Int64 {
        let (end, isBeyond) = launchedAt.addingReportingOverflow(max(windowSeconds, Self.shortestKeeping))
        return isBeyond ? .max : end
    }

    /// The event's identity, cut to what is kept of it, between two code points.
    var shownEvent: String {
        guard event.utf8.count > Self.eventBytes else { return event }
        var room = Self.eventBytes
        let kept = event.unicodeScalars.prefix { scalar in
            room -= UTF8.width(scalar)
            return room >= 0
        }
        return String(kept) + "…"
    }
}
