/// Tells which conditions of a set need comparing at all: those that share a value at one place.
///
/// The place is the one that tells most of them apart, for example a store's number or the routing key. Conditions that
/// demand nothing there are compared with all others, so that no pair is missed.
struct OverlapCandidates {
    private let place: Int?
    private var byValue: [Int: [Int]] = [:]
    private var anywhere: [Int] = []
    private var count = 0

    /// Chooses the place for a set.
    init(_ signatures: [OverlapSignature]) {
        var uses: [Int: (conditions: Int, byValue: [Int: Int])] = [:]
        for signature in signatures {
            for demand in signature.demands {
                uses[demand.place, default: (0, [:])].conditions += 1
                for value in demand.values { uses[demand.place]?.byValue[value, default: 0] += 1 }
            }
        }
        func cost(_ use: (conditions: Int, byValue: [Int: Int])) -> Int {
            let others = signatures.count - use.conditions
            return use.byValue.values.reduce(others * signatures.count) { $0 + $1 * $1 }
        }
        place = uses.min { (cost($0.value), $0.key) < (cost($1.value), $1.key) }?.key
    }

    /// The places of all former conditions that the next one may overlap with, ascending; then takes that one in.
    mutating func formers(of signature: OverlapSignature) -> [Int] {
        defer { count += 1 }
        guard let values = signature.demands.first(where: { $0.place == place })?.values else {
            anywhere.append(count)
            return Array(0..<count)
        }
        var formers = anywhere
        for value in values {
            formers += byValue[value] ?? []
            byValue[value, default: []].append(count)
        }
        guard values.count > 1 || !anywhere.isEmpty else { return formers }
        return Set(formers).sorted()
    }
}
