package import AMQP
import Outcome
package import Poll

/// A message that the bridge holds: what the relay does not need to know of it, kept beside the relay's own state.
package struct HeldMessage: Sendable {
    /// As it was delivered.
    package let delivery: Delivery
    /// Where it was first published.
    package let origin: Origin
    /// The event's identity, for the log and for `x-bridge-event`.
    package let eventID: String
    /// When it arrived.
    package let arrival: MonotonicTime
    /// The launch that ended last: most events have one.
    var lastFate: LaunchFateRecord?
    /// How many of its launches have ended.
    var fates = 0

    /// A held message from its parts.
    package init(delivery: Delivery, origin: Origin, eventID: String, arrival: MonotonicTime) {
        self.delivery = delivery
        self.origin = origin
        self.eventID = eventID
        self.arrival = arrival
    }

    /// The event's identity as it travels in a header: an event may have an essay for its id.
    var shownEvent: String { eventID.cut(toBytes: HeldMessage.longestEventID) }

    private static let longestEventID = 1_000

    /// Names the parked message: one name for each event, so that a second copy of it is recognised.
    var parkedID: ParkedID {
        ParkedID(event: shownEvent, exchange: origin.exchange, routingKey: origin.routingKey, body: delivery.body)
    }
}

/// How one launch of a held message ended, for the event's line in the log.
struct LaunchFateRecord: Sendable {
    let mapping: String
    let version: String
    let launch: String
    /// Masked.
    let recipient: String
    let launchClass: LaunchClass
    let attempts: Int
    let detail: String
    let content: String?
    let apiLatency: Duration?
}
