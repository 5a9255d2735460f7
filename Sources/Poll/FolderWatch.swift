import CLinux
import Glibc

/// Whether anything changes in a few folders, as a descriptor to wait on.
///
/// Wraps Linux `inotify(7)`. It tells that something changed and not what: whoever reads the folder afterwards sees
/// for himself, and no event can be misread, lost or come in the wrong order. Contents, names, rights and the folders
/// themselves are watched; reading is no change. One thread owns it.
package struct FolderWatch: ~Copyable {
    /// The descriptor to wait on for readability, owned by this value.
    package let descriptor: Int32
    private var watches: [String: Int32] = [:]
    /// Folders that are there and yet cannot be watched, with the reason: the system has a limit on watches.
    package private(set) var unwatched: [String: SystemCallError] = [:]

    private static let changes =
        UInt32(IN_MODIFY) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_CREATE)
        | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ATTRIB) | UInt32(IN_ONLYDIR)

    /// Watches nothing yet.
    ///
    /// - Throws: ``SystemCallError`` when the user has no inotify instances left.
    package init() throws(SystemCallError) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { throw SystemCallError(call: "inotify_init1", code: errno) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// Watches exactly these folders; returns whether one of the paths leads to another folder than the last time.
    ///
    /// A path is followed through its links. A watch stays with the folder and not with the path, so a folder that is
    /// replaced, or a link on the way that is turned, is only seen by calling this again, which costs a system call for
    /// each path and changes nothing where all is as it was.
    package mutating func watch(_ paths: Set<String>) -> Bool {
        var next: [String: Int32] = [:]
        unwatched = [:]
        for path in paths {
            let watch = unsafe inotify_add_watch(descriptor, path, FolderWatch.changes)
            if watch >= 0 {
                next[path] = watch
            } else if errno == ENOSPC || errno == ENOMEM {
                unwatched[path] = SystemCallError(call: "inotify_add_watch", code: errno)
            }
        }
        let isOther = next != watches
        let kept = Set(next.values)
        for watch in Set(watches.values) where !kept.contains(watch) { _ = inotify_rm_watch(descriptor, watch) }
        watches = next
        return isOther
    }

    /// Takes what has been told so far; returns whether there was anything.
    package mutating func drain() -> Bool {
        var hasChanged = false
        // One event takes 16 bytes and a name of at most 256.
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while unsafe read(descriptor, &buffer, buffer.count) > 0 { hasChanged = true }
        return hasChanged
    }
}
