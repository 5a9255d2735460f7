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
            Mapping files that change go live within two seconds; one with an error keeps its last good version, which \
            outlives the process in state.path. Refuses to start where a faulty mapping has none. The log goes to \
            standard error, one JSON object a line, or readable text on a terminal. SIGTERM or SIGINT: finish what is \
            in flight, acknowledge, give the rest back, exit 0 within stop.deadline; a second one stops at once, and \
            even then nothing is lost.

            --shadow evaluates and logs what it would launch ("would launch"), and neither calls the platform nor \
            parks, delays or records anything. It takes its events from a queue of its own, named after broker.queue \
            (orders.shadow), which it makes, binds as the mappings say (exchange and routing_key), and which goes with \
            it. Duplicates are not recognised, as there is no ledger.
            """
    )

    @Flag(
        name: .customLong("show-content"),
        help: "Show the content of launches in the log. For demonstrations: it is personal data.")
    var showsContent = false

    @Flag(help: "Launch nothing: log what would be launched, for the events of a queue of its own.")
    var shadow = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func run() async throws {
        guard !shadow else {
            let loaded = try SettingsInput.loadToRun(flags, needing: [.broker, .mappings])
            return try await ShadowService(loaded, showsContent: showsContent).run()
        }
        let loaded = try SettingsInput.loadToRun(flags, needing: Set(SettingNeed.allCases))
        let service = try BridgeService(loaded, showsContent: showsContent)
        try await service.run()
    }
}
