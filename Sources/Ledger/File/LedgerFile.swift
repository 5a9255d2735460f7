import GRDB
import Glibc
import Poll

/// A ledger's file, opened and checked, with what must be known of it before the first launch.
struct LedgerFile: Sendable {
    let path: String
    let database: DatabaseQueue
    let lock: OwnerLock
    let hasher: LedgerHasher
    /// Whether there was none before.
    let isNew: Bool
    /// The last launch that stands in the indexes.
    let indexedTo: Int64
    /// The last launch.
    let lastID: Int64
    /// The launches in between.
    let unindexed: UnindexedLaunches

    /// Above this a whole check at each start would take longer than people wait; damage is then met where it lies.
    static let checkedBytes: Int64 = 256 << 20

    /// Opens a ledger, or makes one where there is none.
    static func open(_ path: String) throws(LedgerFault) -> LedgerFile {
        try LedgerFolder.create(for: path)
        let keyPath = SecretFile.path(of: path)
        let isEmpty = try LedgerProbe.isEmpty(path)
        if OpenFile.facts(of: keyPath) == nil {
            guard isEmpty else { throw .keyMissing(path: path, key: keyPath) }
            try SecretFile.create(keyPath)
        }
        let secret = try SecretFile.read(keyPath)
        let lock = try OwnerLock(ledger: path)
        do {
            if isEmpty { try create(path) }
            return try open(path, lock, LedgerHasher(secret: secret))
        } catch {
            throw LedgerFault(error, path: path)
        }
    }

    /// Makes the file here, as SQLite would let the group and others read it.
    private static func create(_ path: String) throws(SystemCallError) {
        _ = try OpenFile(path, O_WRONLY | O_CREAT)
        LedgerFolder.sync(for: path)
    }

    private static func open(_ path: String, _ lock: OwnerLock, _ hasher: LedgerHasher) throws -> LedgerFile {
        let database = try DatabaseQueue(path: path, configuration: configuration)
        return try database.writeWithoutTransaction { connection in
            // The owner's lock is ours, so an empty database is one that was never finished.
            let isNew = try Int.fetchOne(connection, sql: "SELECT count(*) FROM sqlite_schema") == 0
            try configure(connection, isNew: isNew)
            if isNew { try Schema.create(connection, keyCheck: hasher.check) }
            try LedgerProbe.checkPages(connection, path: path)
            try LedgerProbe.checkOwner(connection, path: path, hasher: hasher)
            let indexedTo = try Schema.value(.indexedTo, connection) ?? 0
            let lastID = max(try connection.integer("SELECT max(id) FROM launch") ?? 0, indexedTo)
            guard lastID < Schema.lastID else { throw DamagedRow(column: "id", expected: "number of a launch") }
            // SQLite opens what cannot be written for reading, and would tell it only when a launch has been made.
            try Schema.set(.indexedTo, indexedTo, connection)
            return LedgerFile(
                path: path, database: database, lock: lock, hasher: hasher, isNew: isNew, indexedTo: indexedTo,
                lastID: lastID, unindexed: try unindexed(connection, after: indexedTo))
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        // Readers never hold a writer up in WAL mode; only a checkpoint's last step may have to wait.
        configuration.busyMode = .timeout(1)
        configuration.label = "ledger"
        return configuration
    }

    private static func configure(_ connection: Database, isNew: Bool) throws {
        if isNew { try connection.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
        let mode = try String.fetchOne(connection, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "the file system does not allow WAL")
        }
        // FULL syncs the WAL at each commit: what was acknowledged is on the disk, also after a power loss. A group
        // shares the sync, so it costs a wait of this thread and hardly any processor.
        try connection.execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA cache_size = -16384;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA wal_autocheckpoint = 2000;
                """)
    }

    private static func unindexed(_ connection: Database, after id: Int64) throws -> UnindexedLaunches {
        var launches = UnindexedLaunches()
        let rows = try Row.fetchCursor(
            connection,
            sql: "SELECT \(UnindexedLaunches.Item.columns) FROM launch WHERE id > ? ORDER BY id", arguments: [id])
        while let row = try rows.next() { launches.append(try UnindexedLaunches.Item(row)) }
        return launches
    }
}

extension UnindexedLaunches.Item {
    /// What a row must hold to be read as one.
    static let columns = "id, key_first, event_hash, recipient, other_recipient"

    /// Reads a row of ``columns``.
    init(_ row: Row) throws {
        self.init(
            id: try row.integer(0), key: try row.integer(1), event: try row.integer(2),
            recipient: try row.integer(3), otherRecipient: try row.integer(4))
    }
}
