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
            try Self.write(lines[place..<place + Self.linesPerStatement], by: several)
            place += Self.linesPerStatement
        }
        let one = try database.cachedStatement(sql: insertion(of: 1))
        for rest in place..<lines.endIndex { try Self.write(lines[rest...rest], by: one) }
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

    private static func write(_ lines: ArraySlice<IndexLine>, by statement: Statement) throws {
        var values = StatementBinding(statement)
        for line in lines {
            try values.bind(line.hash)
            try values.bind(line.launch)
        }
        try values.execute()
    }
}
