extension BrokerFault {
    /// What a `connection.close` or `channel.close` says by its code (AMQP 0-9-1, 1.1 constants).
    ///
    /// A 404 does not say by itself what is missing: `missing` is what the request asked for.
    init(replyCode: UInt16, text: AMQPText, missing: BrokerFault? = nil) {
        self =
            switch replyCode {
            case 320: .connectionForced(text)
            case 403: text.string?.contains("exclusive") == true ? .resourceLocked(text) : .accessRefused(text)
            case 404: missing ?? Self.missing(text)
            case 405: .resourceLocked(text)
            case 406: .preconditionFailed(text)
            case 501, 502, 503, 504, 505: .protocolViolation("it says so of us, with \(replyCode): \(text)")
            default: .closed(code: replyCode, text)
            }
    }

    /// RabbitMQ's words are `NOT_FOUND - no queue 'orders' in vhost '/'`, or `no exchange '…'`; a name may hold quotes.
    private static func missing(_ text: AMQPText) -> BrokerFault {
        let words = text.description
        let kinds = ["no queue '", "no exchange '"].compactMap { words.firstRange(of: $0) }
        guard let kind = kinds.min(by: { $0.lowerBound < $1.lowerBound }),
            let end = words[kind.upperBound...].ranges(of: "' in vhost '").last
        else { return .closed(code: 404, text) }
        let name = String(words[kind.upperBound..<end.lowerBound])
        return words[kind].hasPrefix("no queue") ? .queueMissing(name: name) : .exchangeMissing(name: name)
    }
}
