/// A frame that we send: the whole vocabulary, so that everything on the wire can be read off one list.
enum OutboundFrame: Equatable, Sendable {
    case heartbeat
    case closeConnection(code: UInt16, text: AMQPText)
    case connectionCloseReceived
    case openChannel
    case closeChannel(code: UInt16, text: AMQPText)
    case channelCloseReceived
    case flowReceived(active: Bool)
    case setPrefetch(UInt16)
    case consume(queue: AMQPText, consumer: AMQPText, arguments: AMQPTable)
    case cancel(consumer: AMQPText)
    case acknowledge(tag: UInt64, multiple: Bool)
    case negativelyAcknowledge(tag: UInt64, requeue: Bool)
    case reject(tag: UInt64, requeue: Bool)
    case turnConfirmsOn
    case publish(exchange: AMQPText, routingKey: AMQPText, mandatory: Bool)
    /// Properties are encoded (`AMQPProperties.wire()`).
    case header(bodySize: UInt64, properties: [UInt8])
    case body(ArraySlice<UInt8>)
    case declareQueue(QueueDeclaration)
    case declareExchange(name: AMQPText, kind: AMQPText, passive: Bool)
    case bind(queue: AMQPText, exchange: AMQPText, routingKey: AMQPText)

    /// What a queue is asked to be; passive only asks whether it is there.
    struct QueueDeclaration: Equatable, Sendable {
        let name: AMQPText
        var passive = false
        var durable = true
        var autoDelete = false
        let arguments: AMQPTable
    }
}
