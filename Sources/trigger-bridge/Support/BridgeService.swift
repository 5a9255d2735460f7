import AMQP
import Bridge
import Console
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
        mappings = try Self.readMappings(settings)
        tokens = try Self.readToken(settings)
        let log = try LogWriter(
            format: settings.process.logFormat.resolved, level: settings.process.logLevel.level)
        observer = Observer(log: log)
        wakeup = try Wakeup()
        ledger = try Self.openLedger(settings, observer, wakeup)
    }

    private static func readMappings(_ settings: BridgeSettings) throws(CommandExit) -> MappingStart {
        do throws(MappingStart.Refused) {
            let start = try BridgeAssembly.startMappings(settings)
            for diagnostic in start.diagnostics { Console.error(diagnostic.description) }
            return start
        } catch {
            for line in error.lines { Console.error(line) }
            throw .findings
        }
    }

    private static func readToken(_ settings: BridgeSettings) throws(CommandExit) -> TokenSource {
        guard let origin = settings.altcraft.token else { throw .usage }
        do throws(SettingProblem) {
            return try TokenSource(origin)
        } catch {
            Console.error("error: the API token: \(error)")
            throw .usage
        }
    }

    private static func openLedger(
        _ settings: BridgeSettings, _ observer: Observer, _ wakeup: Wakeup
    ) throws(CommandExit) -> Ledger? {
        do throws(LedgerFault) {
            return try BridgeAssembly.openLedger(settings.process.ledgerPath, observer: observer, wakeup: wakeup)
        } catch {
            Console.error("error: \(error)")
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
        for warning in warnings { observer.observe(.warning(warning.message, advice: warning.hint)) }
        let console = Task { await serveConsole() }
        let end = await runReactor()
        ledger?.close()
        console.cancel()
        await console.value
        finish(end)
        observer.log.close()
        if let exit = Self.exit(for: end) { throw exit }
    }

    /// Runs the reactor on a thread of its own and waits for its end.
    private func runReactor() async -> Result<ReactorEnd, any Error> {
        await withCheckedContinuation { continuation in
            do {
                try DeepStackThread.start(name: "reactor") {
                    continuation.resume(returning: Result { try makeReactor().run() })
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }

    private func makeReactor() throws -> Reactor {
        let assembly = BridgeAssembly(
            settings: settings, observer: observer, tokens: tokens, version: BuildVersion.text)
        let commands = Mailbox<ReactorCommand>(capacity: 1_024, wakeup: wakeup)
        let mappings = assembly.bindStart(mappings)
        let watch = try assembly.watchMappings(mappings, commands: commands)
        return try assembly.makeReactor(
            mappings: mappings.live, ledger: ledger.map(LedgerLaunches.init), commands: commands, wakeup: wakeup,
            signals: ProcessSignals.prepared, showsContent: showsContent, onHangUp: watch.reload)
    }

    private func serveConsole() async {
        guard case .listen(let address) = settings.process.console else { return }
        let server = ConsoleServer(
            host: address.host, port: Int(address.port), sources: ConsoleSources(observer),
            token: settings.process.consoleToken?.reveal(), logger: observer.log.logger(label: "console"))
        do throws(ConsoleError) {
            try await server.run { port in
                observer.observe(.consoleListening(address: "\(address.host):\(port)"))
            }
        } catch {
            // Launching goes on: metrics are not worth a stop, but somebody must know.
            observer.observe(.warning("\(error)", advice: "set console.address to a free address, or to off"))
        }
    }

    private func finish(_ end: Result<ReactorEnd, any Error>) {
        switch end {
        case .success(.stopped): observer.observe(.stopped(givenBack: 0))
        case .success(.refused(let reasons)):
            for reason in reasons { Console.error("error: \(reason)") }
        case .failure(let error): Console.error("error: \(error)")
        }
    }

    private static func exit(for end: Result<ReactorEnd, any Error>) -> CommandExit? {
        switch end {
        case .success(.stopped): nil
        case .success(.refused): .broker
        case .failure: .usage
        }
    }
}
