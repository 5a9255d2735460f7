/// Whether a launch was made already.
package struct LedgerQuestion: Sendable, Hashable {
    /// The launch's key.
    package let key: LedgerKey
    /// The hash of the event's identity: a redelivery of the same event is recognised whatever the window.
    package let event: Int64
    /// For how long after a launch another event with the same key is a duplicate.
    package let windowSeconds: Int64
    /// Wall seconds since 1970.
    package let now: Int64

    /// A question from its parts.
    package init(key: LedgerKey, event: Int64, windowSeconds: Int64, now: Int64) {
        self.key = key
        self.event = event
        self.windowSeconds = windowSeconds
        self.now = now
    }
}
