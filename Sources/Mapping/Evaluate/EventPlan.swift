package import Altcraft
package import Functions
package import JSON
package import Outcome

/// What becomes of an event: for each mapping that wants it, the launches, or why there are none.
package struct EventPlan {
    /// The mappings that want the event, in the order of their names.
    package let mappings: [MappingPlan]

    /// Whether no mapping wants it.
    package var isUnmatched: Bool { mappings.isEmpty }

    /// All launches, mapping by mapping.
    package var launches: [PlannedLaunch] { mappings.flatMap(\.launches) }

    /// Everything that gave no launch, mapping by mapping.
    package var stops: [Stop] { mappings.flatMap(\.stops) }
}

/// What one mapping makes of an event.
package struct MappingPlan {
    /// The mapping, with its name, version and policy.
    package let mapping: Mapping
    /// The event's id: what `event.id` or the property `message_id` say, else a hash of the message.
    package let eventID: String
    /// When the event happened, as far as it says.
    package let eventTime: Instant?
    /// How many elements `for_each` found, before any range was chosen; 1 without `for_each`.
    package let elementCount: Int
    /// One entry for each launch that the mapping owes, in the order of the elements.
    package let outcomes: [LaunchPlan]
    /// What is left of a list that is too long to be evaluated at once; nil where that is all.
    package let rest: ElementStream?

    init(
        mapping: Mapping, eventID: String, eventTime: Instant?, elementCount: Int, outcomes: [LaunchPlan],
        rest: ElementStream? = nil
    ) {
        self.mapping = mapping
        self.eventID = eventID
        self.eventTime = eventTime
        self.elementCount = elementCount
        self.outcomes = outcomes
        self.rest = rest
    }

    /// The launches.
    package var launches: [PlannedLaunch] {
        outcomes.compactMap { outcome in
            if case .launch(let launch) = outcome { launch } else { nil }
        }
    }

    /// What gave no launch.
    package var stops: [Stop] {
        outcomes.compactMap { outcome in
            if case .stop(let stop) = outcome { stop } else { nil }
        }
    }

    /// The stop by which the event ends: one that parks goes before launches, one that skips behind them; nil where it
    /// ends by a launch.
    var decidingStop: Stop? {
        stops.first { $0.launchClass != .skipped } ?? (launches.isEmpty ? stops.first : nil)
    }
}

/// One launch that is to be made, or the reason why it is not.
package enum LaunchPlan: Sendable {
    case launch(PlannedLaunch)
    case stop(Stop)
}

/// A launch, ready to enter its lane.
///
/// An immutable class: it is big, and goes through several hands.
package final class PlannedLaunch: Sendable {
    /// The launch in the platform's terms.
    package let launch: Launch
    /// The request that makes it, without the token.
    package let request: LaunchRequest
    /// Which element it is for.
    package let element: Element
    /// Whom it is for, in the clear: `email anna@example.com`.
    package let recipient: String
    /// What keeps its order.
    package let lane: String
    /// By what a repeat is recognised, together with the mapping and the element.
    package let dedupKey: String
    /// When it is too late; nil for never.
    package let expiresAt: Instant?

    init(
        launch: Launch, request: LaunchRequest, element: Element, recipient: String, lane: String, dedupKey: String,
        expiresAt: Instant?
    ) {
        self.launch = launch
        self.request = request
        self.element = element
        self.recipient = recipient
        self.lane = lane
        self.dedupKey = dedupKey
        self.expiresAt = expiresAt
    }
}

/// The element of `for_each` that a launch is for; without `for_each` there is one, with number 0 and no name.
package struct Element: Sendable, Hashable {
    /// Its place among the elements, from 0.
    package let number: Int
    /// What tells it apart: its `unique_by` value, else its normalized path; empty without `for_each`.
    package let name: String

    /// The one of a mapping without `for_each`.
    package static let only = Element(number: 0, name: "")
}

/// Why an element gives no launch.
package struct Stop: Error, Sendable, Hashable {
    /// Parked or skipped.
    package let launchClass: LaunchClass
    /// Why.
    package let reason: Reason
    /// The place in the mapping file.
    package let pointer: JSONPointer
    /// The place in the event, or the path that found nothing there; nil where no one place is to blame.
    package let place: EventPlace?
    /// One sentence without a full stop.
    package let detail: String
    /// The element; nil where the whole mapping stops.
    package let element: Element?

    /// The text of ``place``.
    package var path: String? { place?.text }
}
