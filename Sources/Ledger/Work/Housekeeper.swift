import Poll

/// What the ledger's thread does between groups: indexes, filter, sweep; at each call a slice of a few milliseconds.
struct Housekeeper {
    /// How long after one sweep the next begins.
    static let sweepInterval = Duration.seconds(3_600)
    /// How long launches wait for the indexes at most, so that a quiet ledger is swept too.
    static let flushInterval = Duration.seconds(3_600)
    /// How long it rests after a failure.
    static let restAfterFailure = Duration.seconds(30)

    private let options: LedgerOptions
    private var flush: IndexFlush?
    private var build: FilterBuild?
    private var sweep: Sweep?
    private var indexedTo: Int64
    private var nextSweep: MonotonicTime
    private var nextFlush: MonotonicTime
    private var restsUntil: MonotonicTime?
    /// Whether launches for another group have come while the last one was put into the indexes.
    private var hasGroup = false

    init(_ options: LedgerOptions, indexedTo: Int64, now: MonotonicTime) {
        self.options = options
        self.indexedTo = indexedTo
        // Not at once: the start has enough to do.
        nextSweep = now.advanced(by: options.firstSweep)
        nextFlush = now.advanced(by: Self.flushInterval)
    }

    /// Whether there is more to do at once.
    var isBusy: Bool { restsUntil == nil && (hasGroup || flush != nil || build != nil || sweep != nil) }

    /// When it wants to be called again, at the latest.
    var nextTime: MonotonicTime { restsUntil ?? min(nextSweep, nextFlush) }

    /// Does a slice of what is due.
    mutating func step(_ store: LedgerStore, now: MonotonicTime) throws {
        if let until = restsUntil {
            guard now >= until else { return }
            restsUntil = nil
        }
        begin(store, now)
        do {
            try advance(store, now)
            hasGroup = store.unindexed.count >= options.groupSize
        } catch {
            restsUntil = now.advanced(by: Self.restAfterFailure)
            throw error
        }
    }

    private mutating func begin(_ store: LedgerStore, _ now: MonotonicTime) {
        let isDue = now >= nextFlush && store.unindexed.count > 0
        if flush == nil, isDue || store.unindexed.count >= options.groupSize {
            store.beingIndexed = store.unindexed
            flush = IndexFlush(store.unindexed)
            store.unindexed = UnindexedLaunches()
        }
        if now >= nextFlush { nextFlush = now.advanced(by: Self.flushInterval) }
        if build == nil, store.filter.isFull { build = FilterBuild(store) }
        if sweep == nil, now >= nextSweep {
            let wall = options.clock()
            store.sweptUntil = max(store.sweptUntil, wall)
            sweep = Sweep(now: wall, last: indexedTo)
        }
    }

    private mutating func advance(_ store: LedgerStore, _ now: MonotonicTime) throws {
        if try flush?.step(store.file.database) == true {
            indexedTo = store.beingIndexed?.items.last?.id ?? indexedTo
            store.beingIndexed = nil
            flush = nil
        }
        if try build?.step(store) == true { build = nil }
        if try sweep?.step(store.file.database) == true {
            sweep = nil
            nextSweep = now.advanced(by: Self.sweepInterval)
        }
    }
}
