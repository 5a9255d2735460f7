/// Finds all stored ranges that hold a number, in time logarithmic in the ranges plus those found.
///
/// Ranges stand sorted by their lower bounds; read as a balanced tree, each keeps the highest upper bound below it, so
/// that whole branches are left out. Bounds count as inside: the index may find too much, never too little.
struct RangeTree: Sendable {
    private struct Entry: Sendable {
        let lower: ExactNumber?
        let upper: ExactNumber?
        let posting: Int
        /// The highest upper bound in the branch; nil is no bound.
        var highest: ExactNumber?
    }

    private var entries: [Entry]

    init(_ ranges: [(range: NumericRange, posting: Int)]) {
        entries = ranges.map {
            let upper = $0.range.upper?.value
            return Entry(lower: $0.range.lower?.value, upper: upper, posting: $0.posting, highest: upper)
        }
        entries.sort { left, right in
            guard let lower = right.lower else { return false }
            guard let mine = left.lower else { return true }
            return mine < lower
        }
        _ = raise(0, entries.count)
    }

    /// Whether there is no range.
    var isEmpty: Bool { entries.isEmpty }

    /// Adds the postings of all ranges that hold a number.
    func find(_ number: ExactNumber, into found: inout Postings) {
        find(number, 0, entries.count, &found)
    }

    /// Searches the branch of the entries from `low` up to `high`, whose root is in the middle.
    private func find(_ number: ExactNumber, _ low: Int, _ high: Int, _ found: inout Postings) {
        guard low < high else { return }
        let middle = (low + high) / 2
        if let highest = entries[middle].highest, highest < number { return }
        find(number, low, middle, &found)
        if let lower = entries[middle].lower, number < lower { return }
        if entries[middle].upper.map({ $0 >= number }) ?? true { found.add(entries[middle].posting) }
        find(number, middle + 1, high, &found)
    }

    /// Sets the highest upper bound of every branch; answers whether the branch is not empty.
    private mutating func raise(_ low: Int, _ high: Int) -> Bool {
        guard low < high else { return false }
        let middle = (low + high) / 2
        for (from, to) in [(low, middle), (middle + 1, high)] where raise(from, to) {
            let branch = entries[(from + to) / 2].highest
            if let mine = entries[middle].highest {
                entries[middle].highest = branch.map { max($0, mine) }
            }
        }
        return true
    }
}
