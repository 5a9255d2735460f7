import Bridge
import Mapping
import Poll
import Settings
import Telemetry

/// `run --shadow` as a process: needs neither the platform nor the token, and keeps nothing.
struct ShadowService {
    private let process: ReactorProcess
    private let mappings: MappingStart
    private let showsContent: Bool

    /// Reads the mappings; says what is wrong with them and ends there.
    init(_ loaded: LoadedSettings, showsContent: Bool) throws {
        let refusal = StartRefusal(loaded.settings.process.logFormat)
        mappings = try MappingInput.start(loaded.settings, refusal, isShadow: true)
        process = try ReactorProcess(loaded)
        self.showsContent = showsContent
    }

    /// Runs until it is told to stop.
    func run() async throws {
        process.announce(mappings, note: ", shadow: nothing is launched")
        try await process.run { try work() }
    }

    private func work() throws -> ReactorEnd {
        // A shadow launches nothing, so the token is not asked for; no request is ever written.
        let tokens = try TokenSource(.fixed(Secret("shadow")))
        let assembly = BridgeAssembly(
            settings: process.settings, observer: process.observer, tokens: tokens, version: BuildVersion.text)
        return try assembly.makeShadow(
            mappings: mappings, commands: Mailbox(capacity: 16, wakeup: process.wakeup), wakeup: process.wakeup,
            signals: ProcessSignals.prepared, showsContent: showsContent
        ).run()
    }
}
