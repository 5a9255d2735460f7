import JSON
import Ledger
import Poll
import TestSupport
import Testing

/// `trigger-bridge ledger find` over a ledger that a bridge has left: what it prints, to the letter, and how it ends.
@Suite(.timeLimit(.minutes(2)))
struct LedgerFindTests {
    /// A launch at 1,000 seconds after 1970, and later for each place.
    private static func entry(
        _ ledger: Ledger, _ event: String, mapping: String = "order-paid", recipients: [String] = [],
        element: Int? = nil, at time: Int64 = 1_000
    ) -> LedgerEntry {
        let identity = ledger.hasher.identity(
            mapping: mapping, value: event, element: element.map(String.init) ?? "", event: event)
        return LedgerEntry(
            identity: identity, event: event, recipients: recipients, mapping: mapping, target: "campaign 4101",
            element: element, windowSeconds: 86_400, launchedAt: time)
    }

    /// Makes a ledger, does these writes one after the other, and closes it.
    private static func folder(_ writes: ((Ledger, _ ticket: UInt64) -> Void)...) throws -> TemporaryFolder {
        let (folder, wakeup) = (try TemporaryFolder(), try Wakeup())
        let ledger = try Ledger(path: folder.path("ledger.sqlite"), wakeup: wakeup)
        var set = PollSet()
        set.add(wakeup.descriptor, .readable)
        for (place, write) in writes.enumerated() {
            let ticket = UInt64(place)
            write(ledger, ticket)
            // A withdrawal is for an intent that stands.
            while !ledger.takeReplies().contains(.wrote(ticket: ticket, isCommitted: true)) {
                try #require(set.wait(milliseconds: 30_000) == 1)
                wakeup.clear()
            }
        }
        ledger.close()
        return folder
    }

    private static func find(_ arguments: [String], in folder: TemporaryFolder) async throws -> Command.Outcome {
        try await Command.run(["ledger", "find", "--ledger-path", "ledger.sqlite"] + arguments, in: folder)
    }

    private static func sample() throws -> TemporaryFolder {
        try folder(
            { ledger, ticket in
                let anna = ["Anna@Example.com", "+7 999 123-45-67"]
                let entry = entry(ledger, "o-1", recipients: anna)
                ledger.record(entry, isMaybeRepeated: false, hasIntent: false, ticket: ticket)
            },
            { ledger, ticket in
                let entry = entry(ledger, "o-2", recipients: ["boris@example.com"], at: 2_000)
                ledger.record(entry, isMaybeRepeated: true, hasIntent: false, ticket: ticket)
            },
            { $0.recordIntent(entry($0, "o-3", mapping: "list", element: 4, at: 3_000), ticket: $1) },
            { $0.recordIntent(entry($0, "o-4", mapping: "list", element: 5, at: 4_000), ticket: $1) },
            { $0.withdrawIntent(entry($0, "o-4", mapping: "list", element: 5).identity, ticket: $1) })
    }

    @Test func eachStateHasItsWordsNewestFirst() async throws {
        let folder = try Self.sample()
        let paid = try await Self.find(["--mapping", "order-paid"], in: folder)
        #expect(
            paid.output == """
                1970-01-01T00:33:20Z  launched, perhaps twice  order-paid  campaign 4101  event o-2
                1970-01-01T00:16:40Z  launched  order-paid  campaign 4101  event o-1

                """)
        let list = try await Self.find(["--mapping", "list"], in: folder)
        #expect(
            list.output == """
                1970-01-01T01:06:40Z  begun and not launched  list  campaign 4101  event o-4  element 5
                1970-01-01T00:50:00Z  begun, outcome unknown  list  campaign 4101  event o-3  element 4

                """)
        #expect(paid.exit == 0 && list.exit == 0 && paid.errors.isEmpty)
    }

    @Test(
        "By event and by recipient, however it is written",
        arguments: [
            (["--event", "o-1"], 1), (["--event", "o-9"], 0), (["--event", "O-1"], 0),
            (["--recipient", "anna@example.com"], 1), (["--recipient", "ANNA@EXAMPLE.COM"], 1),
            (["--recipient", "+79991234567"], 1), (["--recipient", "anna@example.org"], 0),
            (["--mapping", "order-paid", "--limit", "1"], 1), (["--mapping", "order"], 0),
        ])
    func finds(arguments: [String], count: Int) async throws {
        let found = try await Self.find(arguments, in: Self.sample())
        #expect(found.exit == 0)
        #expect(found.output.split(separator: "\n").count == max(count, 1))
        #expect((found.output == "no launch is recorded\n") == (count == 0))
    }

    @Test func asJSON() async throws {
        let folder = try Self.sample()
        let found = try await Self.find(["--mapping", "list", "--json"], in: folder)
        let launches = Array(try #require(try found.json["launches"]).elements)
        #expect(launches.map { $0["state"]?.string } == ["withdrawn", "intended"])
        #expect(launches.first?["launched_at"]?.string == "1970-01-01T01:06:40Z")
        // Seven days at least, whatever the window.
        #expect(launches.first?["kept_until"]?.string == "1970-01-08T01:06:40Z")
        #expect(launches.first?["element"]?.number?.int64 == 5)
        let none = try await Self.find(["--event", "o-9", "--json"], in: folder)
        #expect(try none.json["launches"]?.count == 0)
        let paid = try await Self.find(["--event", "o-2", "--json"], in: folder)
        #expect(try paid.json["launches"]?.element(0)?["state"]?.string == "maybe_repeated")
        #expect(try paid.json["launches"]?.element(0)?["element"]?.isNull == true)
    }

    /// An event's identity is a foreign text: it ends no line, moves no cursor and hides nothing.
    @Test func foreignIdentitiesStayOnTheirLine() async throws {
        let event = "a\n1970-01-01T00:16:40Z  launched\u{1B}[2K\u{202E}b"
        let folder = try Self.folder({ ledger, ticket in
            ledger.record(Self.entry(ledger, event), isMaybeRepeated: false, hasIntent: false, ticket: ticket)
        })
        let found = try await Self.find(["--mapping", "order-paid"], in: folder)
        #expect(
            found.output == "1970-01-01T00:16:40Z  launched  order-paid  campaign 4101  "
                + "event a\\u{a}1970-01-01T00:16:40Z  launched\\u{1b}[2K\\u{202e}b\n")
        let json = try await Self.find(["--event", event, "--json"], in: folder)
        #expect(try json.json["launches"]?.element(0)?["event"]?.string == event)
    }

    @Test func aLongIdentityIsCutBetweenTwoLetters() async throws {
        let event = "x" + String(repeating: "é", count: 100)
        let folder = try Self.folder({ ledger, ticket in
            ledger.record(Self.entry(ledger, event), isMaybeRepeated: false, hasIntent: false, ticket: ticket)
        })
        let found = try await Self.find(["--event", event], in: folder)
        #expect(found.output.hasSuffix("  event x\(String(repeating: "é", count: 63))…\n"), "\(found.output)")
    }

    @Test(
        "What is wrong with the arguments is told, and nothing is looked for",
        arguments: [
            ([], "Give one of --event, --recipient and --mapping."),
            (["--event", "a", "--mapping", "b"], "Give one of --event, --recipient and --mapping."),
            (["--event", "a", "--limit", "0"], "--limit is between 1 and 100000."),
            (["--event", "a", "--limit", "100001"], "--limit is between 1 and 100000."),
            (["--event", "a", "--ledger-enabled=false"], "ledger.enabled is false: there is no ledger to look into"),
            (["--event", "a", "--ledger-path", "none.sqlite"], "there is no ledger at none.sqlite: set ledger.path"),
        ])
    func usage(arguments: [String], words: String) async throws {
        let found = try await Self.find(arguments, in: Self.sample())
        #expect(found.exit == 2)
        #expect(found.errors.contains("rror: \(words)"), "\(found.errors)")
        #expect(found.output.isEmpty)
    }

    @Test func aLedgerThatCannotBeReadIsToldWithWhatToDo() async throws {
        let folder = try Self.sample()
        try folder.write("ledger.sqlite.key", "another key, which has thirty-two")
        let differs = try await Self.find(["--event", "o-1"], in: folder)
        #expect(differs.exit == 2)
        #expect(differs.errors.hasPrefix("error: the ") && differs.errors.contains("key"), "\(differs.errors)")
        try folder.write("ledger.sqlite", "this is no database, though it is long enough to look like one")
        let broken = try await Self.find(["--event", "o-1"], in: folder)
        #expect(broken.exit == 2)
        #expect(broken.errors.contains("is not a ledger of TriggerBridge"), "\(broken.errors)")
    }
}
