package import AMQP

/// Reading and writing the bridge's own headers.
extension AMQPTable {
    /// The text of a header; nil when it is absent or none.
    package func text(_ header: BridgeHeader) -> AMQPText? {
        guard case .text(let text)? = self[header.rawValue] else { return nil }
        return text
    }

    /// The valid UTF-8 of a header; nil when it is absent or none.
    package func string(_ header: BridgeHeader) -> String? {
        text(header)?.string
    }

    /// The whole number of a header, whatever integer type it travelled as; nil when it is absent or none.
    package func integer(_ header: BridgeHeader) -> Int64? {
        self[header.rawValue]?.integer
    }
}

extension AMQPTable.Entry {
    /// A header of ours.
    init(_ header: BridgeHeader, _ value: AMQPValue) {
        self.init(AMQPText(header.rawValue), value)
    }
}

extension AMQPValue {
    /// The value as a whole number; nil when it is none or does not fit.
    package var integer: Int64? {
        switch self {
        case .int8(let value): Int64(value)
        case .uint8(let value): Int64(value)
        case .int16(let value): Int64(value)
        case .uint16(let value): Int64(value)
        case .int32(let value): Int64(value)
        case .uint32(let value): Int64(value)
        case .int64(let value): value
        case .uint64(let value), .timestamp(let value): Int64(exactly: value)
        default: nil
        }
    }
}
