import GRDB

/// Goes through the ledger once and takes out what need not be kept any longer, a slice at a time.
///
/// First the indexes, in their order, then the launches: whatever a crash cuts off is found again by the next sweep.
struct Sweep {
    /// How many launches a slice looks at.
    static let lookedAt = 20_000
    /// How many launches are taken out together.
    static let groupSize = 65_536
    /// How many lines or launches a slice takes out.
    static let sliceSize = 1_024
    /// How many free pages a slice gives back to the file system.
    private static let freedPages = 128
    /// Below this many free pages none is given back: they are used again.
    private static let keptPages = 4_096

    /// What it is at; each case names its successor.
    private enum Stage {
        /// Finding launches whose time is over. → `unindexing`, `shrinking`.
        case looking
        /// Taking them out of an index. → `unindexing` the next, `removing`.
        case unindexing(Schema.Index, [IndexLine], place: Int)
        /// Taking them out. → `looking`.
        case removing(place: Int)
        /// Giving pages back. → the end.
        case shrinking
    }

    private let now: Int64
    private let last: Int64
    private var stage = Stage.looking
    private var cursor: Int64 = 0
    private var expired: [UnindexedLaunches.Item] = []

    /// A sweep of all launches up to `last`, which the indexes know.
    init(now: Int64, last: Int64) {
        self.now = now
        self.last = last
    }

    /// Does the next slice.
    ///
    /// - Returns: Whether the sweep is at its end.
    mutating func step(_ queue: DatabaseQueue) throws -> Bool {
        switch stage {
        case .looking: try look(queue)
        case .unindexing(let index, let lines, let place): try unindex(index, lines, place, queue)
        case .removing(let place): try remove(place, queue)
        case .shrinking: return try !shrink(queue)
        }
        return false
    }

    private mutating func look(_ queue: DatabaseQueue) throws {
        let end = min(cursor + Int64(Self.lookedAt), last)
        let found = try queue.writeWithoutTransaction { database in
            // Ids may begin far above 0, where older launches have been taken out.
            let first = try database.integer("SELECT id FROM launch WHERE id > ? ORDER BY id LIMIT 1", [cursor])
            guard let first, first <= end else { return (items: [UnindexedLaunches.Item](), next: first ?? last) }
            let statement = try database.cachedStatement(
                sql: """
                    SELECT \(UnindexedLaunches.Item.columns) FROM launch WHERE id > ? AND id <= ? AND kept_until <= ?
                    """)
            let rows = try Row.fetchCursor(statement, arguments: [cursor, end, now])
            var items: [UnindexedLaunches.Item] = []
            while let row = try rows.next() { items.append(try UnindexedLaunches.Item(row)) }
            return (items, end + 1)
        }
        expired += found.items
        cursor = min(max(end, found.next - 1), last)
        let isAtEnd = cursor >= last
        if expired.count >= Self.groupSize || (isAtEnd && !expired.isEmpty) {
            begin(.key)
        } else if isAtEnd {
            stage = .shrinking
        }
    }

    private mutating func begin(_ index: Schema.Index) {
        stage = .unindexing(index, expired.flatMap { $0.lines(index) }.sorted(), place: 0)
    }

    private mutating func unindex(
        _ index: Schema.Index, _ lines: [IndexLine], _ place: Int, _ queue: DatabaseQueue
    ) throws {
        let slice = lines[place..<min(place + Self.sliceSize, lines.count)]
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try index.delete(slice, database)
                return .commit
            }
        }
        stage = .unindexing(index, lines, place: slice.endIndex)
        guard slice.endIndex == lines.count else { return }
        switch index {
        case .key: begin(.event)
        case .event: begin(.recipient)
        case .recipient: stage = .removing(place: 0)
        }
    }

    private mutating func remove(_ place: Int, _ queue: DatabaseQueue) throws {
        let slice = expired[place..<min(place + Self.sliceSize, expired.count)]
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let statement = try database.cachedStatement(sql: "DELETE FROM launch WHERE id = ?")
                for item in slice { try statement.execute(arguments: [item.id]) }
                return .commit
            }
        }
        stage = .removing(place: slice.endIndex)
        guard slice.endIndex == expired.count else { return }
        expired = []
        stage = cursor >= last ? .shrinking : .looking
    }

    /// Gives a few pages back; false when there are not enough of them.
    private func shrink(_ queue: DatabaseQueue) throws -> Bool {
        try queue.writeWithoutTransaction { database in
            let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            let all = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            // Half full is full enough: what is given back today is asked for tomorrow.
            guard free > Self.keptPages, free > all / 2 else { return false }
            try database.execute(sql: "PRAGMA incremental_vacuum(\(Self.freedPages))")
            return true
        }
    }
}
