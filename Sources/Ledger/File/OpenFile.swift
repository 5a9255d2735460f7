import Glibc
import Poll

/// An open file of the system, closed with its owner: the one place here where C is called with pointers.
struct OpenFile: ~Copyable, Sendable {
    private let descriptor: Int32

    /// What the system knows of a file.
    struct Facts: Equatable {
        let size: Int64
        let isRegular: Bool
        /// Whether its group or others may do anything with it.
        let isShared: Bool
        /// Which file it is, whatever its name.
        let identity: Identity
    }

    /// Tells files apart: the device and the number on it.
    struct Identity: Equatable {
        let device: UInt
        let number: UInt
    }

    /// Opens a file, or makes one for its owner only.
    init(_ path: String, _ flags: Int32) throws(SystemCallError) {
        descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemCallError(call: "open", code: errno) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// What the system knows of it.
    func facts() throws(SystemCallError) -> Facts {
        var found = Glibc.stat()
        guard unsafe fstat(descriptor, &found) == 0 else { throw SystemCallError(call: "fstat", code: errno) }
        return Facts(found)
    }

    /// What the system knows of the file with a name; nil where there is none.
    static func facts(of path: String) -> Facts? {
        var found = Glibc.stat()
        guard unsafe fstatat(AT_FDCWD, path, &found, 0) == 0 else { return nil }
        return Facts(found)
    }

    /// How much its disk has left for this user; nil where the system does not tell.
    func freeBytes() -> Int64? {
        var found = Glibc.statvfs()
        guard unsafe fstatvfs(descriptor, &found) == 0 else { return nil }
        return Int64(clamping: UInt64(found.f_bavail) * UInt64(found.f_frsize))
    }

    /// Its first bytes, at most so many.
    func head(_ limit: Int) throws(SystemCallError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = unsafe pread(descriptor, &buffer, limit, 0)
        guard count >= 0 else { throw SystemCallError(call: "read", code: errno) }
        return Array(buffer.prefix(count))
    }

    /// Writes a few bytes and has them on the disk.
    func write(_ bytes: [UInt8]) throws(SystemCallError) {
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw SystemCallError(call: "write", code: errno)
        }
        guard fsync(descriptor) == 0 else { throw SystemCallError(call: "fsync", code: errno) }
    }

    /// Leaves it to its owner only.
    func restrict() throws(SystemCallError) {
        guard fchmod(descriptor, 0o600) == 0 else { throw SystemCallError(call: "fchmod", code: errno) }
    }

    /// Has names made in this folder on the disk; best effort, as some file systems refuse it.
    func syncFolder() {
        _ = fsync(descriptor)
    }

    /// Marks the file as this process's; false where another one has.
    ///
    /// The system drops the mark with the process.
    func lock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Takes the mark away.
    func unlock() {
        _ = flock(descriptor, LOCK_UN)
    }
}

/// Names in folders.
enum FileNames {
    /// Makes a folder for its owner only; one that is there stays as it is.
    static func makeFolder(_ path: String) throws(SystemCallError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw SystemCallError(call: "mkdir", code: errno)
        }
    }

    /// Gives a file a second name, unless another file has that name already.
    static func link(_ path: String, as name: String) throws(SystemCallError) {
        guard unsafe Glibc.link(path, name) == 0 || errno == EEXIST else {
            throw SystemCallError(call: "link", code: errno)
        }
    }

    /// Takes a name away.
    static func remove(_ path: String) {
        _ = unsafe unlink(path)
    }
}

extension OpenFile.Facts {
    fileprivate init(_ found: stat) {
        size = Int64(found.st_size)
        isRegular = found.st_mode & S_IFMT == S_IFREG
        isShared = found.st_mode & 0o077 != 0
        identity = OpenFile.Identity(device: UInt(found.st_dev), number: UInt(found.st_ino))
    }
}
