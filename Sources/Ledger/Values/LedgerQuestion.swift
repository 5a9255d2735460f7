/// Whether a launch was made already.
package struct LedgerQuestion: Sendable, Hashable {
    /// The launch.
    package let identity: LaunchIdentity
    /// For how long after a launch another event with the same key is a duplicate.
    package let windowSeconds: Int64
    /// Wall seconds since 1970.
    package let now: Int64

    /// A question from its parts.
    package init(identity: LaunchIdentity, windowSeconds: Int64, now: Int64) {
        self.identity = identity
        self.windowSeconds = windowSeconds
        self.now = now
    }
}
