package import JSON

/// A selector in a segment (RFC 9535 section 2.3): which children of a node it takes.
package enum Selector: Sendable, Hashable {
    /// `'name'`: the member with that name.
    case name(JSONName)
    /// `*`: all children.
    case wildcard
    /// `3` or `-1`: one element, negative from the end.
    case index(Int)
    /// `1:5:2`: a range of elements.
    case slice(Slice)
    /// `?…`: the children for which the expression holds.
    case filter(LogicalExpression)
}

/// An array slice selector (RFC 9535 section 2.3.4): `start:end:step`.
package struct Slice: Sendable, Hashable {
    /// Where it begins; nil for the end that the step comes from.
    package let start: Int?
    /// Where it stops, itself not taken; nil for the end that the step goes to.
    package let end: Int?
    /// How far each step goes, negative for backwards; 0 takes nothing.
    package let step: Int

    /// Makes a slice.
    package init(start: Int?, end: Int?, step: Int = 1) {
        self.start = start
        self.end = end
        self.step = step
    }

    /// The first place it takes from an array of so many elements, and the one it stops before (section 2.3.4.2.2).
    func bounds(count: Int) -> (first: Int, stop: Int) {
        guard step != 0, count > 0 else { return (0, 0) }
        func place(_ index: Int) -> Int { index >= 0 ? index : count + index }
        func clamp(_ index: Int, _ range: ClosedRange<Int>) -> Int {
            min(max(index, range.lowerBound), range.upperBound)
        }
        if step > 0 {
            return (clamp(place(start ?? 0), 0...count), clamp(place(end ?? count), 0...count))
        }
        let last = count - 1
        return (clamp(start.map(place) ?? last, -1...last), clamp(end.map(place) ?? -1, -1...last))
    }
}
