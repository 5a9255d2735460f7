import Console
import Settings
import Telemetry

/// Metrics and health of a process that runs, until its task is cancelled.
enum ConsoleService {
    /// Serves them where the settings say so.
    static func serve(_ settings: ProcessSettings, _ observer: Observer) async {
        guard case .listen(let address) = settings.console else { return }
        var told = ""
        while !Task.isCancelled {
            let server = ConsoleServer(
                host: address.host, port: Int(address.port), sources: ConsoleSources(observer),
                token: settings.consoleToken?.reveal(), logger: observer.log.logger(label: "console"))
            do throws(ConsoleError) {
                return try await server.run { port in
                    observer.observe(.consoleListening(address: "\(address.host):\(port)"))
                }
            } catch {
                // Launching goes on: metrics are not worth a stop, but somebody must know.
                let words = "\(error)"
                if words != told {
                    observer.observe(
                        .warning(
                            words,
                            advice: "free the address, which is tried again and again, or set console.address"))
                }
                told = words
                try? await Task.sleep(for: retryWait)
            }
        }
    }

    /// Nobody tells when an address is free, so it is asked for by the clock.
    ///
    /// Whoever holds it may be an earlier run that is just ending. The wait ends at once when the task is cancelled.
    private static let retryWait = Duration.seconds(3)
}
