import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// A disk that is full, a file that goes away, and what is known after a crash.
@Suite(.timeLimit(.minutes(2)))
struct FailureTests {
    @Test("a full disk fails writes in words, loses nothing, and is over by itself")
    func fullDisk() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.record(Sample("before"), at: 1_000))
        let pages = try desk.database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        try limit(desk, pages)

        var failed: [Sample] = []
        for number in 0..<200 {
            let launch = Sample("\(number)" + String(repeating: "x", count: 100))
            if try !desk.record(launch, at: 1_000) { failed.append(launch) }
        }
        #expect(failed.count > 100)
        #expect(desk.ledger.lastFailure == "the disk is full, or the ledger's quota")
        #expect(desk.reports.failures == failed.count)
        for launch in failed { #expect(try desk.ask(launch, at: 1_001) == .absent) }
        #expect(try desk.ask(Sample("before"), at: 1_001) == .launched)

        try limit(desk, 1 << 30)
        for launch in failed { #expect(try desk.record(launch, at: 1_002)) }
        #expect(desk.ledger.lastFailure.isEmpty)
        for launch in failed { #expect(try desk.ask(launch, at: 1_003) == .launched) }
    }

    private func limit(_ desk: LedgerDesk, _ pages: Int) throws {
        try desk.database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    }

    @Test("a group fails as a whole")
    func wholeGroup() throws {
        var options = LedgerOptions.quick()
        options.commitInterval = .milliseconds(50)
        let desk = try LedgerDesk(TemporaryFolder(), options)
        #expect(try desk.record(Sample("before"), at: 1_000))
        let pages = try desk.database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        try limit(desk, pages + 1)
        let tickets = (0..<500).map { desk.post(Sample("\($0)"), at: 1_000) }
        let outcomes = try tickets.map(desk.isCommitted)
        try limit(desk, 1 << 30)
        for (number, isCommitted) in outcomes.enumerated() {
            #expect(try desk.ask(Sample("\(number)"), at: 1_001) == (isCommitted ? .launched : .absent))
        }
        #expect(outcomes.contains(false))
    }

    @Test("nothing is written to a file that nobody will find again", arguments: ["moved", "replaced"])
    func replaced(how: String) throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder)
        #expect(try desk.record(Sample("before"), at: 1_000))
        try FileManager.default.moveItem(atPath: folder.ledger, toPath: folder.ledger + ".away")
        if how == "replaced" { try folder.write([], to: folder.ledger) }
        #expect(try !desk.record(Sample("lost"), at: 1_000))
        #expect(desk.ledger.lastFailure.contains("moved, removed or replaced"))
        try? FileManager.default.removeItem(atPath: folder.ledger)
        try FileManager.default.moveItem(atPath: folder.ledger + ".away", toPath: folder.ledger)
        #expect(try desk.record(Sample("after"), at: 1_000))
        #expect(desk.ledger.lastFailure.isEmpty)
    }

    @Test("a look-up that cannot read fails, and says so")
    func unreadable() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.record(Sample("k"), at: 1_000))
        try desk.database.writeWithoutTransaction { try $0.execute(sql: "ALTER TABLE launch RENAME TO gone") }
        #expect(try desk.ask(Sample("k"), at: 1_001) == .failed)
        #expect(!desk.ledger.lastFailure.isEmpty)
        try desk.database.writeWithoutTransaction { try $0.execute(sql: "ALTER TABLE gone RENAME TO launch") }
        #expect(try desk.ask(Sample("k"), at: 1_001) == .launched)
        #expect(desk.ledger.lastFailure.isEmpty)
    }

    @Test("what was answered as committed is there after a crash at any moment", arguments: [7, 131_072])
    func crash(group: Int) throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder, .quick(group: group))
        for round in 0..<5 {
            for number in 0..<40 { #expect(try desk.record(Sample("\(round)-\(number)"), at: 1_000)) }
            #expect(try desk.intend(Sample("intent-\(round)"), at: 1_000))
            // Held still between two transactions: the disk as a killed process leaves it.
            let copy = try TemporaryFolder()
            try desk.database.writeWithoutTransaction { _ in try folder.copy(to: copy) }
            let next = try LedgerDesk(copy)
            for earlier in 0...round {
                for number in 0..<40 { #expect(try next.ask(Sample("\(earlier)-\(number)"), at: 1_001) == .launched) }
                #expect(try next.ask(Sample("intent-\(earlier)"), at: 1_001) == .intended)
            }
        }
    }

    @Test("a log that was cut off holds what was committed before the cut, in order")
    func tornLog() throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder)
        for number in 0..<60 { #expect(try desk.record(Sample("\(number)"), at: 1_000)) }
        let copy = try TemporaryFolder()
        try desk.database.writeWithoutTransaction { _ in try folder.copy(to: copy) }
        let log = try copy.bytes(of: copy.ledger + "-wal")
        for part in 1..<12 {
            let torn = try TemporaryFolder()
            try copy.copy(to: torn)
            try torn.write(Array(log.prefix(log.count * part / 12)), to: torn.ledger + "-wal")
            let next: LedgerDesk
            do {
                next = try LedgerDesk(torn)
            } catch LedgerFault.otherVersion, LedgerFault.notALedger {
                continue
            }
            let known = try (0..<60).map { try next.ask(Sample("\($0)"), at: 1_001) == .launched }
            let count = known.count(where: \.self)
            #expect(known == (0..<60).map { $0 < count })
        }
    }
}
