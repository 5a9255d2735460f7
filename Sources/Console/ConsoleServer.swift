import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import Synchronization

/// The console's HTTP server: metrics and health, for scrapers and orchestrators.
///
/// It looks at snapshots and has no way to change anything. A client can take few connections, each for a limited time,
/// and nothing of its body is kept.
package struct ConsoleServer: Sendable {
    /// Most connections at once; further ones wait in the system's queue.
    static let mostConnections = 64
    /// How long a connection may be silent.
    static let idleLimit = TimeAmount.seconds(10)
    /// How long a connection may last.
    static let ageLimit = TimeAmount.minutes(2)
    /// Most bytes of a request's headers: scrapers and probes send a few hundred.
    static let headerLimit = 8 * 1024

    private let host: String
    private let port: Int
    private let sources: ConsoleSources
    private let token: String?
    private let logger: Logger

    /// A server on an address; port 0 lets the system choose.
    ///
    /// - Parameters:
    ///   - host: The address to bind to; an IPv6 address without brackets.
    ///   - port: The port to listen on.
    ///   - sources: What is shown.
    ///   - token: What everything but health asks for as `Authorization: Bearer`; nil asks for nothing.
    ///   - logger: For the server's own lines; those below warning are of no use to an operator.
    package init(host: String, port: Int, sources: ConsoleSources, token: String? = nil, logger: Logger) {
        self.host = host
        self.port = port
        self.sources = sources
        self.token = token
        self.logger = logger
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: Told the port, once connections are taken.
    /// - Throws: ``ConsoleError`` when the address cannot be listened on, or the server ends by itself.
    package func run(onListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws(ConsoleError) {
        let isListening = Atomic<Bool>(false)
        do {
            try await serve { port in
                isListening.store(true, ordering: .relaxed)
                onListening(port)
            }
        } catch is CancellationError {
            return
        } catch {
            if Task.isCancelled { return }
            throw isListening.load(ordering: .relaxed)
                ? .ended(address: address, reason: "\(error)")
                : ConsoleError(binding: address, error)
        }
        if !Task.isCancelled { throw .ended(address: address, reason: "it was shut down") }
    }

    /// The address as `console.address` has it.
    var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private func serve(onListening: @escaping @Sendable (Int) -> Void) async throws {
        var quiet = logger
        // What concerns an operator is thrown; the rest is about single clients, or about being cancelled.
        quiet.logLevel = .critical
        let application = Application(
            router: ConsoleRouter.make(sources, token: token),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionAge(limit: Self.ageLimit)],
                    idleTimeout: Self.idleLimit,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: Self.headerLimit, maxHeaderListSize: Self.headerLimit,
                        maxHeaderFieldCount: 64))),
            configuration: .init(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections, logger: quiet)),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            logger: quiet)
        try await application.run()
    }
}
