package import Outcome

/// What a look at the parking queue came to.
package struct ParkedListing: Sendable {
    /// How many messages share class, reason and mapping.
    package struct Tally: Sendable, Hashable {
        /// The class; nil for strangers' messages.
        package let launchClass: LaunchClass?
        /// The reason.
        package let reason: Reason?
        /// The mapping, where one is known.
        package let mapping: String?
    }

    /// The messages, by time parked.
    package let rows: [ParkedSummary]
    /// Messages that are meant, listed or not; an event may be parked in several.
    package let matched: Int
    /// Messages that were looked at.
    package let looked: Int
    /// Messages that were in the queue.
    package let total: Int
    /// Copies beyond the first of each message.
    package let copies: Int
    /// How many messages share class, reason and mapping, the most frequent first.
    package let tallies: [(tally: Tally, count: Int)]
}

/// Makes a listing of messages that come one by one; holds no more than twice the limit.
package struct ParkedList {
    private let filter: ParkedFilter
    private let limit: Int
    private var index = ParkedIndex<ParkedSummary>()
    /// The kinds by number, and the number of each message that is meant.
    private var numbers: [ParkedListing.Tally: Int] = [:]
    private var kinds: [ParkedID: Int] = [:]

    /// Kinds beyond these are not told apart: mapping names are foreign bytes.
    private static let mostTallies = 1_000

    /// An empty list.
    package init(_ filter: ParkedFilter, limit: Int) {
        self.filter = filter
        self.limit = limit
    }

    /// Takes in a message.
    package mutating func add(_ message: ParkedMessage) {
        let isMeant = filter.matches(message)
        var isHeld = false
        index.add(message, isMeant: isMeant) { _ in
            isHeld = isMeant
            return isMeant ? message.summary : nil
        }
        guard isHeld else { return }
        kinds[message.id] = number(of: message)
        if index.heldCount > 2 * limit { index.keepFirst(limit) }
    }

    private mutating func number(of message: ParkedMessage) -> Int? {
        let part = message.record?.deciding
        let tally = ParkedListing.Tally(launchClass: part?.launchClass, reason: part?.reason, mapping: part?.mapping)
        if let number = numbers[tally] { return number }
        guard numbers.count < Self.mostTallies else { return nil }
        numbers[tally] = numbers.count
        return numbers[tally]
    }

    /// How many messages of each kind there are: known at the end, as a newer copy may be of another kind.
    private var tallies: [(tally: ParkedListing.Tally, count: Int)] {
        var counts = [Int](repeating: 0, count: numbers.count)
        for (id, entry) in index.entries where entry.isMeant {
            if let number = kinds[id] { counts[number] += 1 }
        }
        return numbers.map { (tally: $0.key, count: counts[$0.value]) }.filter { $0.count > 0 }
    }

    /// The listing.
    package func listing(looked: Int, total: Int) -> ParkedListing {
        let rows = index.held.prefix(limit).map { event in
            var summary = event.payload
            summary.copies = event.entry.receipts.count
            return summary
        }
        let tallies = tallies.sorted { left, right in
            (right.count, left.tally.order) < (left.count, right.tally.order)
        }
        return ParkedListing(
            rows: rows, matched: index.meantCount, looked: looked, total: total, copies: index.copies, tallies: tallies)
    }
}

extension ParkedListing.Tally {
    fileprivate var order: String {
        [launchClass?.rawValue, reason?.rawValue, mapping].map { $0 ?? "" }.joined(separator: " ")
    }
}
