/// Names one delivery: the tag that the broker gave it, and the generation of the channel it came on.
///
/// Tags start anew with each channel, so a tag alone could settle a wrong message. A receipt of an older generation
/// is void: its message was given back by the broker.
package struct DeliveryReceipt: Sendable, Hashable, CustomStringConvertible {
    /// Of the channel; never reused in a process.
    package let generation: UInt64
    /// Counts from 1 on a channel.
    package let tag: UInt64

    /// A receipt; tests make up their own.
    package init(generation: UInt64, tag: UInt64) {
        self.generation = generation
        self.tag = tag
    }

    /// `3/17`: generation and tag.
    package var description: String { "\(generation)/\(tag)" }
}

/// A message as it was delivered: whole, and copied out of the library's buffers.
package struct Delivery: Sendable, Equatable {
    /// What it is settled by.
    package let receipt: DeliveryReceipt
    /// The exchange it was published to.
    package let exchange: AMQPText
    /// The routing key it was published with.
    package let routingKey: AMQPText
    /// False means never delivered before; true is a hint only.
    package let redelivered: Bool
    /// Properties and headers.
    package let properties: AMQPProperties
    /// The body's bytes; empty is a body too.
    package let body: [UInt8]

    /// A delivery from its parts; tests make up their own.
    package init(
        receipt: DeliveryReceipt,
        exchange: AMQPText,
        routingKey: AMQPText,
        redelivered: Bool,
        properties: AMQPProperties,
        body: [UInt8]
    ) {
        self.receipt = receipt
        self.exchange = exchange
        self.routingKey = routingKey
        self.redelivered = redelivered
        self.properties = properties
        self.body = body
    }
}
