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

    private static func words(_ error: any Error) -> String {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "another program listens there; choose another --address, or port 0 for any that is free"
        case EADDRNOTAVAIL: "this machine has no such address; 127.0.0.1 is its own"
        case EACCES: "this user may not; choose a port above 1023"
        case let code?: POSIXErrorCode(rawValue: code).map { "\($0)" } ?? "errno \(code)"
        case nil: "\(error)"
        }
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
            throw CannotListen(description: "cannot listen on \(host):\(port): \(Self.words(error))")
        }
    }
}
