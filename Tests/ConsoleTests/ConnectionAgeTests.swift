import NIOCore
import NIOEmbedded
import Testing

@testable import Console

@Suite("The age of a connection", .timeLimit(.minutes(1)))
struct ConnectionAgeTests {
    @Test("A connection is closed when its time is over, in virtual time, and not before")
    func limit() throws {
        let channel = EmbeddedChannel(handler: ConnectionAge(limit: .seconds(60)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        channel.embeddedEventLoop.advanceTime(by: .seconds(59))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("A connection that is closed leaves no timer behind")
    func closed() throws {
        let channel = EmbeddedChannel(handler: ConnectionAge(limit: .seconds(60)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.close().wait()
        channel.embeddedEventLoop.advanceTime(by: .seconds(61))
        #expect(!channel.isActive)
    }
}
