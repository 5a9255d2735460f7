import NIOCore
import NIOPosix

/// A client of a sandbox behind a real socket: bytes out, bytes in, and how the connection ended.
enum SocketClient {
    /// How a connection ended for the client.
    struct Ending: Sendable {
        /// Everything that came, head and body.
        var text = ""
        /// What the system said when the end was no clean one.
        var error: String?

        /// What stands behind the head.
        var body: String { text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first.map { String($0) } ?? "" }
    }

    /// A request with a JSON body, as bytes.
    static func request(_ path: String, _ body: String, close: Bool = true) -> String {
        "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + (close ? "Connection: close\r\n" : "") + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Sends bytes over a connection of its own and collects what comes until it ends, however it ends.
    ///
    /// - Parameter halfClose: Whether the client closes its side after sending.
    static func exchange(_ port: Int, _ text: String, halfClose: Bool = false) async throws -> Ending {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
            .executeThenClose { inbound, outbound in
                var ending = Ending()
                do {
                    try await outbound.write(ByteBuffer(string: text))
                    if halfClose { outbound.finish() }
                    for try await part in inbound { ending.text += String(buffer: part) }
                } catch {
                    ending.error = "\(error)"
                }
                return ending
            }
    }
}
