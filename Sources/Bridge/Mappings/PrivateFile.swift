import Foundation
import Glibc
import Poll

/// Files that only their owner may read, replaced whole: the boundary to the calls that Foundation does not offer.
enum PrivateFile {
    /// Writes the bytes to a new file, waits until they are on the disk, and puts it in the place of the former.
    ///
    /// - Parameter passing: where the new file is made; in the same folder, and nobody else writes there.
    static func replace(_ path: String, with bytes: [UInt8], by passing: String) throws {
        // Not what an earlier crash left there: its rights may be others.
        _ = unsafe unlink(passing)
        let descriptor = unsafe open(passing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemCallError(call: "open", code: errno) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
        try file.close()
        guard unsafe rename(passing, path) == 0 else { throw SystemCallError(call: "rename", code: errno) }
    }
}
