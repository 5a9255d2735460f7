/// By what a launch is recognised: its key, and the event that asks for it.
package struct LaunchIdentity: Sendable, Hashable {
    /// What makes it the same launch.
    package let key: LedgerKey
    /// The keyed hash of the event's identity: a redelivery of the same event is recognised whatever the window.
    package let event: Int64

    /// An identity from its parts; `LedgerHasher` makes them.
    package init(key: LedgerKey, event: Int64) {
        self.key = key
        self.event = event
    }
}
