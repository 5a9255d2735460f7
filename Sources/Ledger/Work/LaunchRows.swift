import GRDB

/// Rows of `launch` on their way into the file: many go with one statement, which costs half of one by one.
struct LaunchRows {
    /// How many go with one statement.
    private static let many = 32
    private static let columns = 13

    /// Of any type: values of one would go through a key path, one by one, which costs more than the insertion.
    private var values: [(any DatabaseValueConvertible)?] = []

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
        values.append(item.id)
        values.append(item.key)
        values.append(entry.identity.key.second)
        values.append(item.event)
        values.append(item.recipient)
        values.append(item.otherRecipient)
        values.append(state.rawValue)
        values.append(entry.launchedAt)
        values.append(entry.keptUntil)
        values.append(entry.element)
        values.append(entry.mapping)
        values.append(entry.target)
        values.append(entry.shownEvent)
        guard values.count >= Self.many * Self.columns else { return }
        try database.cachedStatement(sql: Self.insertionOfMany).execute(arguments: StatementArguments(values))
        values.removeAll(keepingCapacity: true)
    }

    /// Writes those that are still waiting: before anything else looks at the table, and in the end.
    mutating func flush(_ database: Database) throws {
        guard !values.isEmpty else { return }
        let statement = try database.cachedStatement(sql: Self.insertionOfOne)
        for start in stride(from: 0, to: values.count, by: Self.columns) {
            try statement.execute(arguments: StatementArguments(values[start..<start + Self.columns]))
        }
        values.removeAll(keepingCapacity: true)
    }
}
