package import Outcome

/// What the evaluation of an event asks for: launches to make, and parts that have ended already.
///
/// An event without either is one that nobody wanted: it is skipped as `unmatched`.
package struct Plan: Sendable {
    /// The launches to make, in the order of mappings and elements.
    package var launches: [PlannedLaunch]
    /// What ended without a launch.
    package var ended: [PlannedEnd]
    /// What has not been evaluated yet, of lists that are too long to be held as launches all at once.
    package var rest: [PlannedRest]
    /// More of the rest is evaluated when no more than so many launches have not ended.
    package var window: Int

    /// A plan from its parts.
    package init(
        launches: [PlannedLaunch], ended: [PlannedEnd] = [], rest: [PlannedRest] = [], window: Int = 0
    ) {
        self.launches = launches
        self.ended = ended
        self.rest = rest
        self.window = window
    }

    /// The plan of an event that launches nothing on purpose.
    package static func skip(_ reason: Reason, detail: String = "") -> Plan {
        Plan(launches: [], ended: [PlannedEnd(.skipped, reason, detail: detail)])
    }

    /// The plan of an event that can never succeed as it is; `version` is that of the mappings which found so.
    package static func park(
        _ launchClass: LaunchClass, _ reason: Reason, detail: String = "", version: String? = nil
    ) -> Plan {
        Plan(launches: [], ended: [PlannedEnd(launchClass, reason, detail: detail, version: version)])
    }
}
