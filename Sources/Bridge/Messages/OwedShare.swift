/// What a message owes of one mapping: groups with different histories, in the order in which they came.
package struct OwedShare: Sendable {
    /// The mapping's name.
    package let mapping: String
    /// The groups; never empty.
    let groups: [OwedLaunches.Group]

    /// The mapping's version when the event was evaluated.
    var version: String { groups.first?.version ?? "" }

    /// The elements of all groups; nil where all of the mapping is owed.
    var elements: ElementSet? {
        let sets = groups.compactMap(\.elements)
        return sets.count == groups.count ? ElementSet(joining: sets) : nil
    }

    /// Whether no launch is owed by two of the groups.
    var isOwedOnce: Bool {
        guard groups.count > 1 else { return true }
        guard groups.allSatisfy({ $0.elements != nil }) else { return false }
        let runs = groups.flatMap { $0.elements?.runs ?? [] }.sorted { $0.lowerBound < $1.lowerBound }
        return zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    }
}
