import NIOCore

/// Closes a connection some time after it was made, whatever it is doing then.
///
/// The server's idle time does not count while an answer is on its way, so a client that does not read would hold its
/// place for ever; and places are few. A scraper that keeps its connection makes a new one once in a while.
final class ConnectionAge: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Never
    private let limit: TimeAmount

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        let timeout = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in timeout.cancel() }
    }
}
