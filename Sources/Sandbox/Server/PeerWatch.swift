import NIOCore

/// Closes a connection whose request is never answered as soon as the client has given up.
///
/// The server leaves half-closed connections open, as a client may close its side after asking. One that hangs would
/// then keep its descriptor until the sandbox ends.
final class PeerWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias OutboundIn = NIOAny

    /// Sent down the pipeline by whoever has decided not to answer.
    struct NeverAnswered: Sendable {}

    private var peerHasClosed = false
    private var isNeverAnswered = false

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent {
            peerHasClosed = true
            if isNeverAnswered { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is NeverAnswered else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        isNeverAnswered = true
        promise?.succeed()
        if peerHasClosed { context.close(promise: nil) }
    }
}
