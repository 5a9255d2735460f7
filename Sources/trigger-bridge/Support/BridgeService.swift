import AMQP
import Bridge
import Ledger
import Mapping
import Poll
import Settings
import Telemetry

/// The running bridge as a process: log, console and reactor, put together and taken apart in order.
struct BridgeService {
    private let settings: BridgeSettings
    private let warnings: [SettingFinding]
    private let mappings: MappingStart
    private let tokens: TokenSource
    private let observer: Observer
    private let wakeup: Wakeup
    private let ledger: Ledger?
    private let showsContent: Bool

    /// Reads the mappings and the token and opens the ledger; says what is wrong with them and ends there.
    init(_ loaded: LoadedSettings, showsContent: Bool) throws {
        settings = loaded.settings
        warnings = loaded.warnings
        self.showsContent = showsContent
        let refusal = StartRefusal(settings.process.logFormat)
        mappings = try Self.readMappings(settings, refusal)
        tokens = try Self.readToken(settings, refusal)
        let log = try LogWriter(
            format: settings.process.logFormat.resolved, level: settings.process.logLevel.level)
        observer = Observer(log: log)
        wakeup = try Wakeup()
        ledger = try Self.openLedger(settings, observer, wakeup, refusal)
    }

    /// The mappings to start with; says what is wrong with them.
    ///
    /// - Throws: `findings`, where something is.
    static func readMappings(
        _ settings: BridgeSettings, _ refusal: StartRefusal
    ) throws(CommandExit) -> MappingStart {
        do throws(MappingStart.Refused) {
            return try BridgeAssembly.startMappings(settings)
        } catch {
            refusal.tell(error)
            throw .findings
        }
    }

    /// The token; says what is wrong with it.
    ///
    /// - Throws: `usage`, where something is.
    static func readToken(_ settings: BridgeSettings, _ refusal: StartRefusal) throws(CommandExit) -> TokenSource {
        guard let origin = settings.altcraft.token else { throw .usage }
        do throws(SettingProblem) {
            return try TokenSource(origin)
        } catch {
            refusal.tell("the API token: \(error)")
            throw .usage
        }
    }

    private static func openLedger(
        _ settings: BridgeSettings, _ observer: Observer, _ wakeup: Wakeup, _ refusal: StartRefusal
    ) throws(CommandExit) -> Ledger? {
        do throws(LedgerFault) {
            return try BridgeAssembly.openLedger(settings.process.ledgerPath, observer: observer, wakeup: wakeup)
        } catch {
            refusal.tell("\(error)")
            throw .usage
        }
    }

    /// Runs until the reactor ends.
    func run() async throws {
        observer.observe(
            .started(
                version: BuildVersion.text, queue: settings.broker.queue ?? "",
                mappings: mappings.state.mappings.count))
        for observation in mappings.observations { observer.observe(observation) }
        for doubt in mappings.diagnostics where doubt.severity == .warning {
            observer.observe(.warning(doubt.line, advice: doubt.hint))
        }
        for warning in warnings { observer.observe(.warning(warning.message, advice: warning.hint)) }
        if let few = RecipientAllowList.warning(settings.mappings.allowedRecipients) {
            observer.observe(.warning(few.sentence, advice: few.advice))
        }
        let console = Task { await ConsoleService.serve(settings.process, observer) }
        let end = await ReactorThread.run { try work() }
        ledger?.close()
        console.cancel()
        await console.value
        try ReactorThread.finish(end, observer)
    }

    private func work() throws -> ReactorEnd {
        let assembly = BridgeAssembly(
            settings: settings, observer: observer, tokens: tokens, version: BuildVersion.text)
        let commands = Mailbox<ReactorCommand>(capacity: 1_024, wakeup: wakeup)
        let mappings = assembly.bindStart(mappings)
        let watch = try assembly.watchMappings(mappings, commands: commands)
        let upkeep = try assembly.startUpkeep(commands: commands)
        defer { upkeep.stop() }
        let reactor = try assembly.makeReactor(
            mappings: mappings.live, ledger: ledger.map(LedgerLaunches.init), commands: commands, wakeup: wakeup,
            signals: ProcessSignals.prepared, showsContent: showsContent, lookForToken: upkeep.lookForToken,
            onHangUp: watch.reload)
        return reactor.run()
    }
}
