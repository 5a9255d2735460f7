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

    /// The places it takes from an array of so many elements, in order (section 2.3.4.2.2).
    func places(count: Int) -> StrideTo<Int> {
        guard step != 0, count > 0 else { return stride(from: 0, to: 0, by: 1) }
        func place(_ index: Int) -> Int { index >= 0 ? index : count + index }
        func clamp(_ index: Int, _ range: ClosedRange<Int>) -> Int {
            min(max(index, range.lowerBound), range.upperBound)
        }
        if step > 0 {
            let from = clamp(place(start ?? 0), 0...count)
            return stride(from: from, to: clamp(place(end ?? count), 0...count), by: step)
        }
        let from = clamp(start.map(place) ?? count - 1, -1...(count - 1))
        return stride(from: from, to: clamp(end.map(place) ?? -1, -1...(count - 1)), by: step)
    }
}
