import GRDB

/// Puts a group of launches into the indexes, a slice at a time and each index in its own order, so that launches share
/// the pages they touch.
struct IndexFlush {
    /// How many lines a slice writes: a few milliseconds.
    static let sliceSize = 1_024

    private let launches: UnindexedLaunches
    private var indexes = Schema.Index.allCases
    private var lines: [IndexLine] = []
    private var place = 0

    init(_ launches: UnindexedLaunches) {
        self.launches = launches
    }

    /// Writes the next slice.
    ///
    /// What a crash cuts off is begun anew: lines that stand already are left as they are.
    ///
    /// - Returns: Whether everything is in the indexes now.
    mutating func step(_ queue: DatabaseQueue) throws -> Bool {
        while place == lines.count {
            guard let index = indexes.first else {
                try finish(queue)
                return true
            }
            lines = launches.items.flatMap { $0.lines(index) }.sorted()
            place = 0
            if lines.isEmpty { indexes.removeFirst() }
        }
        guard let index = indexes.first else { return true }
        let slice = lines[place..<min(place + Self.sliceSize, lines.count)]
        try queue.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try index.insert(slice, database)
                return .commit
            }
        }
        place = slice.endIndex
        if place == lines.count { indexes.removeFirst() }
        return false
    }

    private func finish(_ queue: DatabaseQueue) throws {
        guard let last = launches.items.last else { return }
        try queue.writeWithoutTransaction { database in
            try Schema.set(.indexedTo, last.id, database)
        }
    }
}
