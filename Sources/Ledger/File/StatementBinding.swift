import GRDB
import GRDBSQLite

/// Values for a statement's parameters, bound in their order, one by one.
///
/// `StatementArguments` copies the values of every execution several times, which costs more than what SQLite does with
/// a row; for such cases GRDB hands out the statement itself (`Statement.sqliteStatement`).
struct StatementBinding {
    private let statement: Statement
    /// SQLite counts parameters from 1.
    private var parameter: Int32 = 0

    /// Takes back what was bound before.
    init(_ statement: Statement) {
        self.statement = statement
        statement.setUncheckedArguments(StatementArguments())
    }

    mutating func bind(_ value: Int64) throws {
        parameter += 1
        try check(unsafe sqlite3_bind_int64(statement.sqliteStatement, parameter, value))
    }

    mutating func bind(_ value: Int?) throws {
        if let value { return try bind(Int64(value)) }
        parameter += 1
        try check(unsafe sqlite3_bind_null(statement.sqliteStatement, parameter))
    }

    /// SQLite keeps a copy of the text.
    ///
    /// As with GRDB's own binding a text ends at its first NUL: what is written here is looked for through GRDB.
    mutating func bind(_ text: String) throws {
        parameter += 1
        let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        try check(
            unsafe text.withCString { bytes in
                unsafe sqlite3_bind_text(statement.sqliteStatement, parameter, bytes, -1, copied)
            })
    }

    /// Executes the statement with what is bound.
    func execute() throws {
        try statement.execute()
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
