/// How much work evaluations may do before they are stopped, so that no event is slow.
///
/// The unit is one value looked at: one selected, one passed over in a search for a name or place, and one more for each
/// ``bytesPerVisit`` bytes of text or digits that are compared. All of it counts, also inside filters. What a pattern
/// costs grows with its size (see ``IRegexp/positions``). Counting is exact and depends on nothing but query and
/// document, so the same event always ends the same way.
package struct VisitBudget: Sendable, Hashable {
    /// Enough for every sane query over an event of a megabyte; some ten milliseconds of work.
    package static let standard = 1_000_000
    /// Bytes of text that cost as much as one value.
    package static let bytesPerVisit = 16

    /// What is left.
    package private(set) var remaining: Int
    /// How many patterns that came with an event were refused: no I-Regexp, too long or too costly.
    ///
    /// Each of them matched nothing.
    package internal(set) var refusedPatterns = 0

    /// Makes a budget.
    package init(_ visits: Int = standard) {
        remaining = max(visits, 0)
    }

    /// Takes visits off.
    ///
    /// - Throws: ``LimitReached`` when they are more than what is left; then nothing is left.
    package mutating func spend(_ visits: Int) throws(LimitReached) {
        remaining -= visits
        guard remaining >= 0 else {
            remaining = 0
            throw LimitReached()
        }
    }

    /// Takes off what it costs to read so many bytes of text.
    mutating func spend(bytes: Int) throws(LimitReached) {
        try spend(bytes / VisitBudget.bytesPerVisit)
    }
}

/// An evaluation would have looked at more values than its budget allows.
package struct LimitReached: Error, Sendable, Hashable, CustomStringConvertible {
    /// Makes the error.
    package init() {}

    /// One sentence without a full stop.
    package var description: String { "the query looks at more values than one event may ask for" }
}
