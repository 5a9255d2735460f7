/// Which elements of `for_each` are still owed: ranges of their numbers, in ascending order.
package struct ElementRanges: Sendable, Hashable {
    /// The ranges.
    package let ranges: [Range<Int>]

    /// Makes a set of ranges, which must be in ascending order and apart.
    package init(_ ranges: [Range<Int>]) {
        self.ranges = ranges
    }

    /// Whether an element is among them: asked of each element of an audience, so found by halving.
    package func contains(_ number: Int) -> Bool {
        index(of: number) != nil
    }

    /// The place of the range that holds an element; nil where none does.
    package func index(of number: Int) -> Int? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = low + (high - low) / 2
            if ranges[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number) ? low : nil
    }
}
