import CRabbitMQ
import Glibc

extension ConnectionHandle {
    /// The next whole frame if there is one; never waits, and never for the rest of a message.
    mutating func nextFrame() throws(BrokerFault) -> InboundFrame? {
        releaseBuffers()
        var frame = unsafe amqp_frame_t()
        var none = timeval(tv_sec: 0, tv_usec: 0)
        let status = unsafe amqp_simple_wait_frame_noblock(state, &frame, &none)
        guard status != AMQP_STATUS_TIMEOUT.rawValue else { return nil }
        guard status == AMQP_STATUS_OK.rawValue else { throw BrokerFault(status: status) }
        return unsafe InboundFrame(channel: frame.channel, content: unsafe Self.content(frame))
    }

    private static func content(_ frame: amqp_frame_t) -> InboundFrame.Content {
        switch unsafe Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD: return unsafe content(frame.payload.method)
        case AMQP_FRAME_HEADER:
            let properties = unsafe frame.payload.properties
            return .header(bodySize: unsafe properties.body_size, properties: unsafe bytes(properties.raw))
        case AMQP_FRAME_BODY: return .body(unsafe bytes(frame.payload.body_fragment))
        default: return .unknown(method: 0)
        }
    }

    private static func content(_ method: amqp_method_t) -> InboundFrame.Content {
        guard let decoded = unsafe method.decoded else { return .unknown(method: unsafe method.id) }
        switch unsafe method.id {
        case AMQP_BASIC_DELIVER_METHOD:
            let deliver = unsafe decoded.assumingMemoryBound(to: amqp_basic_deliver_t.self).pointee
            return unsafe .deliver(
                tag: deliver.delivery_tag,
                redelivered: deliver.redelivered != 0,
                exchange: text(deliver.exchange),
                routingKey: text(deliver.routing_key)
            )
        case AMQP_BASIC_ACK_METHOD:
            let ack = unsafe decoded.assumingMemoryBound(to: amqp_basic_ack_t.self).pointee
            return .confirmed(tag: ack.delivery_tag, multiple: ack.multiple != 0)
        case AMQP_BASIC_NACK_METHOD:
            let nack = unsafe decoded.assumingMemoryBound(to: amqp_basic_nack_t.self).pointee
            return .refused(tag: nack.delivery_tag, multiple: nack.multiple != 0)
        case AMQP_BASIC_RETURN_METHOD:
            let returned = unsafe decoded.assumingMemoryBound(to: amqp_basic_return_t.self).pointee
            return unsafe .returned(
                code: returned.reply_code, text: text(returned.reply_text), exchange: text(returned.exchange),
                routingKey: text(returned.routing_key))
        case AMQP_BASIC_CANCEL_METHOD:
            let cancel = unsafe decoded.assumingMemoryBound(to: amqp_basic_cancel_t.self).pointee
            return unsafe .cancelled(consumer: text(cancel.consumer_tag))
        default:
            return unsafe life(method.id, decoded) ?? reply(method.id, decoded).map { .reply($0) }
                ?? .unknown(method: method.id)
        }
    }

    /// What concerns the channel or the connection as a whole.
    private static func life(_ method: UInt32, _ decoded: UnsafeMutableRawPointer) -> InboundFrame.Content? {
        switch method {
        case AMQP_CHANNEL_CLOSE_METHOD:
            let close = unsafe decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            return unsafe .channelClosed(code: close.reply_code, text: text(close.reply_text))
        case AMQP_CONNECTION_CLOSE_METHOD:
            let close = unsafe decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
            return unsafe .connectionClosed(code: close.reply_code, text: text(close.reply_text))
        case AMQP_CONNECTION_BLOCKED_METHOD:
            let blocked = unsafe decoded.assumingMemoryBound(to: amqp_connection_blocked_t.self).pointee
            return unsafe .blocked(reason: text(blocked.reason))
        case AMQP_CONNECTION_UNBLOCKED_METHOD: return .unblocked
        case AMQP_CHANNEL_FLOW_METHOD:
            let flow = unsafe decoded.assumingMemoryBound(to: amqp_channel_flow_t.self).pointee
            return .flow(active: flow.active != 0)
        default: return nil
        }
    }

    private static func reply(_ method: UInt32, _ decoded: UnsafeMutableRawPointer) -> InboundFrame.Reply? {
        switch method {
        case AMQP_CHANNEL_OPEN_OK_METHOD: return .channelOpened
        case AMQP_CHANNEL_CLOSE_OK_METHOD: return .channelClosed
        case AMQP_CONNECTION_CLOSE_OK_METHOD: return .connectionClosed
        case AMQP_BASIC_QOS_OK_METHOD: return .prefetchSet
        case AMQP_BASIC_CONSUME_OK_METHOD: return .consuming
        case AMQP_BASIC_CANCEL_OK_METHOD: return .cancelled
        case AMQP_CONFIRM_SELECT_OK_METHOD: return .confirmsOn
        case AMQP_EXCHANGE_DECLARE_OK_METHOD: return .exchangeDeclared
        case AMQP_QUEUE_BIND_OK_METHOD: return .bound
        case AMQP_QUEUE_DECLARE_OK_METHOD:
            let declared = unsafe decoded.assumingMemoryBound(to: amqp_queue_declare_ok_t.self).pointee
            return .queue(
                messages: unsafe declared.message_count,
                consumers: unsafe declared.consumer_count
            )
        default: return nil
        }
    }

    /// A copy of borrowed bytes; an empty string is a null pointer in librabbitmq.
    static func bytes(_ borrowed: amqp_bytes_t) -> [UInt8] {
        guard let start = unsafe borrowed.bytes else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: borrowed.len))
    }

    /// A copy of borrowed bytes as a text.
    static func text(_ borrowed: amqp_bytes_t) -> AMQPText {
        guard let start = unsafe borrowed.bytes, unsafe borrowed.len > 0 else { return "" }
        return unsafe AMQPText(bytes: UnsafeRawBufferPointer(start: start, count: borrowed.len))
    }
}

extension BrokerFault {
    /// What a negative status of librabbitmq means on a connection that was up.
    init(status: Int32) {
        self =
            switch status {
            case AMQP_STATUS_CONNECTION_CLOSED.rawValue, AMQP_STATUS_SOCKET_ERROR.rawValue,
                AMQP_STATUS_SOCKET_CLOSED.rawValue, AMQP_STATUS_TCP_ERROR.rawValue, AMQP_STATUS_SSL_ERROR.rawValue:
                .connectionLost
            case AMQP_STATUS_HEARTBEAT_TIMEOUT.rawValue: .heartbeatTimeout
            case AMQP_STATUS_TIMEOUT.rawValue: .requestTimeout
            case AMQP_STATUS_NO_MEMORY.rawValue: .exhausted("memory")
            default: .protocolViolation(unsafe String(cString: amqp_error_string2(status)))
            }
    }
}
