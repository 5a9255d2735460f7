import GRDB

/// A row that holds what was never written there: the file is damaged, or somebody has changed it.
struct DamagedRow: Error, Hashable, CustomStringConvertible {
    /// Which column.
    let column: String
    /// What it should hold.
    let expected: String

    var description: String { "the file is damaged: \(column) is no \(expected)" }
}

/// Values as they stand in a row: nothing is converted, and nothing traps.
///
/// GRDB's `row[0]` ends the process at a NULL, and makes a 0 of a text. `quick_check` finds neither in a file that is too
/// large to be checked, nor in a table that was made anew without our constraints.
extension Row {
    /// A whole number.
    func integer(_ place: Int) throws -> Int64 {
        guard let value = try optionalInteger(place) else { throw damage(place, "whole number") }
        return value
    }

    /// A whole number, or nothing.
    func optionalInteger(_ place: Int) throws -> Int64? {
        switch try decode(DatabaseValue.self, atIndex: place).storage {
        case .null: nil
        case .int64(let value): value
        default: throw damage(place, "whole number")
        }
    }

    /// A text.
    func text(_ place: Int) throws -> String {
        guard case .string(let value) = try decode(DatabaseValue.self, atIndex: place).storage else {
            throw damage(place, "text")
        }
        return value
    }

    private func damage(_ place: Int, _ expected: String) -> DamagedRow {
        DamagedRow(column: Array(columnNames)[place], expected: expected)
    }
}

extension Database {
    /// The first value of the first row, a whole number; nil where there is no row, or NULL in it.
    func integer(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int64? {
        try Row.fetchOne(self, sql: sql, arguments: arguments)?.optionalInteger(0)
    }

    /// The first values of all rows, whole numbers.
    func integers(_ sql: String, _ arguments: StatementArguments) throws -> [Int64] {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var values: [Int64] = []
        while let row = try rows.next() { values.append(try row.integer(0)) }
        return values
    }
}
