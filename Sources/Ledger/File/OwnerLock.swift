import Glibc
import Poll

/// The mark that one process writes a ledger: a lock on its key file.
final class OwnerLock: Sendable {
    private let file: OpenFile

    /// Takes the lock at once or not at all.
    ///
    /// - Throws: ``LedgerFault/owned(path:)`` where another process has it.
    init(ledger path: String) throws(LedgerFault) {
        do throws(SystemCallError) {
            file = try OpenFile(SecretFile.path(of: path), O_RDONLY)
        } catch {
            throw .system(path: path, detail: error.description)
        }
        guard file.lock() else { throw .owned(path: path) }
    }

    /// Gives the mark back before this value is gone.
    func release() {
        file.unlock()
    }
}
