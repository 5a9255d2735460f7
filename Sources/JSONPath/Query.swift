package import JSON

/// A query as data (RFC 9535 section 2.1): where it starts and the segments it goes through.
package struct Query: Sendable, Hashable {
    /// Where a query starts.
    package enum Origin: Sendable, Hashable {
        /// `$`, the root of the document.
        case root
        /// `@`, the current node.
        case current
    }

    /// One step of a singular query, ready for look-up.
    package enum Step: Sendable, Hashable {
        case name(JSONName)
        case index(Int)
    }

    /// Where it starts.
    package let origin: Origin
    /// What it goes through, from left to right.
    package let segments: [Segment]
    /// The steps of a singular query (section 2.3.5.1), which selects at most one node; nil for any other.
    package let steps: [Step]?

    /// Makes a query.
    package init(origin: Origin, segments: [Segment]) {
        self.origin = origin
        self.segments = segments
        let steps = segments.compactMap(\.step)
        self.steps = steps.count == segments.count ? steps : nil
    }

    /// Whether it selects at most one node, whatever the document.
    package var isSingular: Bool { steps != nil }
}
