/// Why a ledger cannot be opened.
///
/// None of them makes a new file: a ledger that is replaced in silence forgets what was launched.
package enum LedgerFault: Error, Hashable, CustomStringConvertible {
    /// The file is no SQLite database, or another program's.
    case notALedger(path: String)
    /// The file was written by another version of this program.
    case otherVersion(path: String, found: Int)
    /// The file is damaged.
    case corrupt(path: String, detail: String)
    /// The file is there and its key is not.
    case keyMissing(path: String, key: String)
    /// The key file is there and cannot be used.
    case keyUnusable(key: String, detail: String)
    /// The key file belongs to another ledger.
    case keyDiffers(path: String, key: String)
    /// Another process writes it.
    case owned(path: String)
    /// There is no such ledger.
    case absent(path: String)
    /// The system refused: permissions, disk, descriptors.
    case system(path: String, detail: String)

    /// One line: what is wrong and what to do.
    package var description: String {
        switch self {
        case .notALedger(let path):
            "\(path) is not a ledger of TriggerBridge: set ledger.path to another file, or move this one away"
        case .otherVersion(let path, let found):
            "the ledger \(path) has version \(found), and this program writes version \(Schema.version): "
                + "run the program that wrote it, or move it away to begin an empty one\(Self.consequence)"
        case .corrupt(let path, let detail):
            "the ledger \(path) is corrupt (\(detail)): restore it from a backup together with its -wal file, or move "
                + "both away to begin an empty one\(Self.consequence)"
        case .keyMissing(let path, let key):
            "the ledger \(path) is there and its key \(key) is not: put the key file back, or move the ledger away to "
                + "begin an empty one\(Self.consequence)"
        case .keyUnusable(let key, let detail):
            "the ledger's key \(key) cannot be used (\(detail)): put the right file back, readable by its owner only"
        case .keyDiffers(let path, let key):
            "the key \(key) is not the one that the ledger \(path) was written with: put the right one back"
        case .owned(let path):
            "the ledger \(path) is in use by another process: stop that one, or give this one its own ledger.path"
        case .absent(let path):
            "there is no ledger at \(path): set ledger.path or state.path to those of the bridge"
        case .system(let path, let detail):
            "the ledger \(path) cannot be opened: \(detail); look at the folder's owner and permissions and the disk"
        }
    }

    private static let consequence = " (what the old one recorded is then not recognised any more)"
}
