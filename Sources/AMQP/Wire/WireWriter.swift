/// Writes AMQP's encoding of properties and tables.
///
/// librabbitmq is then given these bytes to decode into its own structures: so no structure of pointers is ever
/// built on the Swift side.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    /// A big-endian integer.
    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }

    /// One byte of length, then the text; `field` names it in the error.
    mutating func shortText(_ text: AMQPText, field: String) throws(WireError) {
        let count = text.count
        guard count <= 255 else { throw .nameTooLong(field: field, count: count) }
        bytes.append(UInt8(count))
        bytes.append(contentsOf: text.bytes)
    }

    /// A table with its length before it.
    mutating func table(_ table: AMQPTable, depth: Int = 1) throws(WireError) {
        guard depth <= AMQPTable.writableDepth else { throw .tooDeep }
        try nested { (writer) throws(WireError) in
            for entry in table.entries {
                try writer.shortText(entry.name, field: "a header's name")
                try writer.value(entry.value, depth: depth)
            }
        }
    }

    private mutating func array(_ values: [AMQPValue], depth: Int) throws(WireError) {
        guard depth <= AMQPTable.writableDepth else { throw .tooDeep }
        try nested { (writer) throws(WireError) in
            for value in values { try writer.value(value, depth: depth) }
        }
    }

    /// Writes what `content` writes, with its length before it.
    private mutating func nested(_ content: (inout WireWriter) throws(WireError) -> Void) throws(WireError) {
        let start = bytes.count
        integer(UInt32(0))
        try content(&self)
        let count = UInt32(truncatingIfNeeded: bytes.count - start - 4)
        for place in 0..<4 { bytes[start + place] = UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * place)) }
    }

    private mutating func long(_ kind: Character, _ content: [UInt8]) {
        letter(kind)
        integer(UInt32(truncatingIfNeeded: content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func letter(_ kind: Character) {
        bytes.append(kind.asciiValue ?? 0)
    }

    private mutating func number(_ kind: Character, _ value: some FixedWidthInteger) {
        letter(kind)
        integer(value)
    }

    private mutating func value(_ value: AMQPValue, depth: Int) throws(WireError) {
        switch value {
        case .boolean(let value): number("t", value ? UInt8(1) : 0)
        case .int8(let value): number("b", value)
        case .uint8(let value): number("B", value)
        case .int16(let value): number("s", value)
        case .uint16(let value): number("u", value)
        case .int32(let value): number("I", value)
        case .uint32(let value): number("i", value)
        case .int64(let value): number("l", value)
        case .uint64(let value): number("L", value)
        case .float(let bits): number("f", bits)
        case .double(let bits): number("d", bits)
        case .decimal(let scale, let digits):
            number("D", scale)
            integer(digits)
        case .text(let text): long("S", text.bytes)
        case .bytes(let content): long("x", content)
        case .timestamp(let value): number("T", value)
        case .void: letter("V")
        case .undecoded(let field): long(Character(Unicode.Scalar(field.kind)), field.payload)
        case .array(let values):
            letter("A")
            try array(values, depth: depth + 1)
        case .table(let inner):
            letter("F")
            try table(inner, depth: depth + 1)
        }
    }
}
