/// A message's properties as AMQP 0-9-1 defines them for the class `basic`; what is absent is nil.
package struct AMQPProperties: Sendable, Hashable {
    /// MIME type of the body.
    package var contentType: AMQPText?
    /// MIME encoding of the body: `gzip`.
    package var contentEncoding: AMQPText?
    /// Application headers; nil and empty are different on the wire.
    package var headers: AMQPTable?
    /// 1 transient, 2 persistent.
    package var deliveryMode: UInt8?
    /// 0 to 255.
    package var priority: UInt8?
    /// The sender's correlation identifier.
    package var correlationID: AMQPText?
    /// Where answers should go.
    package var replyTo: AMQPText?
    /// Time to live in milliseconds, as text.
    package var expiration: AMQPText?
    /// The sender's name for the message.
    package var messageID: AMQPText?
    /// Seconds since 1970 by convention.
    package var timestamp: UInt64?
    /// The sender's name for the kind of message.
    package var type: AMQPText?
    /// The user who published, checked by the broker: publishing with another one closes the channel.
    package var userID: AMQPText?
    /// The application that published.
    package var appID: AMQPText?
    /// Deprecated by AMQP, carried all the same.
    package var clusterID: AMQPText?

    /// No properties.
    package init() {}
}
