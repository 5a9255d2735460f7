package import Mapping

/// Which elements of a `for_each` are meant: a set of places, kept small in memory and on the wire whatever it holds.
package struct ElementSet: Sendable, Hashable {
    /// Places from here on are not taken from foreign bytes: no `for_each` has so many elements.
    package static let end = EvaluationLimits().elements

    /// Runs of neighbouring places, in rising order and apart.
    private(set) var runs: [Range<Int>]

    /// A set of places.
    package init(_ places: some Sequence<Int>) {
        runs = []
        for place in places.sorted() where runs.last.map({ $0.upperBound <= place }) ?? true {
            append(place..<(place + 1))
        }
    }

    /// The places of several sets that have none in common.
    init(joining sets: [ElementSet]) {
        runs = []
        for run in sets.flatMap(\.runs).sorted(by: { $0.lowerBound < $1.lowerBound }) { append(run) }
    }

    /// How many places there are.
    package var count: Int { runs.reduce(0) { $0 + $1.count } }

    /// The places as ranges: `0-5,7`.
    package var ranges: String {
        runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }.joined(separator: ",")
    }

    /// The places as the mapping evaluator takes them.
    package var elementRanges: ElementRanges { ElementRanges(runs) }

    /// Whether every place of another set is in this one.
    package func contains(_ other: ElementSet) -> Bool {
        let ranges = elementRanges
        return other.runs.allSatisfy { run in
            ranges.index(of: run.lowerBound).map { runs[$0].upperBound >= run.upperBound } ?? false
        }
    }

    /// The places as a bitmap, at most one bit for each element: bit 0 of the first byte is place 0.
    package var bitmap: [UInt8] {
        guard let end = runs.last?.upperBound else { return [] }
        var bytes = [UInt8](repeating: 0, count: (end + 7) / 8)
        for run in runs {
            for place in run { bytes[place / 8] |= 1 << UInt8(place % 8) }
        }
        return bytes
    }

    /// Reads ranges; nil when the text is none, or names a place that no `for_each` has.
    package init?(ranges text: String) {
        runs = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                first >= runs.last?.upperBound ?? 0, last >= first, last < Self.end
            else { return nil }
            append(first..<(last + 1))
        }
    }

    /// Reads a bitmap; nil when it names no place, or one that no `for_each` has.
    package init?(bitmap bytes: [UInt8]) {
        guard bytes.count <= (Self.end + 7) / 8 else { return nil }
        runs = []
        for (index, byte) in bytes.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (1 << UInt8(bit)) != 0 { append(index * 8 + bit..<index * 8 + bit + 1) }
        }
        guard let end = runs.last?.upperBound, end <= Self.end else { return nil }
    }

    /// Takes in places beyond all others.
    private mutating func append(_ run: Range<Int>) {
        if let last = runs.last, last.upperBound == run.lowerBound {
            runs[runs.count - 1] = last.lowerBound..<run.upperBound
        } else {
            runs.append(run)
        }
    }
}
