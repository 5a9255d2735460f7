/// The last launches, within bounds of number and size, and counts of all.
struct LaunchLog: Sendable {
    private var kept: [LaunchRecord] = []
    /// Records before this place have been let go; they are cut off when they are half of the list.
    private var start = 0
    private var bytes = 0
    private let most: Int
    private let mostBytes: Int
    /// How many launches there have been.
    private(set) var total = 0
    /// What was launched how often.
    private(set) var counts = LaunchCounts()

    init(most: Int, mostBytes: Int) {
        (self.most, self.mostBytes) = (max(most, 1), mostBytes)
    }

    /// The launches that are kept, oldest first.
    var launches: ArraySlice<LaunchRecord> { kept[start...] }

    /// Takes a launch and numbers it.
    mutating func append(_ record: LaunchRecord) -> LaunchRecord {
        var record = record
        total += 1
        record.number = total
        counts.count(record)
        kept.append(record)
        bytes += record.weight
        while kept.count - start > most || (bytes > mostBytes && kept.count - start > 1) { dropOldest() }
        return record
    }

    /// Forgets everything, numbers included.
    mutating func clear() {
        self = LaunchLog(most: most, mostBytes: mostBytes)
    }

    private mutating func dropOldest() {
        bytes -= kept[start].weight
        start += 1
        if start > 1_024, start * 2 > kept.count {
            kept.removeFirst(start)
            start = 0
        }
    }
}
