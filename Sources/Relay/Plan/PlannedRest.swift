/// Elements of a `for_each` that have not been evaluated yet: they become launches by and by, as those before them end.
package struct PlannedRest: Sendable, Hashable {
    /// The mapping's name.
    package var mapping: String
    /// Its version when the event was evaluated.
    package var version: String
    /// The elements, in the order in which they are evaluated.
    package var elements: [Range<Int>]
    /// What they bring along from an earlier pass through the ladder.
    package var history: LaunchHistory

    /// A rest from its parts.
    package init(
        mapping: String, version: String, elements: [Range<Int>], history: LaunchHistory = LaunchHistory()
    ) {
        self.mapping = mapping
        self.version = version
        self.elements = elements
        self.history = history
    }
}
