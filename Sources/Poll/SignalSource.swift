import CLinux
import Glibc

/// Signals of the process as a descriptor to wait on, instead of handlers that interrupt.
///
/// Wraps `signalfd(2)`. The signals are blocked for the thread that makes the source and for every thread it starts
/// afterwards, so it must be made before any other thread.
package final class SignalSource: Sendable {
    /// The signals that a service listens to.
    package enum Signal: Sendable, Hashable, CaseIterable {
        /// SIGTERM: end in order.
        case terminate
        /// SIGINT: end in order, asked for from the terminal.
        case interrupt
        /// SIGHUP: read files again.
        case hangUp

        /// The number of the signal.
        package var number: Int32 {
            switch self {
            case .terminate: SIGTERM
            case .interrupt: SIGINT
            case .hangUp: SIGHUP
            }
        }
    }

    /// The descriptor to wait on for readability, owned by this object.
    package let descriptor: Int32

    /// Blocks the signals and watches for them; SIGPIPE is ignored from here on, as writes to a closed peer are errors.
    ///
    /// - Throws: ``SystemCallError`` when the process has no descriptors left.
    package init(_ signals: [Signal] = Signal.allCases) throws(SystemCallError) {
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        for signal in signals { unsafe sigaddset(&mask, signal.number) }
        unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
        _ = Glibc.signal(SIGPIPE, SIG_IGN)
        descriptor = unsafe signalfd(-1, &mask, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemCallError(call: "signalfd", code: errno) }
    }

    deinit {
        _ = close(descriptor)
    }

    /// Takes the next signal that has arrived, or nil.
    package func next() -> Signal? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard unsafe read(descriptor, &info, size) == size else { return nil }
        return Signal.allCases.first { UInt32($0.number) == info.ssi_signo }
    }
}
