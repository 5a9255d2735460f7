import Mapping
package import Telemetry

/// Decides what a look at the folder puts into force: pure, and for the whole set at once.
///
/// A file that is good goes live. A file that is not keeps its last good version, if it has one, and holds up nobody
/// else. Two files may not have the same mapping: what was there first stays. A mapping whose bindings cannot be made
/// would wait for events that never come, so it is held back like one with an error. Files that are gone leave the set.
package enum MappingReload {
    /// What is to be done.
    package struct Decision: Sendable {
        /// The state that follows.
        package let next: MappingState
        /// Whether other versions are in force in it.
        package let isChanged: Bool
        /// Bindings that are needed and were not before.
        package let added: [TopologyPlan.Binding]
        /// Bindings that were needed and are not any more.
        package let dropped: [TopologyPlan.Binding]
        /// What is to be told, once the state is in force.
        package let observations: [Observation]
    }

    /// Decides.
    ///
    /// - Parameter unbindable: bindings that the broker was asked for and does not take, each with the reason.
    package static func decide(
        previous: MappingState, files: [MappingCheck], unbindable: [TopologyPlan.Binding: String] = [:]
    ) -> Decision {
        var contest = MappingContest(previous: previous, files: files)
        contest.settle(unbindable: unbindable)
        let next = contest.state
        let (before, after) = (previous.bindings, next.bindings)
        return Decision(
            next: next,
            isChanged: next.live.mapValues(\.file) != previous.live.mapValues(\.file),
            added: after.subtracting(before).sorted(),
            dropped: before.subtracting(after).sorted(),
            observations: observations(previous.refused, next.refused, present: Set(files.map(\.file.name))))
    }

    /// Each refusal is told once, and its end: the file is good again, or gone.
    private static func observations(
        _ before: [String: MappingRefusal], _ after: [String: MappingRefusal], present: Set<String>
    ) -> [Observation] {
        let ended = before.filter { name, former in after[name]?.file != former.file }
            .sorted { $0.value.file < $1.value.file }
        let refused = after.sorted { $0.key < $1.key }.filter { $0.value.isNews(after: before[$0.key]) }
        return ended.map { .mappingMended(file: $0.value.file, isGone: !present.contains($0.key)) }
            + refused.map(\.value.observation)
    }
}
