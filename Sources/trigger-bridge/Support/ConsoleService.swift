import Console
import Settings
import Telemetry

/// Metrics and health of a process that runs, until its task is cancelled.
enum ConsoleService {
    /// Serves them where the settings say so.
    static func serve(_ settings: ProcessSettings, _ observer: Observer) async {
        guard case .listen(let address) = settings.console else { return }
        let server = ConsoleServer(
            host: address.host, port: Int(address.port), sources: ConsoleSources(observer),
            token: settings.consoleToken?.reveal(), logger: observer.log.logger(label: "console"))
        do throws(ConsoleError) {
            try await server.run { port in
                observer.observe(.consoleListening(address: "\(address.host):\(port)"))
            }
        } catch {
            // Launching goes on: metrics are not worth a stop, but somebody must know.
            observer.observe(.warning("\(error)", advice: "set console.address to a free address, or to off"))
        }
    }
}
