extension AMQPTable {
    /// Decodes a table with its length before it.
    package init(wire: [UInt8]) throws(WireError) {
        var reader = WireReader(wire)
        self = try reader.table()
    }

    /// Encodes the table with its length before it.
    package func wire() throws(WireError) -> [UInt8] {
        var writer = WireWriter()
        try writer.table(self)
        return writer.bytes
    }
}
