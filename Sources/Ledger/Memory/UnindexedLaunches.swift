/// Launches that stand in the ledger and not yet in its indexes, found by key in memory.
///
/// Writing each launch into the middle of three trees at once would dirty three pages for it; a group of so many,
/// sorted, shares them.
struct UnindexedLaunches: Sendable {
    /// One launch's hashes.
    struct Item: Sendable {
        let id: Int64
        let key: Int64
        let event: Int64
        let recipient: Int64
        let otherRecipient: Int64
        /// The place of an earlier item with the same key; -1 for none.
        fileprivate var previous: Int32 = -1

        init(id: Int64, key: Int64, event: Int64, recipient: Int64, otherRecipient: Int64) {
            self.id = id
            self.key = key
            self.event = event
            self.recipient = recipient
            self.otherRecipient = otherRecipient
        }
    }

    /// The launches, in the order of their ids.
    private(set) var items: [Item] = []
    private var lastByKey: [Int64: Int32] = [:]

    /// How many there are.
    var count: Int { items.count }

    /// Adds one.
    mutating func append(_ item: Item) {
        var item = item
        let place = Int32(truncatingIfNeeded: items.count)
        item.previous = lastByKey.updateValue(place, forKey: item.key) ?? -1
        items.append(item)
    }

    /// The ids of all with this half of a key.
    func launches(key: Int64) -> [Int64] {
        guard var place = lastByKey[key] else { return [] }
        var found: [Int64] = []
        while place >= 0 {
            found.append(items[Int(place)].id)
            place = items[Int(place)].previous
        }
        return found
    }
}

/// One line of an index: a hash, and a launch that has it.
struct IndexLine: Sendable, Hashable, Comparable {
    let hash: Int64
    let launch: Int64

    static func < (left: IndexLine, right: IndexLine) -> Bool {
        (left.hash, left.launch) < (right.hash, right.launch)
    }
}

extension UnindexedLaunches.Item {
    /// Its lines in an index.
    func lines(_ index: Schema.Index) -> [IndexLine] {
        switch index {
        case .key: [IndexLine(hash: key, launch: id)]
        case .event: [IndexLine(hash: event, launch: id)]
        case .recipient: [recipient, otherRecipient].filter { $0 != 0 }.map { IndexLine(hash: $0, launch: id) }
        }
    }
}
