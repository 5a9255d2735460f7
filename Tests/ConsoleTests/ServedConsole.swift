import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Console

/// A console that serves while a test asks it over sockets.
enum ServedConsole {
    /// Serves on a port of the system's choice while `body` runs, and gives what the server ended with back.
    static func serving<Value: Sendable>(
        _ shown: Shown = Shown(), token: String? = nil,
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let server = ConsoleServer(host: "127.0.0.1", port: 0, sources: shown.sources, token: token, logger: .silent)
        return try await FreePort.serving {
            try await server.run(onListening: $0)
        } while: {
            try await body($0)
        }
    }

    /// Sends bytes over a connection of its own and collects what comes until the other side closes.
    static func exchange(_ port: Int, _ text: String, byteByByte: Bool = false) async throws -> String {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
            .executeThenClose { inbound, outbound in
                let pieces = byteByByte ? text.utf8.map { ByteBuffer(bytes: [$0]) } : [ByteBuffer(string: text)]
                for piece in pieces { try await outbound.write(piece) }
                var answer = ByteBuffer()
                for try await part in inbound { answer.writeImmutableBuffer(part) }
                return String(buffer: answer)
            }
    }

    /// A request that closes its connection.
    static func get(_ path: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    }
}
