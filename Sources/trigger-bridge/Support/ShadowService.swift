import Bridge
import Mapping
import Poll
import Settings
import Telemetry

/// `run --shadow` as a process: needs neither the platform nor the token, and keeps nothing.
struct ShadowService {
    private let settings: BridgeSettings
    private let warnings: [SettingFinding]
    private let mappings: MappingStart
    private let observer: Observer
    private let wakeup: Wakeup
    private let showsContent: Bool

    /// Reads the mappings; says what is wrong with them and ends there.
    init(_ loaded: LoadedSettings, showsContent: Bool) throws {
        settings = loaded.settings
        warnings = loaded.warnings
        self.showsContent = showsContent
        let refusal = StartRefusal(settings.process.logFormat)
        do throws(MappingStart.Refused) {
            mappings = try BridgeAssembly.shadowMappings(loaded.settings)
        } catch {
            refusal.tell(error)
            throw CommandExit.findings
        }
        for diagnostic in mappings.diagnostics { refusal.tell(diagnostic) }
        let log = try LogWriter(
            format: settings.process.logFormat.resolved, level: settings.process.logLevel.level)
        observer = Observer(log: log)
        wakeup = try Wakeup()
    }

    /// Runs until it is told to stop.
    func run() async throws {
        observer.observe(
            .started(
                version: BuildVersion.text + ", shadow: nothing is launched", queue: settings.broker.queue ?? "",
                mappings: mappings.state.mappings.count))
        for warning in warnings { observer.observe(.warning(warning.message, advice: warning.hint)) }
        if let few = RecipientAllowList.warning(settings.mappings.allowedRecipients) {
            observer.observe(.warning(few.sentence, advice: few.advice))
        }
        let console = Task { await ConsoleService.serve(settings.process, observer) }
        let end = await ReactorThread.run { try work() }
        console.cancel()
        await console.value
        try ReactorThread.finish(end, observer)
    }

    private func work() throws -> ReactorEnd {
        // A shadow launches nothing, so the token is not asked for; no request is ever written.
        let tokens = try TokenSource(.fixed(Secret("shadow")))
        let assembly = BridgeAssembly(
            settings: settings, observer: observer, tokens: tokens, version: BuildVersion.text)
        return try assembly.makeShadow(
            mappings: mappings, commands: Mailbox(capacity: 16, wakeup: wakeup), wakeup: wakeup,
            signals: ProcessSignals.prepared, showsContent: showsContent
        ).run()
    }
}
