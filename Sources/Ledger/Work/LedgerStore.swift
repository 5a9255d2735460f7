import GRDB

/// The ledger's file as the ledger's thread works with it: look-ups and groups of writes.
final class LedgerStore {
    let file: LedgerFile
    let filter: KeyFilter
    /// Which file it was when it was opened.
    private let identity: OpenFile.Identity?
    private var nextID: Int64
    /// Launches that no index knows yet.
    var unindexed: UnindexedLaunches
    /// Launches that are being put into the indexes.
    var beingIndexed: UnindexedLaunches?
    /// How often what was handed over has been taken over.
    var takeovers = 0
    /// Up to here entries may have been swept away: what was kept until then is not written to any more.
    var sweptUntil = Int64.min

    /// How many launches may wait for the indexes before nothing more is written.
    private let unindexedLimit: Int

    init(_ file: LedgerFile, filter: KeyFilter, unindexedLimit: Int) {
        self.unindexedLimit = unindexedLimit
        self.file = file
        self.filter = filter
        identity = OpenFile.facts(of: file.path)?.identity
        nextID = file.lastID + 1
        unindexed = file.unindexed
    }

    /// About how many launches there are.
    var estimatedCount: Int { Int(clamping: nextID - 1) }

    /// Closes the file, folds the log into it, and leaves it to whoever wants it next.
    func close() throws {
        defer { file.lock.release() }
        try file.database.close()
    }

    /// Answers questions from one state of the file.
    func lookUp(_ questions: [LedgerQuestion]) throws -> [LedgerFinding] {
        try file.database.writeWithoutTransaction { database in
            var findings: [LedgerFinding] = []
            findings.reserveCapacity(questions.count)
            try database.inTransaction(.deferred) {
                for question in questions {
                    let traces = try launches(question.identity.key, database).map {
                        try trace($0, question.identity.key, database)
                    }
                    findings.append(question.answer(from: traces.compactMap(\.self)))
                }
                return .commit
            }
            return findings
        }
    }

    /// Writes a group: all of it, or nothing.
    func commit(_ writes: [LedgerWrite]) throws {
        guard OpenFile.facts(of: file.path)?.identity == identity else { throw LedgerStoreFault.replaced }
        guard unindexed.count < unindexedLimit else { throw LedgerStoreFault.indexesLag }
        var group = Group(nextID: nextID)
        try file.database.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                for write in writes { try apply(write, &group, database) }
                try group.rows.flush(database)
                return .commit
            }
        }
        nextID = group.nextID
        for item in group.items { unindexed.append(item) }
    }

    /// What a group adds, known once it is committed.
    private struct Group {
        var nextID: Int64
        var items: [UnindexedLaunches.Item] = []
        var rows = LaunchRows()
    }

    private func apply(_ write: LedgerWrite, _ group: inout Group, _ database: Database) throws {
        switch write.kind {
        case .intent(let entry):
            try insert(entry, .intended, &group, database)
        case .withdrawal(let launch):
            try group.rows.flush(database)
            for id in try intents(launch, database) {
                try database.cachedStatement(sql: "UPDATE launch SET state = ? WHERE id = ?")
                    .execute(arguments: [LaunchEntryState.withdrawn.rawValue, id])
            }
        case .record(let entry, let state, let hasIntent):
            if hasIntent {
                try group.rows.flush(database)
                if try complete(entry, state, database) { return }
            }
            try insert(entry, state, &group, database)
        }
    }

    private func insert(
        _ entry: LedgerEntry, _ state: LaunchEntryState, _ group: inout Group, _ database: Database
    ) throws {
        let recipients = entry.recipients.prefix(LedgerEntry.recipientLimit).map(file.hasher.recipient)
        let item = UnindexedLaunches.Item(
            id: group.nextID, key: entry.identity.key.first, event: entry.identity.event,
            recipient: recipients.first ?? 0, otherRecipient: recipients.count > 1 ? recipients[1] : 0)
        try group.rows.add(item, entry, state, database)
        group.nextID += 1
        group.items.append(item)
    }

    /// Makes the intent of a launch its record; false where none stands.
    private func complete(_ entry: LedgerEntry, _ state: LaunchEntryState, _ database: Database) throws -> Bool {
        guard let id = try intents(entry.identity, database).max() else { return false }
        try database.cachedStatement(
            sql: "UPDATE launch SET state = ?, launched_at = ?, kept_until = ? WHERE id = ? AND kept_until > ?"
        ).execute(arguments: [state.rawValue, entry.launchedAt, entry.keptUntil, id, sweptUntil])
        return database.changesCount > 0
    }

    /// The intents that stand for a launch of this event.
    private func intents(_ launch: LaunchIdentity, _ database: Database) throws -> [Int64] {
        try launches(launch.key, database).filter { id in
            let trace = try trace(id, launch.key, database)
            return trace?.identity == launch && trace?.state == .intended
        }
    }

    /// Every launch with the key's first half.
    private func launches(_ key: LedgerKey, _ database: Database) throws -> [Int64] {
        let waiting = unindexed.launches(key: key.first) + (beingIndexed?.launches(key: key.first) ?? [])
        let indexed = try database.integers("SELECT launch FROM by_key WHERE hash = ?", [key.first])
        guard !waiting.isEmpty, !indexed.isEmpty else { return waiting + indexed }
        return Array(Set(waiting + indexed))
    }

    private func trace(_ id: Int64, _ key: LedgerKey, _ database: Database) throws -> LedgerTrace? {
        let statement = try database.cachedStatement(
            sql: "SELECT key_second, event_hash, launched_at, state FROM launch WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        // A state that this version does not know is the careful one.
        return LedgerTrace(
            identity: LaunchIdentity(
                key: LedgerKey(first: key.first, second: try row.integer(0)), event: try row.integer(1)),
            launchedAt: try row.integer(2), state: LaunchEntryState(rawValue: try row.integer(3)) ?? .intended)
    }
}

/// Why a group cannot be written although the database would.
enum LedgerStoreFault: Error, CustomStringConvertible {
    case replaced, indexesLag

    var description: String {
        switch self {
        case .replaced: "the ledger's file was moved, removed or replaced while it was in use; put it back or restart"
        case .indexesLag: "the ledger's indexes cannot be written"
        }
    }
}
