import ArgumentParser
import Bridge
import JSON
import Settings

/// `trigger-bridge parked list`: what is parked, and why.
struct ParkedListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what is parked, and why.",
        discussion: """
            By time parked, the longest parked first. A second copy, as a crash at the wrong moment leaves it, is shown as \
            one; an event that was parked for one launch and later for another has a line and an id for each. The queue \
            stays as it was.

              trigger-bridge parked list --since 2h --class refused --config bridge.json
              trigger-bridge parked list --text anna@example.com --json

            Exit 0: it was looked, whether anything was found or not. Exit 2: usage. Exit 4: the broker.
            """
    )

    @OptionGroup(title: "Which")
    var options: ParkedOptions

    @Option(help: "List so many at most; all are counted.")
    var limit = 1_000

    @Flag(
        help: "Print JSON: {\"queue\", \"messages\", \"matched\", \"parked\": [{\"id\", \"class\", \"reason\", …}], …}."
    )
    var json = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is between 1 and 100000.") }
    }

    func run() async throws {
        let room = try ParkingAccess.room(try SettingsInput.load(flags, needing: [.broker]).settings)
        let (filter, limit) = (options.filter(ids: []), limit)
        let listing = try await ParkingAccess.run { try room.list(filter, limit: limit) }
        if json {
            Terminal.result(ParkedJSON.list(listing, queue: room.queue).text(pretty: true))
        } else {
            for line in ParkedText.list(listing, queue: room.queue) { Terminal.result(line) }
        }
        for remark in ParkedText.remarks(
            looked: listing.looked, total: listing.total, matched: listing.matched, shown: listing.rows.count)
        {
            Terminal.error(remark)
        }
    }
}
