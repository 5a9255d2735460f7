import AMQP
import Bridge
import Ledger
import Mapping
import Poll
import Settings
import Telemetry

/// The running bridge: mappings, token and ledger, and the reactor that uses them.
struct BridgeService {
    private let process: ReactorProcess
    private let mappings: MappingStart
    private let tokens: TokenSource
    private let ledger: Ledger?
    private let showsContent: Bool

    /// Reads the mappings and the token and opens the ledger; says what is wrong with them and ends there.
    init(_ loaded: LoadedSettings, showsContent: Bool) throws {
        let refusal = StartRefusal(loaded.settings.process.logFormat)
        mappings = try MappingInput.start(loaded.settings, refusal)
        tokens = try SettingsInput.token(loaded.settings, refusal)
        process = try ReactorProcess(loaded)
        ledger = try Self.openLedger(process, refusal)
        self.showsContent = showsContent
    }

    private static func openLedger(_ process: ReactorProcess, _ refusal: StartRefusal) throws(CommandExit) -> Ledger? {
        do throws(LedgerFault) {
            return try BridgeAssembly.openLedger(
                process.settings.process.ledgerPath, observer: process.observer, wakeup: process.wakeup)
        } catch {
            refusal.tell("\(error)")
            throw .usage
        }
    }

    /// Runs until the reactor ends.
    func run() async throws {
        process.announce(mappings)
        try await process.run({ try work() }, close: { ledger?.close() })
    }

    private func work() throws -> ReactorEnd {
        let assembly = BridgeAssembly(
            settings: process.settings, observer: process.observer, tokens: tokens, version: BuildVersion.text)
        let commands = Mailbox<ReactorCommand>(capacity: 1_024, wakeup: process.wakeup)
        let mappings = assembly.bindStart(mappings)
        let watch = try assembly.watchMappings(mappings, commands: commands)
        let upkeep = try assembly.startUpkeep(commands: commands)
        defer { upkeep.stop() }
        let reactor = try assembly.makeReactor(
            mappings: mappings.live, ledger: ledger.map(LedgerLaunches.init), commands: commands,
            wakeup: process.wakeup, signals: ProcessSignals.prepared, showsContent: showsContent,
            lookForToken: upkeep.lookForToken,
            onHangUp: watch.reload)
        return reactor.run()
    }
}
