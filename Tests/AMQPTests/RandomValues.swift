import AMQP
import TestSupport

extension AMQPText {
    /// Up to `maximum` bytes, often not UTF-8.
    static func random(maximum: Int = 40, using generator: inout SeededGenerator) -> AMQPText {
        let count = Int.random(in: 0...maximum, using: &generator)
        let range: ClosedRange<UInt8> = generator.chance(70) ? 0x20...0x7E : 0...0xFF
        return AMQPText(bytes: (0..<count).map { _ in UInt8.random(in: range, using: &generator) })
    }
}

extension AMQPValue {
    /// A value of any type; `broker` leaves out the one type that RabbitMQ 3.10 refuses from clients.
    static func random(depth: Int, broker: Bool = false, using generator: inout SeededGenerator) -> AMQPValue {
        switch Int.random(in: 0..<(depth > 0 ? 18 : 16), using: &generator) {
        case 0: .boolean(.random(using: &generator))
        case 1: .int8(.random(in: .min ... .max, using: &generator))
        case 2: .uint8(.random(in: .min ... .max, using: &generator))
        case 3: .int16(.random(in: .min ... .max, using: &generator))
        case 4: .uint16(.random(in: .min ... .max, using: &generator))
        case 5: .int32(.random(in: .min ... .max, using: &generator))
        case 6: .uint32(.random(in: .min ... .max, using: &generator))
        case 7: .int64(.random(in: .min ... .max, using: &generator))
        case 8: broker ? .void : .uint64(.random(in: .min ... .max, using: &generator))
        case 9: .float(bits: .random(in: .min ... .max, using: &generator))
        case 10: .double(bits: .random(in: .min ... .max, using: &generator))
        case 11:
            .decimal(scale: .random(in: 0...9, using: &generator), digits: .random(in: 0 ... .max, using: &generator))
        case 12: .text(.random(using: &generator))
        case 13: .bytes(AMQPText.random(using: &generator).bytes)
        case 14: .timestamp(.random(in: 0 ... .max, using: &generator))
        case 15: .void
        case 16: .table(.random(depth: depth - 1, broker: broker, using: &generator))
        default:
            .array(
                (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                    .random(depth: depth - 1, broker: broker, using: &generator)
                })
        }
    }
}

extension AMQPTable {
    /// A table with up to six entries.
    static func random(depth: Int, broker: Bool = false, using generator: inout SeededGenerator) -> AMQPTable {
        AMQPTable(
            (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                Entry(.random(using: &generator), .random(depth: depth, broker: broker, using: &generator))
            })
    }
}

extension AMQPProperties {
    /// Properties of which each is there in half of the cases.
    static func random(broker: Bool = false, using generator: inout SeededGenerator) -> AMQPProperties {
        var properties = AMQPProperties()
        func text() -> AMQPText? { generator.chance(50) ? .random(using: &generator) : nil }
        properties.contentType = text()
        properties.contentEncoding = text()
        if generator.chance(50) { properties.headers = .random(depth: 3, broker: broker, using: &generator) }
        if generator.chance(50) { properties.deliveryMode = .random(in: 1...2, using: &generator) }
        if generator.chance(50) { properties.priority = .random(in: 0...255, using: &generator) }
        properties.correlationID = text()
        properties.replyTo = text()
        properties.messageID = text()
        if generator.chance(50) { properties.timestamp = .random(in: 0 ... .max, using: &generator) }
        properties.type = text()
        properties.appID = text()
        properties.clusterID = text()
        if !broker {
            properties.expiration = text()
            properties.userID = text()
        }
        return properties
    }
}
