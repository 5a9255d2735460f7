import TestSupport
import Testing

@testable import Ledger

/// Look-ups and writes of one ledger, and of its next lives.
@Suite(.timeLimit(.minutes(2)))
struct WritingTests {
    @Test("what is recorded is found, and nothing else")
    func recorded() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.ask(Sample("a"), at: 100) == .absent)
        #expect(try desk.record(Sample("a"), at: 100))
        #expect(try desk.ask(Sample("a"), at: 101) == .launched)
        #expect(try desk.ask(Sample("a", event: "another"), at: 101) == .launched)
        #expect(try desk.ask(Sample("b"), at: 101) == .absent)
        var element = Sample("a")
        element.element = "$['items'][1]"
        #expect(try desk.ask(element, at: 101) == .absent)
        var mapping = Sample("a")
        mapping.mapping = "goodbye"
        #expect(try desk.ask(mapping, at: 101) == .absent)
    }

    @Test("after the window another event launches again; a redelivery of the same one never does")
    func window() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.record(Sample("k", event: "first"), window: 60, at: 1_000))
        #expect(try desk.ask(Sample("k", event: "second"), window: 60, at: 1_059) == .launched)
        #expect(try desk.ask(Sample("k", event: "second"), window: 60, at: 1_060) == .absent)
        #expect(try desk.record(Sample("k", event: "second"), window: 60, at: 1_060))
        #expect(try desk.ask(Sample("k", event: "first"), window: 60, at: 5_000) == .launched)
        #expect(try desk.ask(Sample("k", event: "second"), window: 60, at: 5_000) == .launched)
        #expect(try desk.ask(Sample("k", event: "third"), window: 60, at: 5_000) == .absent)
        #expect(try desk.ask(Sample("k", event: "third"), window: 5_000, at: 5_000) == .launched)
    }

    @Test("an intent stands until it is recorded or withdrawn")
    func intents() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        let launch = Sample("k")
        #expect(try desk.intend(launch, at: 1_000))
        #expect(try desk.ask(launch, at: 1_001) == .intended)
        #expect(try desk.withdraw(launch))
        #expect(try desk.ask(launch, at: 1_002) == .absent)
        #expect(try desk.intend(launch, at: 1_003))
        #expect(try desk.record(launch, at: 1_004, hasIntent: true))
        #expect(try desk.ask(launch, at: 1_005) == .launched)
        #expect(try desk.count("launch") == 2)
    }

    @Test("a record that expects an intent and finds none stands by itself")
    func recordWithoutIntent() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.record(Sample("k"), at: 1_000, hasIntent: true))
        #expect(try desk.ask(Sample("k"), at: 1_001) == .launched)
    }

    @Test("a group of any size is written whole, each launch with what is its own", arguments: [1, 31, 32, 33, 100])
    func groups(count: Int) throws {
        let desk = try LedgerDesk(TemporaryFolder())
        let launches = (0..<count).map { Sample("k\($0)", event: "e\($0 / 2)", recipients: ["r\($0)@example.com"]) }
        let tickets = launches.map { desk.post($0, at: 1_000) }
        for ticket in tickets { #expect(try desk.isCommitted(ticket)) }
        #expect(try desk.count("launch") == count)
        #expect(try desk.count("launch WHERE length(event) > 1 AND target = 'campaign 4101' AND state = 1") == count)
        for launch in launches { #expect(try desk.ask(launch, at: 1_001) == .launched) }
        for (number, launch) in launches.enumerated() {
            let hash = desk.ledger.hasher.recipient(launch.recipients[0])
            #expect(try desk.count("launch WHERE recipient = \(hash) AND event = 'e\(number / 2)'") == 1)
        }
    }

    @Test("withdrawing leaves the intents of other events and all records alone")
    func withdrawing() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        #expect(try desk.intend(Sample("k", event: "1"), at: 1_000))
        #expect(try desk.withdraw(Sample("k", event: "2")))
        #expect(try desk.ask(Sample("k", event: "1"), at: 1_001) == .intended)
        #expect(try desk.record(Sample("r"), at: 1_000))
        #expect(try desk.withdraw(Sample("r")))
        #expect(try desk.ask(Sample("r"), at: 1_001) == .launched)
    }

    @Test("the next life knows all of it: records, intents, and how they ended", arguments: [2, 131_072])
    func restart(group: Int) throws {
        let folder = try TemporaryFolder()
        do {
            let desk = try LedgerDesk(folder, .quick(group: group))
            #expect(desk.ledger.isNew)
            for number in 0..<50 { #expect(try desk.record(Sample("r\(number)"), at: 1_000)) }
            #expect(try desk.intend(Sample("open"), at: 1_000))
            #expect(try desk.intend(Sample("taken back"), at: 1_000))
            #expect(try desk.withdraw(Sample("taken back")))
        }
        let desk = try LedgerDesk(folder, .quick(group: group))
        #expect(!desk.ledger.isNew)
        for number in 0..<50 { #expect(try desk.ask(Sample("r\(number)"), at: 1_001) == .launched) }
        #expect(try desk.ask(Sample("open"), at: 1_001) == .intended)
        #expect(try desk.ask(Sample("taken back"), at: 1_001) == .absent)
        #expect(try desk.record(Sample("open"), at: 1_002, hasIntent: true))
        #expect(try desk.ask(Sample("open"), at: 1_003) == .launched)
    }

    @Test("closing commits what was handed over")
    func closing() throws {
        let folder = try TemporaryFolder()
        var options = LedgerOptions.quick()
        options.commitInterval = .seconds(60)
        do {
            let desk = try LedgerDesk(folder, options)
            #expect(try desk.record(Sample("first"), at: 1_000))
            for number in 0..<100 { _ = desk.post(Sample("\(number)"), at: 1_000) }
        }
        let desk = try LedgerDesk(folder)
        for number in 0..<100 { #expect(try desk.ask(Sample("\(number)"), at: 1_001) == .launched) }
    }

    @Test("writes that come together are committed together")
    func groups() throws {
        var options = LedgerOptions.quick()
        options.commitInterval = .milliseconds(20)
        let desk = try LedgerDesk(TemporaryFolder(), options)
        #expect(try desk.record(Sample("first"), at: 1_000))
        let tickets = (0..<500).map { desk.post(Sample("\($0)"), at: 1_000) }
        for ticket in tickets { #expect(try desk.isCommitted(ticket)) }
        try desk.wait { desk.reports.records == 501 }
        #expect(desk.reports.commits < 20)
    }

    @Test("closing twice does no harm")
    func closedTwice() throws {
        let desk = try LedgerDesk(TemporaryFolder())
        desk.ledger.close()
        desk.ledger.close()
    }

    @Test("a record says that it may be the second one")
    func maybeRepeated() throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder)
        #expect(try desk.record(Sample("k"), at: 1_000, isMaybeRepeated: true))
        #expect(try desk.ask(Sample("k"), at: 1_001) == .launched)
        let found = try LedgerFinder(path: folder.ledger).find(.event("k"), limit: 10)
        #expect(found.map(\.state) == [.maybeRepeated])
    }

    @Test("personal data is nowhere in the files", arguments: ["anna.petrova@example.com", "79991234567"])
    func noPersonalData(recipient: String) throws {
        let folder = try TemporaryFolder()
        let desk = try LedgerDesk(folder)
        // The deduplication key often holds the address too.
        #expect(try desk.record(Sample("welcome:\(recipient)", event: "order-1", recipients: [recipient]), at: 1_000))
        for suffix in ["", "-wal"] {
            let bytes = try folder.bytes(of: folder.ledger + suffix)
            #expect(bytes.firstRange(of: Array(recipient.utf8)) == nil)
        }
        let log = try folder.bytes(of: folder.ledger + "-wal")
        #expect(log.firstRange(of: Array("order-1".utf8)) != nil)
    }
}
