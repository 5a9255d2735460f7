import GRDB
import Glibc
import Poll

/// Looks whether a file is a ledger of ours, before anything is written to it.
enum LedgerProbe {
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Whether there is nothing at the path yet, or a file that was made and never written.
    ///
    /// - Throws: where something is there that is no SQLite database.
    static func isEmpty(_ path: String) throws(LedgerFault) -> Bool {
        guard let facts = OpenFile.facts(of: path), facts.size > 0 || !facts.isRegular else {
            // A write-ahead log without its database holds launches that a new file would throw away.
            guard let log = OpenFile.facts(of: path + "-wal"), log.size > 0 else { return true }
            throw .corrupt(path: path, detail: "there is \(path)-wal without its ledger")
        }
        guard facts.isRegular else { throw .notALedger(path: path) }
        let head: [UInt8]
        do throws(SystemCallError) {
            head = try OpenFile(path, O_RDONLY).head(magic.count)
        } catch {
            throw .system(path: path, detail: error.description)
        }
        guard head == magic else { throw .notALedger(path: path) }
        return false
    }

    /// Checks who wrote the database, and with which key.
    static func checkOwner(_ connection: Database, path: String, hasher: LedgerHasher) throws {
        guard try Int64.fetchOne(connection, sql: "PRAGMA application_id") == Schema.application else {
            throw LedgerFault.notALedger(path: path)
        }
        let version = try Int.fetchOne(connection, sql: "PRAGMA user_version") ?? 0
        guard version == Schema.version else { throw LedgerFault.otherVersion(path: path, found: version) }
        guard try Schema.value(.keyCheck, connection) == hasher.check else {
            throw LedgerFault.keyDiffers(path: path, key: SecretFile.path(of: path))
        }
    }

    /// Checks that the database is whole.
    static func checkPages(_ connection: Database, path: String) throws {
        guard let facts = OpenFile.facts(of: path), facts.size <= LedgerFile.checkedBytes else { return }
        let verdict = try String.fetchOne(connection, sql: "PRAGMA quick_check(1)") ?? ""
        guard verdict == "ok" else { throw LedgerFault.corrupt(path: path, detail: verdict) }
    }
}
