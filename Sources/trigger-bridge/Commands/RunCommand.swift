import ArgumentParser
import Bridge
import Mapping
import Settings

/// The command `trigger-bridge run`: the bridge itself.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Consumes events and launches what the mappings say, until SIGTERM or SIGINT.",
        discussion: """
            Refuses to start when a mapping has an error. The log goes to standard error, one JSON object a line, or \
            readable text on a terminal. SIGTERM or SIGINT: finish what is in flight, acknowledge, give the rest back, \
            exit 0 within stop.deadline; a second one stops at once, and even then nothing is lost.
            """
    )

    @Flag(
        name: .customLong("show-content"),
        help: "Show the content of launches in the log. For demonstrations: it is personal data.")
    var showsContent = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func run() async throws {
        let loaded = try SettingsInput.load(flags, needing: Set(SettingNeed.allCases))
        let service = try BridgeService(loaded, showsContent: showsContent)
        try await service.run()
    }
}
