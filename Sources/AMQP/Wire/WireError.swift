/// Why bytes are no AMQP table or properties, or why values do not fit on the wire.
package enum WireError: Error, Equatable, CustomStringConvertible {
    /// The bytes end inside a value.
    case truncated(offset: Int)
    /// A type letter that nobody knows.
    case unknownType(UInt8, offset: Int)
    /// A name or property longer than the 255 bytes of a short string.
    case nameTooLong(field: String, count: Int)
    /// Tables and arrays nested deeper than `AMQPTable.writableDepth`.
    case tooDeep
    /// The properties do not fit in one frame, and AMQP cannot split them.
    case propertiesTooBig(count: Int, limit: Int)

    /// One line: what is wrong, where, and what to do.
    package var description: String {
        switch self {
        case .truncated(let offset):
            "the encoded properties end inside a value at byte \(offset); the peer does not speak AMQP 0-9-1"
        case .unknownType(let type, let offset):
            "unknown value type 0x\(String(type, radix: 16)) at byte \(offset); the peer uses a type RabbitMQ has not"
        case .nameTooLong(let field, let count):
            "\(field) has \(count) bytes, AMQP allows 255; shorten it"
        case .tooDeep:
            "headers are nested deeper than \(AMQPTable.writableDepth) levels; flatten them"
        case .propertiesTooBig(let count, let limit):
            "properties and headers take \(count) bytes, one frame holds \(limit); leave headers out"
        }
    }
}
