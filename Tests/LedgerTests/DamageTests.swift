import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// Rows that hold what was never written there: each is told as damage, wherever it is met, and none ends the process.
///
/// The tables are made anew without constraints, as SQLite's own checks would find what is in them otherwise; nobody
/// checks a ledger that is larger than `LedgerFile.checkedBytes`.
@Suite("A ledger with damaged rows", .timeLimit(.minutes(2)))
struct DamageTests {
    /// What no column of ours holds.
    private static let numbers = ["NULL", "'abc'", "x'00ff'", "1.5"]
    private static let texts = ["NULL", "x'ff'", "7"]

    /// A ledger with one launch, closed; indexed or not.
    private static func made(group: Int = 131_072) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder, .quick(group: group))
        #expect(try desk.record(Sample("a", recipients: ["a@example.com"]), at: 1_000))
        if group == 1 { try desk.wait { try desk.indexedTo() == 1 } }
        return folder
    }

    /// Takes the constraints off a table.
    private static func loosen(_ table: String, _ database: Database) throws {
        let columns = try database.columns(in: table).map(\.name)
        let key = table == "launch" ? columns.map { $0 == "id" ? "id INTEGER PRIMARY KEY" : $0 } : columns
        try database.execute(
            sql: """
                ALTER TABLE \(table) RENAME TO strict_one;
                CREATE TABLE \(table) (\(key.joined(separator: ", ")));
                INSERT INTO \(table) SELECT * FROM strict_one;
                DROP TABLE strict_one;
                """)
    }

    /// Damages a closed ledger.
    private static func damage(_ folder: TemporaryFolder, _ table: String, _ column: String, _ value: String) throws {
        let queue = try DatabaseQueue(path: folder.ledger)
        try queue.writeWithoutTransaction { database in
            try loosen(table, database)
            try database.execute(sql: "UPDATE \(table) SET \(column) = \(value)")
        }
        try queue.close()
    }

    private static func isCorrupt(_ fault: LedgerFault?, naming column: String) -> Bool {
        guard case .corrupt(_, let detail)? = fault else { return false }
        return detail.contains("damaged") && detail.contains(column)
    }

    private static func faultOfOpening(_ folder: TemporaryFolder) -> LedgerFault? {
        do throws(LedgerFault) {
            try LedgerFile.open(folder.ledger).lock.release()
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "one that is not in the indexes yet is met at the start",
        arguments: ["key_first", "event_hash", "recipient", "other_recipient"], numbers)
    func opening(column: String, value: String) throws {
        let folder = try Self.made()
        try Self.damage(folder, "launch", column, value)
        let fault = Self.faultOfOpening(folder)
        #expect(Self.isCorrupt(fault, naming: column), "\(String(describing: fault))")
    }

    @Test("numbers at their end leave no room for another launch", arguments: ["launch SET id", "progress SET value"])
    func numbersAtTheirEnd(what: String) throws {
        let folder = try Self.made()
        let queue = try DatabaseQueue(path: folder.ledger)
        try queue.write { database in
            let only = what.hasPrefix("progress") ? " WHERE name = 'indexed_to'" : ""
            try database.execute(sql: "UPDATE \(what) = \(Int64.max)\(only)")
        }
        try queue.close()
        #expect(Self.isCorrupt(Self.faultOfOpening(folder), naming: "id"))
    }

    @Test("the mark of the indexes and that of the key must be numbers", arguments: ["indexed_to", "key_check"])
    func progress(name: String) throws {
        let folder = try Self.made()
        let queue = try DatabaseQueue(path: folder.ledger)
        try queue.writeWithoutTransaction { database in
            try Self.loosen("progress", database)
            try database.execute(sql: "UPDATE progress SET value = 'abc' WHERE name = ?", arguments: [name])
        }
        try queue.close()
        #expect(Self.isCorrupt(Self.faultOfOpening(folder), naming: "value"))
    }

    @Test(
        "`ledger find` says so",
        arguments: ["launched_at", "state", "kept_until", "mapping", "target", "event", "element"])
    func finding(column: String) throws {
        let isText = ["mapping", "target", "event"].contains(column)
        for value in isText ? Self.texts : Self.numbers where value != "NULL" || column != "element" {
            let folder = try Self.made()
            let finder = try LedgerFinder(path: folder.ledger)
            #expect(try finder.find(.event("a"), limit: 1).count == 1)
            try Self.damage(folder, "launch", column, value)
            do throws(LedgerFault) {
                let found = try LedgerFinder(path: folder.ledger).find(.event("a"), limit: 1)
                Issue.record("\(column) = \(value): \(found)")
            } catch {
                #expect(Self.isCorrupt(error, naming: column), "\(error)")
            }
        }
    }

    @Test(
        "a look-up and a commit that meet one fail in words, and go on once it is mended",
        arguments: ["key_second", "event_hash", "launched_at", "state"], numbers)
    func working(column: String, value: String) throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.intend(Sample("a"), at: 1_000))
        try desk.database.writeWithoutTransaction { database in
            try Self.loosen("launch", database)
            try database.execute(sql: "ALTER TABLE launch ADD COLUMN kept")
            try database.execute(sql: "UPDATE launch SET kept = \(column)")
            try database.execute(sql: "UPDATE launch SET \(column) = \(value)")
        }
        #expect(try desk.ask(Sample("a"), at: 1_001) == .failed)
        #expect(desk.ledger.lastFailure == "the file is damaged: \(column) is no whole number")
        #expect(try !desk.withdraw(Sample("a")))
        #expect(try !desk.record(Sample("a"), at: 1_001, hasIntent: true))
        try desk.database.writeWithoutTransaction { database in
            try database.execute(sql: "UPDATE launch SET \(column) = kept")
            try database.execute(sql: "ALTER TABLE launch DROP COLUMN kept")
        }
        #expect(try desk.ask(Sample("a"), at: 1_001) == .intended)
        #expect(try desk.record(Sample("a"), at: 1_001, hasIntent: true))
        #expect(desk.ledger.lastFailure.isEmpty)
    }

    @Test("the filter is not built of a damaged index, so that nothing is denied: every question goes to the file")
    func filter() throws {
        let folder = try Self.made(group: 1)
        try Self.damage(folder, "by_key", "hash", "'abc'")
        let desk = try LedgerDesk(folder)
        try desk.wait { desk.reports.failureTexts.contains("the file is damaged: hash is no whole number") }
        let question = LedgerQuestion(
            identity: Sample("new").identity(desk.ledger.hasher), windowSeconds: 3_600, now: 1_001)
        #expect(desk.ledger.lookUp(question, ticket: 9_999) == nil)
        #expect(try desk.record(Sample("b"), at: 1_001))
        #expect(try desk.ask(Sample("b"), at: 1_002) == .launched)
    }

    @Test("an index that leads nowhere is damage, not an absence")
    func indexEntry() throws {
        let folder = try Self.made(group: 1)
        try Self.damage(folder, "by_key", "launch", "'abc'")
        let desk = try LedgerDesk(folder)
        #expect(try desk.ask(Sample("a"), at: 1_001) == .failed)
        #expect(desk.ledger.lastFailure == "the file is damaged: launch is no whole number")
    }

    @Test("the sweep leaves it where it is, and says so", arguments: ["key_first", "event_hash", "recipient"])
    func sweep(column: String) throws {
        let folder = try Self.made(group: 1)
        try Self.damage(folder, "launch", column, "NULL")
        let desk = try LedgerDesk(folder, .quick(firstSweep: .zero, clock: 1_001 + LedgerEntry.shortestKeeping))
        try desk.wait { desk.reports.failureTexts.contains("the file is damaged: \(column) is no whole number") }
        #expect(try desk.count("launch") == 1)
        #expect(try desk.record(Sample("b"), at: 1_001), "launches are recorded all the same")
    }
}
