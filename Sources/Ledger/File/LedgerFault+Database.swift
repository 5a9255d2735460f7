import GRDB

extension LedgerFault {
    /// What a failure while opening means.
    init(_ error: any Error, path: String) {
        if let fault = error as? LedgerFault {
            self = fault
            return
        }
        let words = DatabaseWords.describe(error)
        if error is DamagedRow {
            self = .corrupt(path: path, detail: words)
            return
        }
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_NOTADB: self = .notALedger(path: path)
        case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: words)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .owned(path: path)
        default: self = .system(path: path, detail: words)
        }
    }
}

/// A failure of the database in words that tell an operator what to do.
enum DatabaseWords {
    /// One line without a full stop; SQL and its arguments stay out of it.
    static func describe(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        switch error.resultCode {
        case .SQLITE_FULL: return "the disk is full, or the ledger's quota"
        case .SQLITE_IOERR: return "the disk does not read or write (SQLite \(error.extendedResultCode.rawValue))"
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return "the file is damaged: \(error.message ?? "no details")"
        case .SQLITE_READONLY: return "the file or its folder cannot be written"
        case .SQLITE_CANTOPEN: return "the file cannot be opened: \(error.message ?? "no details")"
        case .SQLITE_BUSY, .SQLITE_LOCKED: return "another process holds the file"
        default: return "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no details")"
        }
    }
}
