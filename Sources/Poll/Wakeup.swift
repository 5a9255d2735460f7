import CLinux
import Glibc

/// A descriptor that any thread can make readable, so that a thread in `poll` wakes up.
///
/// Wraps Linux `eventfd(2)`: signals that arrive before `clear()` collapse into one wake-up. The descriptor is
/// closed when the last reference goes, so a thread that still holds the wakeup can never write to a reused number.
package final class Wakeup: Sendable {
    /// The descriptor to wait on for readability, owned by this object.
    package let descriptor: Int32

    /// Makes a wakeup; throws when the process has no descriptors left.
    package init() throws(SystemCallError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemCallError(call: "eventfd", code: errno) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// Makes the descriptor readable.
    ///
    /// Safe from any thread and from a signal handler; never blocks.
    package func signal() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Takes all signals since the last call, so that the descriptor is not readable any more.
    package func clear() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
