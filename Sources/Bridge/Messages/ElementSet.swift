package import Mapping

/// Which elements of a `for_each` are meant: a set of places, kept small on the wire whatever it holds.
package struct ElementSet: Sendable, Equatable {
    /// Places beyond this are not taken from foreign bytes: no `for_each` has so many elements.
    package static let highest = 1_000_000

    /// The places in rising order, without repeats.
    package private(set) var places: [Int]

    /// A set of places.
    package init(_ places: some Sequence<Int>) {
        self.places = Array(Set(places)).sorted()
    }

    /// The places as ranges: `0-5,7`.
    package var ranges: String {
        runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }.joined(separator: ",")
    }

    /// The places as the mapping evaluator takes them.
    package var elementRanges: ElementRanges { ElementRanges(runs) }

    /// Runs of neighbouring places.
    private var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        for place in places {
            if let last = runs.last, last.upperBound == place {
                runs[runs.count - 1] = last.lowerBound..<(place + 1)
            } else {
                runs.append(place..<(place + 1))
            }
        }
        return runs
    }

    /// The places as a bitmap, at most one bit for each element: bit 0 of the first byte is place 0.
    package var bitmap: [UInt8] {
        guard let last = places.last else { return [] }
        var bytes = [UInt8](repeating: 0, count: last / 8 + 1)
        for place in places { bytes[place / 8] |= 1 << UInt8(place % 8) }
        return bytes
    }

    /// Reads ranges; nil when the text is none, or names a place beyond `highest`.
    package init?(ranges text: String) {
        var places: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                first >= (places.last.map { $0 + 1 } ?? 0), last >= first, last <= Self.highest
            else { return nil }
            places.append(contentsOf: first...last)
        }
        self.places = places
    }

    /// Reads a bitmap; nil when it is longer than `highest` needs.
    package init?(bitmap bytes: [UInt8]) {
        guard bytes.count <= Self.highest / 8 + 1 else { return nil }
        var places: [Int] = []
        for (index, byte) in bytes.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (1 << UInt8(bit)) != 0 { places.append(index * 8 + bit) }
        }
        self.places = places
    }
}
