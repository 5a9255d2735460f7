/// Which elements of `for_each` are still owed: ranges of their numbers, in ascending order.
package struct ElementRanges: Sendable, Hashable {
    /// The ranges.
    package let ranges: [Range<Int>]

    /// Makes a set of ranges, which must be in ascending order and apart.
    package init(_ ranges: [Range<Int>]) {
        self.ranges = ranges
    }

    /// Whether an element is among them.
    package func contains(_ number: Int) -> Bool {
        ranges.contains { $0.contains(number) }
    }
}
