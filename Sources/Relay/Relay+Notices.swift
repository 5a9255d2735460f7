package import Outcome

extension Relay {
    /// The launch as it was planned, with its request; valid until the `takeActions` after its end.
    package func plannedLaunch(_ id: LaunchID) -> PlannedLaunch? {
        launches.remembered(id) { $0.planned }
    }

    /// The delivery that the launch belongs to, while it has one.
    package func delivery(of id: LaunchID) -> DeliveryID? {
        launches.remembered(id) { $0.delivery } ?? nil
    }

    /// Where the delivery came from.
    package func receipt(of id: DeliveryID) -> Receipt? {
        deliveries.remembered(id) { $0.receipt }
    }

    /// Whether an earlier request of the launch may have been carried out: recorded so.
    package func isMaybeRepeated(_ id: LaunchID) -> Bool {
        launches.remembered(id) { $0.isUnsure } ?? false
    }

    /// Failures spent, and the last one in the platform's words.
    package func failure(_ id: LaunchID) -> (attempts: Int, reason: Reason?, detail: String)? {
        launches.remembered(id) { ($0.attempts, $0.reason, $0.detail) }
    }

    /// What the message that is parked has to say; valid from `park` until the delivery is settled.
    package func parkNotice(_ id: DeliveryID) -> ParkNotice {
        guard let delivery = deliveries.remembered(id) else { return ParkNotice(parts: []) }
        let planned = delivery.planned.filter(\.parks).map(ParkedPart.init)
        let launched = delivery.parked.compactMap { launches.remembered($0) }.compactMap(ParkedPart.init)
        return ParkNotice(parts: planned + launched)
    }

    /// What the message that is delayed has to carry; valid from `delay` until the delivery is settled.
    ///
    /// One message carries all that is owed, so its step is the longest that any of its launches needs: a
    /// `Retry-After` is kept, and the event does not split.
    package func delayNotice(_ id: DeliveryID) -> DelayNotice {
        let owed = (deliveries.remembered(id)?.owed ?? []).compactMap { launches.remembered($0) }
        let rest = (deliveries.remembered(id)?.owedRest ?? []).flatMap(OwedLaunch.all)
        return DelayNotice(step: owed.map(\.step).max() ?? 0, owed: owed.map(OwedLaunch.init) + rest)
    }
}

extension ParkedPart {
    /// A part that ended before it became a launch.
    fileprivate init(_ end: PlannedEnd) {
        launchClass = end.launchClass
        reason = end.reason
        detail = end.detail
        mapping = end.mapping
        version = end.version
        element = end.element
        pointer = end.pointer
        attempts = 0
    }

    /// A launch that ended as parked.
    fileprivate init?(_ launch: TrackedLaunch) {
        guard let fate = launch.fate, let reason = fate.reason else { return nil }
        launchClass = fate.launchClass
        self.reason = reason
        detail = ParkedPart.words(reason, launch.detail)
        mapping = launch.planned.mapping
        version = launch.planned.version
        element = launch.planned.element
        pointer = nil
        attempts = launch.attempts
    }

    /// The platform's last words, or why there are none: what a refusal said says nothing about a later silence.
    private static func words(_ reason: Reason, _ detail: String) -> String {
        guard let doubt = reason.doubt else { return detail }
        return reason == .taskFailed && !detail.isEmpty ? "\(doubt) (\(detail))" : doubt
    }
}

extension OwedLaunch {
    /// What a rest owes, element by element.
    fileprivate static func all(of rest: PlannedRest) -> [OwedLaunch] {
        rest.elements.flatMap { range in
            range.map {
                OwedLaunch(mapping: rest.mapping, version: rest.version, element: $0, history: rest.history)
            }
        }
    }

    /// A launch that goes round the ladder.
    fileprivate init(_ launch: TrackedLaunch) {
        mapping = launch.planned.mapping
        version = launch.planned.version
        element = launch.planned.element
        var history = launch.planned.history
        history.attempts = launch.attempts
        history.postponed = launch.postponed
        history.isUnsure = launch.isUnsure
        self.history = history
    }
}
