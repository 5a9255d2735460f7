import Glibc
import Poll

/// How a ledger stands, looked at without making, opening for writing or changing it.
package enum LedgerCheck {
    /// How it stands.
    package enum State: Sendable, Equatable {
        /// There is none, and the folder, or the one that it would be made in, can be written.
        case absent
        /// It is there, ours, and can be written.
        case usable
        /// A process is writing it.
        case inUse
    }

    /// Looks at a ledger.
    ///
    /// - Throws: ``LedgerFault``, in words for an operator.
    package static func look(at path: String) throws(LedgerFault) -> State {
        guard try !LedgerProbe.isEmpty(path) else {
            try requireWritable(folder(of: path), path)
            return .absent
        }
        // It looks at the version and the key.
        _ = try LedgerFinder(path: path)
        do throws(LedgerFault) {
            _ = try OwnerLock(ledger: path)
        } catch .owned {
            return .inUse
        }
        for name in [path, folder(of: path)] { try requireWritable(name, path) }
        return .usable
    }

    /// The folder that it lies in, or the nearest above that is there.
    private static func folder(of path: String) -> String {
        var folder = LedgerFolder.path(of: path)
        while OpenFile.facts(of: folder) == nil, folder != ".", folder != "/" {
            folder = LedgerFolder.path(of: folder)
        }
        return folder
    }

    private static func requireWritable(_ name: String, _ path: String) throws(LedgerFault) {
        guard unsafe access(name, W_OK) == 0 else {
            throw .system(path: path, detail: "\(name): \(SystemCallError(call: "access", code: errno))")
        }
        guard (try? OpenFile(name, O_RDONLY).freeBytes()).flatMap(\.self) ?? .max >= leastFree else {
            throw .system(path: path, detail: "\(name): less than \(leastFree >> 20) MiB are free on its disk")
        }
    }

    /// Below this a day's launches do not fit, and launching stops when the disk is full.
    private static let leastFree: Int64 = 64 << 20
}
