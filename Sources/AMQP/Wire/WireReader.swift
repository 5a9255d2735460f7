/// Reads AMQP's encoding of properties and tables from bytes that nobody vouches for.
///
/// Every read is checked against the end. Depth is bounded by `AMQPTable.maximumDepth`, so the recursion is too.
struct WireReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    private var end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    /// Whether everything was read.
    var isAtEnd: Bool { position == end }

    /// The next `count` bytes.
    private mutating func take(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count <= end - position else { throw .truncated(offset: position) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws(WireError) -> UInt8 {
        guard position < end else { throw .truncated(offset: position) }
        defer { position += 1 }
        return bytes[position]
    }

    /// A big-endian integer.
    mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(WireError) -> Value {
        var value: Value = 0
        for byte in try take(Value.bitWidth / 8) { value = (value << 8) | Value(truncatingIfNeeded: byte) }
        return value
    }

    /// One byte of length, then the text.
    mutating func shortText() throws(WireError) -> AMQPText {
        let count = try byte()
        return AMQPText(bytes: try take(Int(count)))
    }

    /// Four bytes of length, then the bytes.
    private mutating func longBytes() throws(WireError) -> ArraySlice<UInt8> {
        let count: UInt32 = try integer()
        return try take(Int(count))
    }

    /// A table with its length before it.
    mutating func table(depth: Int = 1) throws(WireError) -> AMQPTable {
        var table = AMQPTable()
        try nested { (reader) throws(WireError) in
            let name = try reader.shortText()
            table.append(name, try reader.value(depth: depth))
        }
        return table
    }

    private mutating func array(depth: Int) throws(WireError) -> [AMQPValue] {
        var values: [AMQPValue] = []
        try nested { (reader) throws(WireError) in values.append(try reader.value(depth: depth)) }
        return values
    }

    /// Reads a length and then elements until it is used up; an element that runs over it is an error.
    private mutating func nested(
        _ element: (inout WireReader) throws(WireError) -> Void
    ) throws(WireError) {
        let count: UInt32 = try integer()
        guard Int(count) <= end - position else { throw .truncated(offset: position) }
        let outer = end
        end = position + Int(count)
        defer { end = outer }
        while position < end { try element(&self) }
    }

    private mutating func value(depth: Int) throws(WireError) -> AMQPValue {
        let start = position
        let kind = try byte()
        switch kind {
        case UInt8(ascii: "F") where depth >= AMQPTable.maximumDepth,
            UInt8(ascii: "A") where depth >= AMQPTable.maximumDepth:
            return .undecoded(NestedField(kind: kind, payload: Array(try longBytes())))
        case UInt8(ascii: "F"): return .table(try table(depth: depth + 1))
        case UInt8(ascii: "A"): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "S"): return .text(AMQPText(bytes: try longBytes()))
        case UInt8(ascii: "x"): return .bytes(Array(try longBytes()))
        default: return try scalar(kind, at: start)
        }
    }

    private mutating func scalar(_ kind: UInt8, at start: Int) throws(WireError) -> AMQPValue {
        switch kind {
        case UInt8(ascii: "t"): .boolean(try byte() != 0)
        case UInt8(ascii: "b"): .int8(try integer())
        case UInt8(ascii: "B"): .uint8(try integer())
        case UInt8(ascii: "s"): .int16(try integer())
        case UInt8(ascii: "u"): .uint16(try integer())
        case UInt8(ascii: "I"): .int32(try integer())
        case UInt8(ascii: "i"): .uint32(try integer())
        case UInt8(ascii: "l"): .int64(try integer())
        case UInt8(ascii: "L"): .uint64(try integer())
        case UInt8(ascii: "f"): .float(bits: try integer())
        case UInt8(ascii: "d"): .double(bits: try integer())
        case UInt8(ascii: "D"): .decimal(scale: try byte(), digits: try integer())
        case UInt8(ascii: "T"): .timestamp(try integer())
        case UInt8(ascii: "V"): .void
        default: throw .unknownType(kind, offset: start)
        }
    }
}
