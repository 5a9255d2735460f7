import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// `ledger find`, beside a bridge that writes and without one.
@Suite(.timeLimit(.minutes(2)))
struct FinderTests {
    @Test("launches are found by event, recipient and mapping, indexed or not", arguments: [1, 10, 131_072])
    func finds(group: Int) throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder, .quick(group: group))
        for number in 0..<30 {
            let recipients = ["P\(number % 3)@Example.com", "+7 999 000 00 0\(number % 3)"]
            var launch = Sample("\(number)", event: "order-\(number / 2)", recipients: recipients)
            launch.mapping = number.isMultiple(of: 5) ? "rare" : "common"
            #expect(try desk.record(launch, at: 1_000 + Int64(number)))
        }
        let finder = try LedgerFinder(path: folder.ledger)
        #expect(try finder.find(.event("order-3"), limit: 100).map(\.launchedAt) == [1_007, 1_006])
        #expect(try finder.find(.recipient(" p1@example.COM"), limit: 100).count == 10)
        #expect(try finder.find(.recipient("79990000001"), limit: 100).count == 10)
        #expect(
            try finder.find(.recipient("p1@example.com"), limit: 4).map(\.launchedAt) == [1_028, 1_025, 1_022, 1_019])
        #expect(try finder.find(.mapping("rare"), limit: 100).count == 6)
        #expect(try finder.find(.mapping("none"), limit: 100).isEmpty)
        #expect(try finder.find(.event(""), limit: 100).isEmpty)
        #expect(try finder.find(.recipient("nobody@example.com"), limit: 100).isEmpty)
        let record = try #require(try finder.find(.event("order-0"), limit: 1).first)
        #expect(record.target == "campaign 4101")
        #expect(record.mapping == "common")
        #expect(record.state == .launched)
        #expect(record.event == "order-0")
        #expect(record.keptUntil == 1_001 + LedgerEntry.shortestKeeping)
    }

    @Test("a reader sees whole groups while they are written, and holds nobody up")
    func concurrent() throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder, .quick(group: 200))
        #expect(try desk.record(Sample("0"), at: 1_000))
        let finder = try LedgerFinder(path: folder.ledger)
        var last = 1
        for round in 1..<40 {
            let tickets = (0..<25).map { desk.post(Sample("\(round)-\($0)"), at: 1_000) }
            let seen = try finder.find(.mapping("welcome"), limit: 100_000).count
            #expect(seen >= last)
            for ticket in tickets { #expect(try desk.isCommitted(ticket)) }
            last = try finder.find(.mapping("welcome"), limit: 100_000).count
            #expect(last == 1 + round * 25)
        }
    }

    @Test("a closed ledger is read too")
    func closed() throws {
        let folder = try TemporaryFolder()
        do {
            let desk = try LedgerDesk(folder)
            #expect(try desk.record(Sample("a"), at: 1_000))
        }
        #expect(try LedgerFinder(path: folder.ledger).find(.event("a"), limit: 1).count == 1)
        #expect(try LedgerDesk(folder).ask(Sample("a"), at: 1_001) == .launched)
    }

    @Test("what is no ledger is told as such, and nothing is made")
    func faults() throws {
        let folder = try TemporaryFolder()
        #expect(throws: LedgerFault.absent(path: folder.ledger)) { try LedgerFinder(path: folder.ledger) }
        #expect(OpenFile.facts(of: folder.ledger) == nil)
        try folder.write(Array("something else".utf8), to: folder.ledger)
        #expect(throws: LedgerFault.notALedger(path: folder.ledger)) { try LedgerFinder(path: folder.ledger) }
        try FileManager.default.removeItem(atPath: folder.ledger)
        do { _ = try LedgerDesk(folder) }
        try FileManager.default.moveItem(atPath: folder.ledger + ".key", toPath: folder.path + "/elsewhere")
        #expect(throws: LedgerFault.keyMissing(path: folder.ledger, key: folder.ledger + ".key")) {
            try LedgerFinder(path: folder.ledger)
        }
    }

    @Test("foreign texts are looked for as they are", arguments: ["' OR 1=1 --", "%", "\0", "", "ё", "a\"b"])
    func hostile(text: String) throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder)
        #expect(try desk.record(Sample("plain", recipients: ["x@example.com"]), at: 1_000))
        var launch = Sample(text, event: text, recipients: [text])
        launch.mapping = text
        #expect(try desk.record(launch, at: 1_000))
        #expect(try desk.ask(launch, at: 1_001) == .launched)
        let finder = try LedgerFinder(path: folder.ledger)
        #expect(try finder.find(.event(text), limit: 10).count == 1)
        #expect(try finder.find(.recipient(text), limit: 10).count == 1)
        #expect(try finder.find(.mapping(text), limit: 10).count == 1)
    }
}
