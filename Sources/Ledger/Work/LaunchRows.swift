import GRDB

/// Rows of `launch` on their way into the file: many go with one statement, which costs half of one by one.
struct LaunchRows {
    /// How many go with one statement.
    private static let many = 32
    private static let columns = 13

    private struct Row {
        let item: UnindexedLaunches.Item
        let entry: LedgerEntry
        let state: LaunchEntryState
    }

    private var rows: [Row] = []

    private static let insertionOfMany = insertion(of: many)
    private static let insertionOfOne = insertion(of: 1)

    private static func insertion(of count: Int) -> String {
        let row = "(" + [String](repeating: "?", count: columns).joined(separator: ", ") + ")"
        return "INSERT INTO launch VALUES " + [String](repeating: row, count: count).joined(separator: ", ")
    }

    /// Adds a row, and writes those that are waiting when they are many.
    mutating func add(
        _ item: UnindexedLaunches.Item, _ entry: LedgerEntry, _ state: LaunchEntryState, _ database: Database
    ) throws {
        rows.append(Row(item: item, entry: entry, state: state))
        guard rows.count >= Self.many else { return }
        try Self.write(rows[...], by: database.cachedStatement(sql: Self.insertionOfMany))
        rows.removeAll(keepingCapacity: true)
    }

    /// Writes those that are still waiting: before anything else looks at the table, and in the end.
    mutating func flush(_ database: Database) throws {
        guard !rows.isEmpty else { return }
        let statement = try database.cachedStatement(sql: Self.insertionOfOne)
        for place in rows.indices { try Self.write(rows[place...place], by: statement) }
        rows.removeAll(keepingCapacity: true)
    }

    private static func write(_ rows: ArraySlice<Row>, by statement: Statement) throws {
        var values = StatementBinding(statement)
        for row in rows {
            try values.bind(row.item.id)
            try values.bind(row.item.key)
            try values.bind(row.entry.identity.key.second)
            try values.bind(row.item.event)
            try values.bind(row.item.recipient)
            try values.bind(row.item.otherRecipient)
            try values.bind(row.state.rawValue)
            try values.bind(row.entry.launchedAt)
            try values.bind(row.entry.keptUntil)
            try values.bind(row.entry.element)
            try values.bind(row.entry.mapping)
            try values.bind(row.entry.target)
            try values.bind(row.entry.shownEvent)
        }
        try values.execute()
    }
}
