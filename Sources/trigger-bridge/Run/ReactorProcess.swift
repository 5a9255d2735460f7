import AMQP
import Bridge
import Logging
import Mapping
import Poll
import Settings
import Telemetry

/// What `run` and `run --shadow` have in common as processes: log, console, the first lines, a thread for the reactor,
/// and an orderly end.
struct ReactorProcess {
    /// The settings.
    let settings: BridgeSettings
    /// What is told and counted.
    let observer: Observer
    /// Wakes the reactor.
    let wakeup: Wakeup
    private let warnings: [SettingFinding]

    /// Opens the log.
    init(_ loaded: LoadedSettings) throws {
        settings = loaded.settings
        warnings = loaded.warnings
        observer = Observer(
            log: try LogWriter(format: settings.process.logFormat.resolved, level: settings.process.logLevel.level))
        wakeup = try Wakeup()
    }

    /// Says what begins, and everything that an operator should know of its mappings and settings.
    func announce(_ mappings: MappingStart, note: String = "") {
        observer.observe(
            .started(
                version: BuildVersion.text + note, queue: settings.broker.queue ?? "",
                mappings: mappings.state.mappings.count))
        for observation in mappings.observations { observer.observe(observation) }
        for doubt in mappings.diagnostics where doubt.severity == .warning {
            observer.observe(.warning(doubt.line, advice: doubt.hint))
        }
        for warning in warnings { observer.observe(.warning(warning.message, advice: warning.hint)) }
        if let few = RecipientAllowList.warning(settings.mappings.allowedRecipients) {
            observer.observe(.warning(few.sentence, advice: few.advice))
        }
    }

    /// Runs the reactor on a thread of its own, and the console beside it, until the reactor ends.
    ///
    /// - Parameters:
    ///   - work: The reactor's whole life.
    ///   - close: What must be closed before the end is told.
    /// - Throws: the exit code of an end that is none of those asked for.
    func run(_ work: @escaping @Sendable () throws -> ReactorEnd, close: () -> Void = {}) async throws(CommandExit) {
        let console = Task { [settings, observer] in await ConsoleService.serve(settings.process, observer) }
        let end = await Self.onThread(work)
        close()
        console.cancel()
        await console.value
        try finish(end)
    }

    private static func onThread(
        _ work: @escaping @Sendable () throws -> ReactorEnd
    ) async -> Result<ReactorEnd, any Error> {
        await withCheckedContinuation { continuation in
            do {
                try DeepStackThread.start(name: "reactor") {
                    continuation.resume(returning: Result { try work() })
                }
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
    }

    /// Says why it could not go on, if that is how it ended, and closes the log.
    private func finish(_ end: Result<ReactorEnd, any Error>) throws(CommandExit) {
        defer { observer.log.close() }
        switch end {
        case .success(.stopped): break
        case .success(.refused(let reasons)):
            for reason in reasons { observer.log.write(.error, reason) }
            throw .broker
        case .failure(let error):
            observer.log.write(.error, "\(error)")
            throw .usage
        }
    }
}
