import GRDB

/// The ledger's tables; a change here is a new version.
///
/// `launch` only grows at its end, which costs a tenth of writing into the middle of a tree. Its indexes are tables of
/// their own, filled in sorted groups by the ledger's housekeeping; `progress.indexed_to` says up to which launch.
/// Launches after that are found in memory.
enum Schema {
    /// The version in `PRAGMA user_version`.
    static let version = 1
    /// `PRAGMA application_id`: "TBLG", by which `file(1)` and we tell a ledger from any other database.
    static let application: Int64 = 0x5442_4C47
    /// No launch has this number or a higher one: at a million a second it would take a hundred thousand years.
    static let lastID = Int64.max / 2

    /// The index tables.
    enum Index: String, CaseIterable, Sendable {
        case key = "by_key"
        case event = "by_event"
        case recipient = "by_recipient"
    }

    /// What is kept under a name in `progress`.
    enum Progress: String {
        case indexedTo = "indexed_to"
        case keyCheck = "key_check"
    }

    /// Makes the tables in an empty file.
    static func create(_ database: Database, keyCheck: Int64) throws {
        try database.inTransaction(.exclusive) {
            try database.execute(
                sql: """
                    CREATE TABLE launch (
                        id INTEGER PRIMARY KEY, key_first INTEGER NOT NULL, key_second INTEGER NOT NULL,
                        event_hash INTEGER NOT NULL, recipient INTEGER NOT NULL, other_recipient INTEGER NOT NULL,
                        state INTEGER NOT NULL, launched_at INTEGER NOT NULL, kept_until INTEGER NOT NULL,
                        element INTEGER, mapping TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL
                    ) STRICT;
                    CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                    PRAGMA application_id = \(application);
                    PRAGMA user_version = \(version);
                    """)
            for index in Index.allCases {
                try database.execute(
                    sql: """
                        CREATE TABLE \(index.rawValue) (
                            hash INTEGER NOT NULL, launch INTEGER NOT NULL, PRIMARY KEY (hash, launch)
                        ) STRICT, WITHOUT ROWID
                        """)
            }
            try set(.indexedTo, 0, database)
            try set(.keyCheck, keyCheck, database)
            return .commit
        }
    }

    /// Reads what is kept under a name.
    static func value(_ name: Progress, _ database: Database) throws -> Int64? {
        try database.integer("SELECT value FROM progress WHERE name = ?", [name.rawValue])
    }

    /// Keeps a value under a name.
    static func set(_ name: Progress, _ value: Int64, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO progress VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            arguments: [name.rawValue, value])
    }
}
