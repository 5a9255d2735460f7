/// A value in a header or an argument table: every type that RabbitMQ and librabbitmq know.
///
/// Letters are RabbitMQ's, which differ from AMQP 0-9-1's in places (rabbitmq.com/amqp-0-9-1-errata, section 3).
package enum AMQPValue: Sendable, Hashable {
    /// `t`
    case boolean(Bool)
    /// `b`
    case int8(Int8)
    /// `B`
    case uint8(UInt8)
    /// `s`
    case int16(Int16)
    /// `u`
    case uint16(UInt16)
    /// `I`
    case int32(Int32)
    /// `i`
    case uint32(UInt32)
    /// `l`
    case int64(Int64)
    /// `L`, which RabbitMQ 3 refuses from clients but librabbitmq reads.
    case uint64(UInt64)
    /// `f`, as its bits, so that every NaN travels as it came.
    case float(bits: UInt32)
    /// `d`, as its bits.
    case double(bits: UInt64)
    /// `D`: digits / 10^scale.
    case decimal(scale: UInt8, digits: UInt32)
    /// `S`, a long string.
    case text(AMQPText)
    /// `x`, bytes that promise nothing.
    case bytes([UInt8])
    /// `A`
    case array([AMQPValue])
    /// `F`
    case table(AMQPTable)
    /// `T`, seconds since 1970 by convention.
    case timestamp(UInt64)
    /// `V`
    case void
    /// A table or array nested deeper than `AMQPTable.maximumDepth`: carried as it came, not looked into.
    case undecoded(NestedField)

    /// `f` from a number.
    package static func float(_ value: Float) -> AMQPValue { .float(bits: value.bitPattern) }

    /// `d` from a number.
    package static func double(_ value: Double) -> AMQPValue { .double(bits: value.bitPattern) }
}

/// A table or array in its encoded form, too deep to be decoded.
///
/// Only the reader makes one, from bytes that librabbitmq has already checked, so it can always be sent on.
package struct NestedField: Sendable, Hashable {
    /// `F` or `A`.
    let kind: UInt8
    /// What follows the length on the wire.
    let payload: [UInt8]
}
