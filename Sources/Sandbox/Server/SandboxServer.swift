import Foundation
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The sandbox's HTTP server.
package struct SandboxServer: Sendable {
    private let sandbox: Sandbox
    private let host: String
    private let port: Int
    private let logger: Logger

    /// A server on an address; port 0 lets the system choose.
    package init(_ sandbox: Sandbox, host: String, port: Int, logger: Logger) {
        self.sandbox = sandbox
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// Why the sandbox does not listen.
    package struct CannotListen: Error, CustomStringConvertible {
        /// One line: where, and why not.
        package let description: String
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: Told the port, once connections are taken.
    /// - Throws: ``CannotListen`` when the address cannot be had.
    package func run(onListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws(CannotListen) {
        let application = Application(
            router: SandboxRouter.make(sandbox),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [PeerWatch()],
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100))),
            configuration: .init(address: .hostname(host, port: port), backlog: 1_024),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch {
            if Task.isCancelled { return }
            let reason = (error as? IOError).map { String(describing: $0) } ?? "\(error)"
            throw CannotListen(description: "cannot listen on \(host):\(port): \(reason)")
        }
    }
}
