import GRDB

/// Builds a filter of all keys, a slice at a time, while launches go on.
struct FilterBuild {
    /// How many keys a slice reads.
    static let sliceSize = 4_096
    /// How many keys are inserted under one lock: others wait for some ten microseconds.
    private static let lockedSize = 256

    private var last: Int64?
    /// How often writes had been taken over when this began.
    private let takeovers: Int

    /// Begins a filter; what is handed to the ledger from now on goes into it by itself.
    init(_ store: LedgerStore) {
        takeovers = store.takeovers
        store.filter.beginNext(expecting: store.estimatedCount)
        // These may be in the indexes, behind the place that has been read, before the end is reached.
        Self.fill(store.filter, store.beingIndexed)
        Self.fill(store.filter, store.unindexed)
    }

    /// Reads the next slice.
    ///
    /// - Returns: Whether the filter is complete.
    mutating func step(_ store: LedgerStore) throws -> Bool {
        let keys = try store.file.database.writeWithoutTransaction { database in
            try database.integers(
                "SELECT DISTINCT hash FROM by_key WHERE hash > ? ORDER BY hash LIMIT \(Self.sliceSize)", [last ?? .min])
        }
        Self.fill(store.filter, keys)
        if let key = keys.last {
            last = key
            return false
        }
        // What was handed over before the beginning is in no filter; once writes were taken over again, it is committed.
        guard store.takeovers > takeovers else { return false }
        Self.fill(store.filter, store.beingIndexed)
        Self.fill(store.filter, store.unindexed)
        store.filter.finishNext()
        return true
    }

    private static func fill(_ filter: KeyFilter, _ launches: UnindexedLaunches?) {
        fill(filter, launches?.items.map(\.key) ?? [])
    }

    private static func fill(_ filter: KeyFilter, _ keys: [Int64]) {
        for start in stride(from: 0, to: keys.count, by: lockedSize) {
            filter.fill(keys[start..<min(start + lockedSize, keys.count)])
        }
    }
}
