import GRDB

extension Schema.Index {
    /// Lines that one statement writes: running a statement costs as much as a few lines.
    private static let linesPerStatement = 8

    /// Writes lines, in their order; those that stand already are left as they are.
    func insert(_ lines: ArraySlice<IndexLine>, _ database: Database) throws {
        let groups = lines.count / Self.linesPerStatement
        let several = try database.cachedStatement(sql: insertion(of: Self.linesPerStatement))
        var place = lines.startIndex
        for _ in 0..<groups {
            try several.execute(arguments: Self.arguments(lines[place..<place + Self.linesPerStatement]))
            place += Self.linesPerStatement
        }
        let one = try database.cachedStatement(sql: insertion(of: 1))
        for rest in place..<lines.endIndex { try one.execute(arguments: Self.arguments(lines[rest...rest])) }
    }

    /// Takes lines out, in their order.
    func delete(_ lines: ArraySlice<IndexLine>, _ database: Database) throws {
        let statement = try database.cachedStatement(sql: "DELETE FROM \(rawValue) WHERE hash = ? AND launch = ?")
        for line in lines { try statement.execute(arguments: [line.hash, line.launch]) }
    }

    private func insertion(of count: Int) -> String {
        let values = repeatElement("(?, ?)", count: count).joined(separator: ", ")
        return "INSERT OR IGNORE INTO \(rawValue) VALUES \(values)"
    }

    private static func arguments(_ lines: ArraySlice<IndexLine>) -> StatementArguments {
        // Values of one type would go through a key path, one by one, which costs more than the insertion.
        var values: [(any DatabaseValueConvertible)?] = []
        values.reserveCapacity(lines.count * 2)
        for line in lines {
            values.append(line.hash)
            values.append(line.launch)
        }
        return StatementArguments(values)
    }
}
