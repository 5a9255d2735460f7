package import EventPattern
package import Functions

/// An event as mappings see it: the message, and the time at which it is looked at.
///
/// A class, because everything that evaluates it holds it; it stays on the thread that made it.
package final class Event {
    /// Exchange, routing key, body, and the tables that are made when something asks for them.
    package let view: EventView
    /// The time that `now` is; the core hands it in, so that evaluating is a pure function.
    package let now: Instant
    /// When the bridge first saw it: its age where it says no time of its own, however often it has come round.
    package let firstSeen: Instant

    /// Makes an event; the body of the view must be there.
    ///
    /// Without `firstSeen` it is seen for the first time.
    package init(view: EventView, now: Instant, firstSeen: Instant? = nil) {
        self.view = view
        self.now = now
        self.firstSeen = firstSeen ?? now
    }
}
