/// A frame that the broker sent, copied out of librabbitmq's buffers: nothing in it points anywhere.
struct InboundFrame: Equatable, Sendable {
    /// 0 is the connection itself.
    let channel: UInt16
    let content: Content

    /// What the frame says.
    enum Content: Equatable, Sendable {
        /// The start of a delivery; a header and bodies follow.
        case deliver(tag: UInt64, redelivered: Bool, exchange: AMQPText, routingKey: AMQPText)
        /// The start of a message that could not be routed; a header and bodies follow.
        case returned(code: UInt16, text: AMQPText, exchange: AMQPText, routingKey: AMQPText)
        /// Size of the body to come, and the encoded properties.
        case header(bodySize: UInt64, properties: [UInt8])
        /// A part of a body.
        case body([UInt8])
        /// A confirm of what we published.
        case confirmed(tag: UInt64, multiple: Bool)
        /// The broker could not take what we published.
        case refused(tag: UInt64, multiple: Bool)
        /// An answer to a request of ours.
        case reply(Reply)
        /// The consumer ended, as its queue is gone or its leader lost.
        case cancelled(consumer: AMQPText)
        /// The broker closes the channel.
        case channelClosed(code: UInt16, text: AMQPText)
        /// The broker closes the connection.
        case connectionClosed(code: UInt16, text: AMQPText)
        /// The broker has no memory or disk left and reads nothing more from us.
        case blocked(reason: AMQPText)
        /// It reads again.
        case unblocked
        /// The broker asks to stop or go on sending (RabbitMQ does not, others may).
        case flow(active: Bool)
        /// A method that nothing here has asked for.
        case unknown(method: UInt32)
    }

    /// An answer to a request of ours.
    enum Reply: Equatable, Sendable {
        case channelOpened, channelClosed, connectionClosed
        case prefetchSet, consuming, cancelled, confirmsOn
        case queue(messages: UInt32, consumers: UInt32)
        case exchangeDeclared, bound
    }
}
