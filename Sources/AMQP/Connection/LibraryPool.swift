import CRabbitMQ

/// A memory pool of librabbitmq, freed when the last reference goes.
@safe final class LibraryPool {
    /// Page size: small, as these pools hold one table each.
    private static let pageSize = 4096

    let pointer: UnsafeMutablePointer<amqp_pool_t>

    init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe init_amqp_pool(pointer, Self.pageSize)
    }

    deinit {
        unsafe empty_amqp_pool(pointer)
        unsafe pointer.deallocate()
    }
}

/// A table in librabbitmq's structures, with the memory that they point into.
@safe final class LibraryTable {
    private let pool = LibraryPool()
    /// The encoded form: names and strings in `table` point into it.
    private let encoded: UnsafeMutableBufferPointer<UInt8>
    /// Valid as long as this object lives.
    private(set) var table: amqp_table_t

    /// Encodes the table and has librabbitmq decode it.
    init(_ values: AMQPTable) throws(BrokerFault) {
        let wire: [UInt8]
        do {
            wire = try values.wire()
        } catch {
            throw .protocolViolation("our own table: \(error)")
        }
        unsafe encoded = .allocate(capacity: wire.count)
        _ = unsafe encoded.initialize(fromContentsOf: wire)
        unsafe table = amqp_empty_table
        var offset = 0
        let bytes = unsafe amqp_bytes_t(len: wire.count, bytes: UnsafeMutableRawPointer(encoded.baseAddress))
        let status = unsafe amqp_decode_table(bytes, pool.pointer, &table, &offset)
        guard status == AMQP_STATUS_OK.rawValue else { throw BrokerFault(status: status) }
    }

    deinit {
        unsafe encoded.deallocate()
    }
}
