/// A segment of a query (RFC 9535 section 2.5): what it selects from each node that the segment before selected.
package enum Segment: Sendable, Hashable {
    /// `[…]`, `.name` or `.*`: selects from the children.
    case child([Selector])
    /// `..[…]`, `..name` or `..*`: selects from the children of the node and of all its descendants.
    case descendant([Selector])

    /// The step that a segment of one name or index is.
    var step: Query.Step? {
        guard case .child(let selectors) = self, selectors.count == 1 else { return nil }
        switch selectors[0] {
        case .name(let name): return .name(name)
        case .index(let index): return .index(index)
        case .wildcard, .slice, .filter: return nil
        }
    }
}
