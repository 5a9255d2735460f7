package import Outcome

/// What a look at the parking queue came to.
package struct ParkedListing: Sendable {
    /// How many events share class, reason and mapping.
    package struct Tally: Sendable, Hashable {
        /// The class; nil for strangers' messages.
        package let launchClass: LaunchClass?
        /// The reason.
        package let reason: Reason?
        /// The mapping, where one is known.
        package let mapping: String?
    }

    /// The events, by time parked.
    package let rows: [ParkedSummary]
    /// Events that are meant, listed or not.
    package let matched: Int
    /// Messages that were looked at.
    package let looked: Int
    /// Messages that were in the queue.
    package let total: Int
    /// Copies beyond the first of each event.
    package let copies: Int
    /// How many events share class, reason and mapping, the most frequent first.
    package let tallies: [(tally: Tally, count: Int)]
}

/// Makes a listing of messages that come one by one; holds no more than twice the limit.
package struct ParkedList {
    private let filter: ParkedFilter
    private let limit: Int
    private var index = ParkedIndex<ParkedSummary>()
    private var counts: [ParkedListing.Tally: Int] = [:]
    private var matched = 0

    /// Kinds beyond these are not told apart: mapping names are foreign bytes.
    private static let mostTallies = 1_000

    /// An empty list.
    package init(_ filter: ParkedFilter, limit: Int) {
        self.filter = filter
        self.limit = limit
    }

    /// Takes in a message.
    package mutating func add(_ message: ParkedMessage) {
        let before = index.entries.count
        let isMeant = filter.matches(message)
        index.add(message) { isMeant ? message.summary : nil }
        guard isMeant, index.entries.count > before else { return }
        matched += 1
        count(message)
        if index.heldCount > 2 * limit { index.keepFirst(limit) }
    }

    private mutating func count(_ message: ParkedMessage) {
        let part = message.record?.deciding
        let tally = ParkedListing.Tally(launchClass: part?.launchClass, reason: part?.reason, mapping: part?.mapping)
        guard counts.count < Self.mostTallies || counts[tally] != nil else { return }
        counts[tally, default: 0] += 1
    }

    /// The listing.
    package func listing(looked: Int, total: Int) -> ParkedListing {
        let rows = index.held.prefix(limit).map { event in
            var summary = event.payload
            summary.copies = event.entry.receipts.count
            return summary
        }
        let tallies = counts.map { (tally: $0.key, count: $0.value) }.sorted { left, right in
            (right.count, left.tally.order) < (left.count, right.tally.order)
        }
        return ParkedListing(
            rows: rows, matched: matched, looked: looked, total: total, copies: index.copies, tallies: tallies)
    }
}

extension ParkedListing.Tally {
    fileprivate var order: String {
        [launchClass?.rawValue, reason?.rawValue, mapping].map { $0 ?? "" }.joined(separator: " ")
    }
}
