import ArgumentParser
import Bridge
import JSON
import Settings

/// `trigger-bridge parked show`: one parked message, whole.
struct ParkedShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a parked message: why it is parked, its properties, headers and body.",
        discussion: """
            The id is the one that `parked list` prints, or the event's, for all that is parked of it. The body is shown as \
            it is, personal data and all; bytes that would disturb a terminal are written out. `preview --parked ID` shows what the mappings make of it. \
            The queue stays as it was.

              trigger-bridge parked show 3f2a90c4d1e8b756 --config bridge.json
              trigger-bridge parked show 3f2a90c4d1e8b756 --json | jq .body

            Exit 0: shown. Exit 1: no such message is parked. Exit 2: usage. Exit 4: the broker.
            """
    )

    @Argument(help: "The id of the message, or of its event.")
    var id: String

    @Flag(help: "Print JSON: what `list --json` has, and properties, headers, body, and body_base64 for any bytes.")
    var json = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func run() async throws {
        let settings = try SettingsInput.load(flags, needing: [.broker]).settings
        let limits = JSONLimits(bytes: settings.limits.eventBytes, depth: settings.limits.depth)
        let found = try await ParkingAccess.find(id, settings)
        for (message, copies) in found {
            if json {
                Terminal.result(ParkedJSON.message(message, copies: copies, limits: limits).text(pretty: true))
            } else {
                for line in ParkedText.message(message, copies: copies, limits: limits) { Terminal.result(line) }
            }
        }
    }
}
