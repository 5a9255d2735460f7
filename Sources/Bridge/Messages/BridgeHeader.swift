/// The headers that the bridge writes on messages it publishes, and reads back: all begin with `x-bridge-`.
///
/// They are invisible to mappings, and foreign bytes like any other: whoever may publish to the queue may forge them.
package enum BridgeHeader: String, Sendable, CaseIterable {
    /// What every such header begins with.
    package static let prefix = "x-bridge-"
    /// What a property begins with that is kept for the record and not set again.
    package static let originalPrefix = "x-bridge-original-"

    // Both kinds of message
    case event = "x-bridge-event"
    case exchange = "x-bridge-exchange"
    case routingKey = "x-bridge-routing-key"
    case queue = "x-bridge-queue"
    case firstTime = "x-bridge-first-time"
    case owed = "x-bridge-owed"
    // Parked
    case launchClass = "x-bridge-class"
    case reason = "x-bridge-reason"
    case detail = "x-bridge-detail"
    case mapping = "x-bridge-mapping"
    case pointer = "x-bridge-pointer"
    case version = "x-bridge-version"
    case attempts = "x-bridge-attempts"
    case lastTime = "x-bridge-last-time"
    case parts = "x-bridge-parts"
    case parkedID = "x-bridge-id"
    case element = "x-bridge-element"
    // Redriven
    case redriven = "x-bridge-redriven"
    case ignoresExpiry = "x-bridge-ignore-expiry"
}
