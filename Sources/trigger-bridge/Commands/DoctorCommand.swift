import ArgumentParser
import Bridge
import Foundation
import JSON
import Settings
import Telemetry

/// `trigger-bridge doctor`: whether the bridge would work with the broker and the platform of its settings.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks at the broker and the platform of the settings, and says what to do.",
        discussion: """
            Connects to both as `run` would, launches nothing and changes nothing. What a queue is, it finds out by \
            asking for what the queue cannot be, so that the broker's log shows refused declarations; the token and \
            the campaigns by campaigns/triggers/get. What cannot be seen this way is said, with the command that shows \
            it. Give it the settings of `run`:

              trigger-bridge doctor --config bridge.json
              trigger-bridge doctor --config bridge.json --json

            Ends after 30 seconds at the latest. Exit 0: all right, or warnings only. Exit 1: something stops the \
            bridge. Exit 2: usage, or settings. Exit 4: no session with the broker. Exit 5: no answer of the platform.
            """
    )

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Settings")
    var flags: SettingFlags

    func run() throws {
        // OpenSSL writes to sockets without asking for no signal.
        _ = signal(SIGPIPE, SIG_IGN)
        let loaded = try SettingsInput.load(flags, needing: Set(SettingNeed.allCases))
        for warning in loaded.warnings { Terminal.error(warning.description) }
        let mappings = try MappingInput.start(loaded.settings, .ofCommand)
        let tokens = try SettingsInput.token(loaded.settings, .ofCommand)
        let facts = try examine(loaded.settings, mappings, tokens)
        let report = DoctorReport(Diagnosis(facts))
        Terminal.result(json ? report.json.text(pretty: true) : report.text)
        if let exit = report.exit { throw exit }
    }

    private func examine(
        _ settings: BridgeSettings, _ mappings: MappingStart, _ tokens: TokenSource
    ) throws -> DoctorFacts {
        do {
            let log = try LogWriter(format: settings.process.logFormat.resolved, level: settings.process.logLevel.level)
            let assembly = BridgeAssembly(
                settings: settings, observer: Observer(log: log), tokens: tokens, version: BuildVersion.text)
            return try assembly.examine(mappings)
        } catch {
            Terminal.error("error: \(error)")
            throw CommandExit.usage
        }
    }
}
