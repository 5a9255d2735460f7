import CRabbitMQ
import Glibc
import Poll

extension ConnectionHandle {
    /// Sends one frame.
    ///
    /// Call only when the socket is writable: then it does not wait.
    mutating func send(_ frame: OutboundFrame) throws(BrokerFault) {
        let status =
            switch frame {
            case .heartbeat: sendHeartbeat()
            case .closeConnection, .connectionCloseReceived, .openChannel, .closeChannel, .channelCloseReceived,
                .flowReceived:
                sendLife(frame)
            case .acknowledge, .negativelyAcknowledge, .reject: sendSettlement(frame)
            case .setPrefetch, .consume, .cancel: try sendSubscription(frame)
            case .turnConfirmsOn, .publish, .header, .body: sendPublication(frame)
            case .declareQueue, .declareExchange, .bind: try sendDeclaration(frame)
            }
        guard status == AMQP_STATUS_OK.rawValue else { throw BrokerFault(status: status) }
    }

    /// Sends a heartbeat where one is due and the socket takes it; otherwise it stays due.
    ///
    /// - Throws: where the peer must be taken for dead.
    mutating func beat(_ heartbeat: inout Heartbeat, at now: MonotonicTime) throws(BrokerFault) {
        switch heartbeat.verdict(at: now) {
        case .nothing: return
        case .peerIsDead: throw .heartbeatTimeout
        case .send:
            guard readiness.contains(.writable) else { return }
            try send(.heartbeat)
            heartbeat.sent(at: now)
        }
    }

    private func sendHeartbeat() -> Int32 {
        var frame = unsafe amqp_frame_t()
        unsafe frame.frame_type = UInt8(AMQP_FRAME_HEARTBEAT)
        return unsafe amqp_send_frame(state, &frame)
    }

    /// Sends a method whose structure needs to live for this call only.
    private func method<Method>(_ id: UInt32, _ content: Method, channel: UInt16 = Self.channel) -> Int32 {
        var content = content
        return unsafe withUnsafeMutableBytes(of: &content) { bytes in
            unsafe amqp_send_method(state, channel, id, bytes.baseAddress)
        }
    }

    private func sendLife(_ frame: OutboundFrame) -> Int32 {
        switch frame {
        case .closeConnection(let code, let text):
            unsafe text.withBorrowedBytes { text in
                unsafe method(
                    AMQP_CONNECTION_CLOSE_METHOD,
                    amqp_connection_close_t(reply_code: code, reply_text: text, class_id: 0, method_id: 0),
                    channel: 0
                )
            }
        case .closeChannel(let code, let text):
            unsafe text.withBorrowedBytes { text in
                unsafe method(
                    AMQP_CHANNEL_CLOSE_METHOD,
                    amqp_channel_close_t(reply_code: code, reply_text: text, class_id: 0, method_id: 0)
                )
            }
        case .connectionCloseReceived:
            method(AMQP_CONNECTION_CLOSE_OK_METHOD, amqp_connection_close_ok_t(dummy: 0), channel: 0)
        case .openChannel: unsafe method(AMQP_CHANNEL_OPEN_METHOD, amqp_channel_open_t(out_of_band: amqp_empty_bytes))
        case .flowReceived(let active):
            method(AMQP_CHANNEL_FLOW_OK_METHOD, amqp_channel_flow_ok_t(active: active ? 1 : 0))
        default: method(AMQP_CHANNEL_CLOSE_OK_METHOD, amqp_channel_close_ok_t(dummy: 0))
        }
    }

    private func sendSettlement(_ frame: OutboundFrame) -> Int32 {
        switch frame {
        case .acknowledge(let tag, let multiple):
            method(AMQP_BASIC_ACK_METHOD, amqp_basic_ack_t(delivery_tag: tag, multiple: multiple ? 1 : 0))
        case .negativelyAcknowledge(let tag, let requeue):
            method(
                AMQP_BASIC_NACK_METHOD, amqp_basic_nack_t(delivery_tag: tag, multiple: 0, requeue: requeue ? 1 : 0))
        case .reject(let tag, let requeue):
            method(AMQP_BASIC_REJECT_METHOD, amqp_basic_reject_t(delivery_tag: tag, requeue: requeue ? 1 : 0))
        default: AMQP_STATUS_INVALID_PARAMETER.rawValue
        }
    }

    private func sendSubscription(_ frame: OutboundFrame) throws(BrokerFault) -> Int32 {
        switch frame {
        case .setPrefetch(let count):
            return method(
                AMQP_BASIC_QOS_METHOD, amqp_basic_qos_t(prefetch_size: 0, prefetch_count: count, global: 0))
        case .cancel(let consumer):
            return unsafe consumer.withBorrowedBytes { consumer in
                unsafe method(AMQP_BASIC_CANCEL_METHOD, amqp_basic_cancel_t(consumer_tag: consumer, nowait: 0))
            }
        case .consume(let queue, let consumer, let arguments):
            let arguments = try LibraryTable(arguments)
            return unsafe queue.withBorrowedBytes { queue in
                unsafe consumer.withBorrowedBytes { consumer in
                    var content = unsafe amqp_basic_consume_t()
                    unsafe content.queue = queue
                    unsafe content.consumer_tag = consumer
                    unsafe content.arguments = arguments.table
                    return unsafe method(AMQP_BASIC_CONSUME_METHOD, content)
                }
            }
        default: return AMQP_STATUS_INVALID_PARAMETER.rawValue
        }
    }

    private func sendPublication(_ frame: OutboundFrame) -> Int32 {
        switch frame {
        case .turnConfirmsOn: method(AMQP_CONFIRM_SELECT_METHOD, amqp_confirm_select_t(nowait: 0))
        case .publish(let exchange, let routingKey, let mandatory):
            unsafe exchange.withBorrowedBytes { exchange in
                unsafe routingKey.withBorrowedBytes { routingKey in
                    var content = unsafe amqp_basic_publish_t()
                    unsafe content.exchange = exchange
                    unsafe content.routing_key = routingKey
                    unsafe content.mandatory = mandatory ? 1 : 0
                    return unsafe method(AMQP_BASIC_PUBLISH_METHOD, content)
                }
            }
        case .header(let bodySize, let properties): sendHeader(bodySize: bodySize, properties: properties)
        case .body(let bytes): sendBody(bytes)
        default: AMQP_STATUS_INVALID_PARAMETER.rawValue
        }
    }

    /// librabbitmq encodes a header frame from its own structure only, so it decodes ours first.
    private func sendHeader(bodySize: UInt64, properties: [UInt8]) -> Int32 {
        let pool = LibraryPool()
        return unsafe properties.withBorrowedBytes { encoded in
            var decoded: UnsafeMutableRawPointer?
            let status = unsafe amqp_decode_properties(UInt16(AMQP_BASIC_CLASS), pool.pointer, encoded, &decoded)
            guard status == AMQP_STATUS_OK.rawValue else { return status }
            var frame = unsafe amqp_frame_t()
            unsafe frame.frame_type = UInt8(AMQP_FRAME_HEADER)
            unsafe frame.channel = Self.channel
            unsafe frame.payload.properties.class_id = UInt16(AMQP_BASIC_CLASS)
            unsafe frame.payload.properties.body_size = bodySize
            unsafe frame.payload.properties.decoded = decoded
            return unsafe amqp_send_frame(state, &frame)
        }
    }

    private func sendBody(_ bytes: ArraySlice<UInt8>) -> Int32 {
        unsafe bytes.withBorrowedBytes { fragment in
            var frame = unsafe amqp_frame_t()
            unsafe frame.frame_type = UInt8(AMQP_FRAME_BODY)
            unsafe frame.channel = Self.channel
            unsafe frame.payload.body_fragment = fragment
            return unsafe amqp_send_frame(state, &frame)
        }
    }

    private func sendDeclaration(_ frame: OutboundFrame) throws(BrokerFault) -> Int32 {
        switch frame {
        case .declareQueue(let declaration):
            let arguments = try LibraryTable(declaration.arguments)
            return unsafe declaration.name.withBorrowedBytes { name in
                var content = unsafe amqp_queue_declare_t()
                unsafe content.queue = name
                unsafe content.passive = declaration.passive ? 1 : 0
                unsafe content.durable = declaration.durable ? 1 : 0
                unsafe content.auto_delete = declaration.autoDelete ? 1 : 0
                unsafe content.arguments = arguments.table
                return unsafe method(AMQP_QUEUE_DECLARE_METHOD, content)
            }
        case .declareExchange(let name, let kind, let passive):
            return unsafe name.withBorrowedBytes { name in
                unsafe kind.withBorrowedBytes { kind in
                    var content = unsafe amqp_exchange_declare_t()
                    unsafe content.exchange = name
                    unsafe content.type = kind
                    unsafe content.passive = passive ? 1 : 0
                    unsafe content.durable = 1
                    return unsafe method(AMQP_EXCHANGE_DECLARE_METHOD, content)
                }
            }
        case .bind(let queue, let exchange, let routingKey):
            return unsafe queue.withBorrowedBytes { queue in
                unsafe exchange.withBorrowedBytes { exchange in
                    unsafe routingKey.withBorrowedBytes { routingKey in
                        var content = unsafe amqp_queue_bind_t()
                        unsafe content.queue = queue
                        unsafe content.exchange = exchange
                        unsafe content.routing_key = routingKey
                        return unsafe method(AMQP_QUEUE_BIND_METHOD, content)
                    }
                }
            }
        default: return AMQP_STATUS_INVALID_PARAMETER.rawValue
        }
    }
}

extension AMQPText {
    /// Lends the bytes to a call of librabbitmq.
    func withBorrowedBytes<Result>(_ body: (amqp_bytes_t) -> Result) -> Result {
        unsafe bytes.withBorrowedBytes(body)
    }
}

extension Collection where Element == UInt8 {
    /// Lends the bytes to a call of librabbitmq, which does not write to them although its type would allow it.
    func withBorrowedBytes<Result>(_ body: (amqp_bytes_t) -> Result) -> Result {
        func lend(_ buffer: UnsafeBufferPointer<UInt8>) -> Result {
            let start = unsafe UnsafeMutableRawPointer(mutating: buffer.baseAddress)
            return unsafe body(amqp_bytes_t(len: buffer.count, bytes: start))
        }
        return unsafe withContiguousStorageIfAvailable(lend) ?? Array(self).withUnsafeBufferPointer(lend)
    }
}
