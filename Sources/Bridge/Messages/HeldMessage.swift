package import AMQP
import Altcraft
import Outcome
package import Poll
import Relay

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
    /// How much memory the evaluated event takes where some of it is still to be launched, in bytes.
    var streamBytes = 0
    /// How much memory the launches take that were made last and before that, in bytes: by the time more are made, all
    /// but a few of those before have ended.
    var launchBytes = (former: 0, latest: 0)
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

    /// How much memory it takes, as far as that depends on the message, in bytes.
    var bytes: Int { delivery.body.count + streamBytes + launchBytes.former + launchBytes.latest }

    /// Notes that launches were made of it, and what is held for those to come.
    mutating func made(_ launches: [RelayLaunch], rest: PlanStream?) {
        streamBytes = rest?.footprint ?? 0
        launchBytes = (launchBytes.latest, launches.reduce(0) { $0 + $1.request.footprint })
    }

    /// The event's identity as it travels in a header: an event may have an essay for its id.
    var shownEvent: String { eventID.cut(toBytes: HeldMessage.longestEventID) }

    private static let longestEventID = 1_000

    /// Names the parked message: the same for a second copy of it, another for what else of the event is parked.
    func parkedID(owing owed: OwedLaunches?) -> ParkedID {
        ParkedID(
            event: shownEvent, exchange: origin.exchange, routingKey: origin.routingKey, body: delivery.body
        ).owing(owed)
    }
}

/// How one launch of a held message ended, for the event's line in the log.
struct LaunchFateRecord: Sendable {
    let mapping: String
    let version: String
    /// Whether it is one of a list: then the list's event tells that it was accepted.
    let isElement: Bool
    let launch: String
    /// Masked.
    let recipient: String
    let launchClass: LaunchClass
    let attempts: Int
    let detail: String
    let content: String?
    let apiLatency: Duration?
}
