import CRabbitMQShim
import Glibc
package import Poll

/// A thread with a stack that librabbitmq cannot run out of.
///
/// Its version 0.11 decodes nested tables by recursion without a limit: one frame of 128 KiB nests some 26,000
/// levels (five bytes each). Whatever reads frames runs on such a thread. Only touched pages take memory.
package enum DeepStackThread {
    /// About 26,000 levels at some 300 bytes for each of two functions, several times over.
    package static let stackBytes = 64 << 20

    /// Starts a thread that nobody joins; `name` (15 bytes at most) is what `top -H` shows.
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, stackBytes)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(name: name, body: body))
        let status = unsafe pthread_create(&thread, &attributes, runWork, work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            throw SystemCallError(call: "pthread_create", code: status)
        }
    }

    /// What a new thread is given through the C pointer.
    fileprivate final class Work: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { return nil }
    let work = unsafe Unmanaged<DeepStackThread.Work>.fromOpaque(argument).takeRetainedValue()
    unsafe tb_name_thread(work.name)
    work.body()
    return nil
}
