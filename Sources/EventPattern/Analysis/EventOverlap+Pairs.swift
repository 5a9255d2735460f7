extension EventOverlap {
    /// Two conditions of a set that one event may meet.
    package struct Pair: Sendable {
        /// The places of the two in the set, the smaller first.
        package let first: Int
        package let second: Int
        /// The event that meets both, where one could be made.
        package let witness: EventWitness?
    }

    /// All pairs of a set that may overlap, in order, up to `limit` of them.
    ///
    /// Most pairs are told apart by what they demand by equality: those that share no value at the most telling place are
    /// not even looked at, others at some tens of nanoseconds each. The rest are compared as ``between(_:_:arrays:)`` does.
    /// Call it with mappings that launch the same target.
    ///
    /// - Parameter arrays: The paths that are known to hold lists, by the place in the set of the condition that they are
    ///   known of; what is known of one of a pair holds for both.
    package static func pairs(
        in conditions: [EventCondition], arrays: [Int: Set<[String]>] = [:], limit: Int = 1_000
    ) -> [Pair] {
        let signatures = conditions.enumerated().map { OverlapSignature($1, arrays: arrays[$0, default: []]) }
        var candidates = OverlapCandidates(signatures)
        var pairs: [Pair] = []
        for (second, signature) in signatures.enumerated() {
            for first in candidates.formers(of: signature) where !signatures[first].excludes(signature) {
                let known = arrays[first, default: []].union(arrays[second, default: []])
                guard case .may(let witness) = between(conditions[first], conditions[second], arrays: known) else {
                    continue
                }
                pairs.append(Pair(first: first, second: second, witness: witness))
                guard pairs.count < limit else { return pairs }
            }
        }
        return pairs
    }
}
