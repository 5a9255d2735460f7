import GRDB
import Poll
import TestSupport
import Testing

@testable import Ledger

/// Indexes, filter and sweep: all of it behind the back of whoever asks.
@Suite(.timeLimit(.minutes(2)))
struct HousekeepingTests {
    private static let week = LedgerEntry.shortestKeeping

    @Test("launches go into the indexes in groups, and are found before, meanwhile and after")
    func indexing() throws {
        let desk = try LedgerDesk(TemporaryFolder(), .quick(group: 100))
        for number in 0..<1_050 {
            let launch = Sample("\(number)", recipients: ["p\(number)@example.com", "+7999000\(1_000 + number)"])
            _ = desk.post(launch, at: 1_000)
        }
        try desk.wait { try desk.count("by_key") >= 950 && desk.indexedTo() >= 950 }
        for number in 0..<1_050 { #expect(try desk.ask(Sample("\(number)"), at: 1_001) == .launched) }
        let indexed = try desk.indexedTo()
        #expect(try desk.count("by_event") == indexed)
        #expect(try desk.count("by_recipient") == indexed * 2)
    }

    @Test("indexing that was cut off is done again in the next life")
    func cutOffIndexing() throws {
        let folder = try TemporaryFolder()
        do {
            let desk = try LedgerDesk(folder)
            for number in 0..<300 { _ = desk.post(Sample("\(number)"), at: 1_000) }
        }
        do {
            // As if a crash had left a part of the lines, without the mark.
            let file = try LedgerFile.open(folder.ledger)
            let store = LedgerStore(file, filter: KeyFilter(), unindexedLimit: 1_000)
            var flush = IndexFlush(store.unindexed)
            _ = try flush.step(file.database)
            try file.database.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM by_key WHERE launch > 100") }
            try file.database.close()
        }
        let desk = try LedgerDesk(folder, .quick(group: 1))
        try desk.wait { try desk.indexedTo() == 300 }
        #expect(try desk.count("by_key") == 300)
        for number in 0..<300 { #expect(try desk.ask(Sample("\(number)"), at: 1_001) == .launched) }
    }

    @Test("the filter of a later life knows every launch, indexed or not")
    func filter() throws {
        let folder = try TemporaryFolder()
        do {
            let desk = try LedgerDesk(folder, .quick(group: 64))
            for number in 0..<500 {
                _ = desk.post(Sample("\(number)"), at: 1_000)
            }
            try desk.wait { try desk.indexedTo() >= 437 }
        }
        let file = try LedgerFile.open(folder.ledger)
        let store = LedgerStore(file, filter: KeyFilter(), unindexedLimit: 1_000)
        var build = FilterBuild(store)
        store.takeovers += 1
        while try !build.step(store) {}
        for number in 0..<500 {
            #expect(!store.filter.lacks(Sample("\(number)").identity(file.hasher).key.first))
        }
        let others = (500..<1_500).count { store.filter.lacks(Sample("\($0)").identity(file.hasher).key.first) }
        #expect(others > 950)
        try file.database.close()
    }

    @Test("a filter is not believed before what was handed over earlier is in it")
    func earlyFilter() throws {
        let folder = try TemporaryFolder()
        let file = try LedgerFile.open(folder.ledger)
        let store = LedgerStore(file, filter: KeyFilter(), unindexedLimit: 1_000)
        let launch = Sample("handed over")
        let key = launch.identity(file.hasher).key.first
        // Handed over before there is a filter, and not taken over yet.
        store.filter.insert(key)
        var build = FilterBuild(store)
        for _ in 0..<3 { #expect(try !build.step(store)) }
        let entry = launch.entry(file.hasher, window: 0, at: 1_000)
        try store.commit([LedgerWrite(ticket: 0, kind: .record(entry, state: .launched, hasIntent: false))])
        store.takeovers += 1
        #expect(try build.step(store))
        #expect(!store.filter.lacks(key))
        #expect(store.filter.lacks(key + 1))
        try file.database.close()
    }

    @Test("a sweep takes out what is over, from all tables, and nothing else")
    func sweeping() throws {
        let folder = try TemporaryFolder()
        do {
            let desk = try LedgerDesk(folder, .quick(group: 50))
            for number in 0..<400 {
                let launch = Sample("\(number)", recipients: ["p\(number)@example.com"])
                _ = desk.post(launch, window: number.isMultiple(of: 4) ? Self.week * 10 : 60, at: 1_000)
                if number % 50 == 49 { try desk.wait { try desk.indexedTo() == number + 1 } }
            }
        }
        let now = 1_000 + Self.week
        let desk = try LedgerDesk(folder, .quick(firstSweep: .zero, clock: now))
        try desk.wait { try desk.count("launch") == 100 }
        for table in ["by_key", "by_event", "by_recipient"] { #expect(try desk.count(table) == 100) }
        for number in 0..<400 {
            let expected: LedgerFinding = number.isMultiple(of: 4) ? .launched : .absent
            #expect(try desk.ask(Sample("\(number)"), window: Self.week * 10, at: now) == expected)
        }
        // Ids go on where they were.
        #expect(try desk.record(Sample("next"), at: now))
        #expect(try desk.ask(Sample("next"), at: now) == .launched)
    }

    @Test("a sweep leaves alone what is not over yet, to the second")
    func notYet() throws {
        let desk = try LedgerDesk(TemporaryFolder(), .quick(group: 1, firstSweep: .zero, clock: 999 + Self.week))
        for number in 0..<20 { #expect(try desk.record(Sample("\(number)"), at: 1_000)) }
        try desk.wait { try desk.indexedTo() == 20 }
        #expect(try desk.count("launch") == 20)
    }

    @Test("sweeping all, a slice at a time, in a file of many pages, gives pages back")
    func shrinking() throws {
        let folder = try TemporaryFolder()
        let file = try LedgerFile.open(folder.ledger)
        let store = LedgerStore(file, filter: KeyFilter(), unindexedLimit: .max)
        let padding = String(repeating: "x", count: 100)
        for group in 0..<60 {
            try store.commit(
                (0..<2_000).map { number in
                    let launch = Sample("\(group)-\(number)", event: "\(group)-\(number)-\(padding)")
                    let entry = launch.entry(file.hasher, window: 0, at: 1_000)
                    return LedgerWrite(ticket: 0, kind: .record(entry, state: .launched, hasIntent: false))
                })
        }
        var flush = IndexFlush(store.unindexed)
        while try !flush.step(file.database) {}
        let before = try pages(file)
        var sweep = Sweep(now: .max, last: 120_000)
        var slices = 0
        while try !sweep.step(file.database) { slices += 1 }
        #expect(slices > 300)
        let after = try pages(file)
        #expect(after.all < before.all)
        #expect(after.free <= max(4_096, after.all / 2))
        try file.database.close()
    }

    private func pages(_ file: LedgerFile) throws -> (all: Int, free: Int) {
        try file.database.writeWithoutTransaction { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0,
                try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            )
        }
    }

    @Test("where the indexes cannot follow, nothing more is written")
    func laggingIndexes() throws {
        var options = LedgerOptions.quick(group: 10)
        options.unindexedLimit = 40
        let desk = try LedgerDesk(TemporaryFolder(), options)
        try desk.database.writeWithoutTransaction { try $0.execute(sql: "DROP TABLE by_event") }
        var refused = 0
        for number in 0..<100 where try !desk.record(Sample("\(number)"), at: 1_000) { refused += 1 }
        #expect(refused == 100 - 50)
        #expect(desk.ledger.lastFailure.contains("indexes"))
    }
}

extension LedgerDesk {
    /// Up to which launch the indexes know all.
    func indexedTo() throws -> Int {
        try database.read { Int(try Schema.value(.indexedTo, $0) ?? -1) }
    }
}
