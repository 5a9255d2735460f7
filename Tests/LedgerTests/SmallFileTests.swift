import Foundation
import GRDB
import Poll
import TestSupport
import Testing

@testable import Ledger

/// The files around a ledger: folder, key, lock; and the words for what goes wrong with them.
@Suite("The files around a ledger", .timeLimit(.minutes(1)))
struct SmallFileTests {
    @Test("A key is made once: whoever comes second has the first one's, and nothing else is left behind")
    func keyOnce() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.key"
        try SecretFile.create(path)
        let first = try SecretFile.read(path)
        #expect(first.count == SecretFile.bytes)
        try SecretFile.create(path)
        #expect(try SecretFile.read(path) == first)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.key"])
    }

    @Test(
        "A key may be written by people: digits in any case, with or without an end of line",
        arguments: ["", "\n", "\r\n", "\n\n"])
    func keyText(end: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.key"
        let digits = String(repeating: "0aF9", count: SecretFile.bytes / 2)
        try folder.write(Array((digits + end).utf8), to: path)
        #expect(try SecretFile.read(path) == (0..<SecretFile.bytes / 2).flatMap { _ in [0x0A, 0xF9] as [UInt8] })
    }

    @Test(
        "What is no key is refused without being shown",
        arguments: ["", "zz", String(repeating: "0g", count: 32), String(repeating: "00", count: 33), "\u{FF10}0"])
    func noKey(text: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a.key"
        try folder.write(Array(text.utf8), to: path)
        do throws(LedgerFault) {
            _ = try SecretFile.read(path)
            Issue.record("taken: \(text)")
        } catch {
            #expect(error == .keyUnusable(key: path, detail: "it does not hold 64 hexadecimal digits"))
        }
    }

    @Test("One process has a ledger at a time, until it lets go of it")
    func lock() throws {
        let folder = try TemporaryFolder()
        try SecretFile.create(folder.ledger + ".key")
        var first: OwnerLock? = try OwnerLock(ledger: folder.ledger)
        #expect(throws: LedgerFault.owned(path: folder.ledger)) { _ = try OwnerLock(ledger: folder.ledger) }
        first?.release()
        do { _ = try OwnerLock(ledger: folder.ledger) }
        first = try OwnerLock(ledger: folder.ledger)
        first = nil
        do { _ = try OwnerLock(ledger: folder.ledger) }
        #expect(first == nil)
    }

    @Test("A file stands where a folder is needed: that is said, with its name")
    func folderIsAFile() throws {
        let folder = try TemporaryFolder()
        try folder.write([], to: folder.path + "/file")
        do throws(LedgerFault) {
            try LedgerFolder.create(for: folder.path + "/file/deep/ledger.sqlite")
            Issue.record("made")
        } catch {
            #expect(error.description.contains(folder.path + "/file"))
        }
    }

    @Test(
        "A failure of the database is told in words, without SQL and without values",
        arguments: [
            (ResultCode.SQLITE_FULL, "full"), (.SQLITE_IOERR_FSYNC, "does not read or write"),
            (.SQLITE_CORRUPT, "damaged"), (.SQLITE_NOTADB, "damaged"), (.SQLITE_READONLY, "written"),
            (.SQLITE_CANTOPEN, "opened"), (.SQLITE_BUSY, "another process"), (.SQLITE_MISUSE, "SQLite 21"),
        ])
    func words(code: ResultCode, part: String) {
        let error = DatabaseError(
            resultCode: code, message: "words", sql: "SELECT secret FROM launch", arguments: ["anna@example.com"])
        let words = DatabaseWords.describe(error)
        #expect(words.contains(part), "\(words)")
        #expect(!words.contains("SELECT") && !words.contains("anna") && !words.contains("\n"))
    }

    @Test("A damaged row names its column, and is a corrupt ledger; what is none of ours is the system's")
    func faults() {
        let row = DamagedRow(column: "state", expected: "whole number")
        #expect(
            LedgerFault(row, path: "p") == .corrupt(path: "p", detail: "the file is damaged: state is no whole number"))
        #expect(LedgerFault(LedgerFault.absent(path: "q"), path: "p") == .absent(path: "q"))
        let busy = DatabaseError(resultCode: .SQLITE_BUSY)
        #expect(LedgerFault(busy, path: "p") == .owned(path: "p"))
        guard case .system = LedgerFault(SystemCallError(call: "open", code: 13), path: "p") else {
            Issue.record("not the system's")
            return
        }
    }

    @Test("Values are read as they stand: nothing is converted, and what is missing is told from what is wrong")
    func values() throws {
        let queue = try DatabaseQueue()
        try queue.read { database in
            let row = try #require(
                try Row.fetchOne(database, sql: "SELECT 7 AS a, 'x' AS b, NULL AS c, 1.0 AS d, x'61' AS e, -9 AS f"))
            #expect(try row.integer(0) == 7 && row.integer(5) == -9)
            #expect(try row.text(1) == "x")
            #expect(try row.optionalInteger(0) == 7 && row.optionalInteger(2) == nil)
            for place in [1, 2, 3, 4] {
                #expect(throws: DamagedRow.self) { try row.integer(place) }
            }
            for place in [1, 3, 4] {
                #expect(throws: DamagedRow.self) { try row.optionalInteger(place) }
            }
            for place in [0, 2, 3, 4] {
                #expect(throws: DamagedRow.self) { try row.text(place) }
            }
            #expect(try database.integer("SELECT NULL") == nil)
            #expect(try database.integer("SELECT 1 WHERE 0") == nil)
            #expect(try database.integers("SELECT ? UNION SELECT 5 ORDER BY 1", [9]) == [5, 9])
        }
    }
}
