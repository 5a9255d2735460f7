/// What a parked message owes, kept small: a long look at the queue holds one for each message.
///
/// It tells a copy from another part of the same event. A message is a copy of another only where all that it owes is
/// owed by that one too, whatever the mappings are now; in doubt it is none, and goes by itself.
package struct OwedScope: Sendable, Equatable {
    private struct Share: Equatable {
        /// Hashes, as names are foreign bytes of any length; nobody outside knows what they are made with.
        let mapping: Int
        let version: Int
        /// nil for all elements.
        let elements: ElementSet?

        func covers(_ other: Share) -> Bool {
            guard mapping == other.mapping else { return false }
            guard let elements else { return true }
            return version == other.version && other.elements.map(elements.contains) ?? false
        }
    }

    /// The mappings that still owe something; nil for an event that is evaluated anew.
    private let shares: [Share]?

    /// What holds more than this is not compared.
    private static let (mostShares, mostRuns) = (16, 64)

    /// What is owed; nil where that is too much to be held.
    init?(_ owed: OwedLaunches?) {
        guard let owed else {
            shares = nil
            return
        }
        let all = owed.shares
        guard all.count <= Self.mostShares else { return nil }
        let shares = all.map { share in
            Share(mapping: share.mapping.hashValue, version: share.version.hashValue, elements: share.elements)
        }
        guard shares.reduce(0, { $0 + ($1.elements?.runs.count ?? 0) }) <= Self.mostRuns else { return nil }
        self.shares = shares
    }

    /// Whether all that another message of the same event owes is owed here, too.
    ///
    /// What is evaluated anew covers only the same: it asks whether mappings want the event, and what is owed does not.
    func covers(_ other: OwedScope) -> Bool {
        guard let shares, let others = other.shares else { return shares == nil && other.shares == nil }
        return others.allSatisfy { share in shares.contains { $0.covers(share) } }
    }

    /// Whether a message that is parked again may be what is left of this one.
    func mayLeave(_ other: OwedScope) -> Bool {
        guard let shares, let others = other.shares else { return true }
        return others.contains { share in shares.contains { $0.mapping == share.mapping } }
    }
}
