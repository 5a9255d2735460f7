import ArgumentParser
import Bridge
import JSON
import Outcome
import Settings

/// `trigger-bridge parked discard`: parked events are thrown away.
struct ParkedDiscardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Throws parked events away, for good.",
        discussion: """
            Names what goes: ids, conditions, or --all. Copies go with it, and the id of an event means all that is parked \
            of it; messages that the bridge has not parked are left alone. On a terminal it asks first; anywhere else it \
            does not.

              trigger-bridge parked discard 3f2a90c4d1e8b756 --config bridge.json
              trigger-bridge parked discard --class undecodable --until 30d --dry-run

            Exit 0: done. Exit 1: an id that was given is not parked, or not ours. Exit 2: usage. Exit 4: the \
            broker; what was not thrown away is parked still.
            """
    )

    @Argument(help: "Ids of messages or of events.")
    var ids: [String] = []

    @OptionGroup(title: "Which")
    var options: ParkedOptions

    @Flag(help: "All that is parked.")
    var all = false

    @Flag(help: "List what would go, and do nothing.")
    var dryRun = false

    @Option(help: "Throw so many away at most.")
    var limit = 10_000

    @Flag(help: "Do not ask, on a terminal neither.")
    var yes = false

    @Flag(help: "Print JSON: {\"dry_run\", \"discarded\": [{\"id\", \"class\", …}], …}.")
    var json = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func validate() throws {
        guard (1...250_000).contains(limit) else { throw ValidationError("--limit is between 1 and 250000.") }
        guard all || !options.filter(ids: ids).isEmpty else {
            throw ValidationError("Say what goes: ids, --class, --mapping, --since, --until, --text, or --all.")
        }
        guard !all || options.filter(ids: ids).isEmpty else {
            throw ValidationError("--all means everything; give it alone.")
        }
    }

    func run() async throws {
        let room = try ParkingAccess.room(try SettingsInput.load(flags, needing: [.broker]).settings)
        let asks = !dryRun && !yes && !json && ParkingAccess.canAsk
        if dryRun || asks {
            let rehearsal = try await discard(room, isRehearsal: true)
            show(rehearsal, isRehearsal: true)
            guard asks, !rehearsal.rows.isEmpty else { return try finish(rehearsal) }
            try ParkingAccess.ask("Throw \(rehearsal.rows.count.counted("event")) away for good?")
        }
        let discard = try await discard(room, isRehearsal: false)
        show(discard, isRehearsal: false)
        try finish(discard)
    }

    private func discard(_ room: ParkingRoom, isRehearsal: Bool) async throws -> ParkedDiscard {
        let (filter, limit) = (options.filter(ids: ids), limit)
        return try await ParkingAccess.run {
            try room.discard(filter, limit: limit, isRehearsal: isRehearsal)
        }
    }

    private func show(_ discard: ParkedDiscard, isRehearsal: Bool) {
        if json {
            return Terminal.result(
                JSONValue.object([
                    ("dry_run", .bool(isRehearsal)),
                    ("discarded", .array(discard.rows.map { .object(ParkedJSON.summary($0)) })),
                    ("left", ParkedJSON.integer(discard.left)), ("not_ours", ParkedJSON.integer(discard.strangers)),
                    ("looked_at", ParkedJSON.integer(discard.looked)), ("messages", ParkedJSON.integer(discard.total)),
                ]).text(pretty: true))
        }
        for row in discard.rows { Terminal.result((isRehearsal ? "would go  " : "discarded  ") + ParkedText.line(row)) }
        var parts = ["\(discard.rows.count.counted("event")) \(isRehearsal ? "would be discarded" : "discarded")"]
        if discard.strangers > 0 { parts.append("\(discard.strangers) not ours, left alone") }
        if discard.left > 0 { parts.append("\(discard.left) more left (--limit)") }
        Terminal.result(parts.joined(separator: "; "))
    }

    private func finish(_ discard: ParkedDiscard) throws(CommandExit) {
        let remarks = ParkedText.remarks(looked: discard.looked, total: discard.total, matched: 0, shown: 0)
        for remark in remarks { Terminal.error(remark) }
        let missing = Set(ids).subtracting(discard.found).sorted()
        for id in missing { Terminal.error("error: nothing parked has the id \"\(Printable.line(id))\"") }
        guard missing.isEmpty, ids.isEmpty || discard.strangers == 0 else { throw .findings }
    }
}
