import GRDB

/// Looks into a ledger, while a bridge writes it or not; changes nothing.
package struct LedgerFinder: Sendable {
    private let path: String
    private let database: DatabaseQueue
    private let hasher: LedgerHasher

    /// Opens a ledger for reading.
    ///
    /// - Throws: ``LedgerFault``, in words for an operator.
    package init(path: String) throws(LedgerFault) {
        self.path = path
        guard try !LedgerProbe.isEmpty(path) else { throw .absent(path: path) }
        let key = SecretFile.path(of: path)
        guard OpenFile.facts(of: key) != nil else { throw .keyMissing(path: path, key: key) }
        let hasher = LedgerHasher(secret: try SecretFile.read(key))
        self.hasher = hasher
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.read { try LedgerProbe.checkOwner($0, path: path, hasher: hasher) }
        } catch {
            throw LedgerFault(error, path: path)
        }
    }

    /// The newest launches that fit, newest first.
    package func find(_ search: LedgerSearch, limit: Int) throws(LedgerFault) -> [LedgerRecord] {
        do {
            return try database.read { try Self.records($0, condition(search), limit) }
        } catch {
            throw LedgerFault(error, path: path)
        }
    }

    /// A condition on `launch`, with its arguments.
    private func condition(_ search: LedgerSearch) -> (sql: String, arguments: StatementArguments) {
        switch search {
        case .event(let id):
            let hash = hasher.event(id)
            return (Self.indexed(.event, orUnindexed: "event_hash = ?"), [hash, hash])
        case .recipient(let text):
            let hash = hasher.recipient(text)
            return (
                Self.indexed(.recipient, orUnindexed: "(recipient = ? OR other_recipient = ?)"), [hash, hash, hash]
            )
        case .mapping(let name):
            return ("mapping = ?", [name])
        }
    }

    /// The youngest launches are in no index yet: those are few, and are looked at one by one.
    private static func indexed(_ index: Schema.Index, orUnindexed condition: String) -> String {
        """
        id IN (
            SELECT launch FROM \(index.rawValue) WHERE hash = ?
            UNION SELECT id FROM launch
            WHERE id > (SELECT value FROM progress WHERE name = '\(Schema.Progress.indexedTo.rawValue)')
                AND \(condition)
        )
        """
    }

    private static func records(
        _ database: Database, _ condition: (sql: String, arguments: StatementArguments), _ limit: Int
    ) throws -> [LedgerRecord] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT launched_at, state, mapping, target, event, element, kept_until FROM launch
                WHERE \(condition.sql) ORDER BY id DESC LIMIT ?
                """, arguments: condition.arguments + [limit])
        var records: [LedgerRecord] = []
        while let row = try rows.next() {
            records.append(
                LedgerRecord(
                    launchedAt: try row.integer(0),
                    state: LaunchEntryState(rawValue: try row.integer(1)) ?? .intended, mapping: try row.text(2),
                    target: try row.text(3), event: try row.text(4),
                    element: try row.optionalInteger(5).map { Int($0) }, keptUntil: try row.integer(6)))
        }
        return records
    }
}
