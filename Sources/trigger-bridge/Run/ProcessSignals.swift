import Poll
import Synchronization

/// The process's signals: blocked before any thread starts, watched by the one command that wants them.
enum ProcessSignals {
    private static let source = Mutex<SignalSource?>(nil)

    /// Blocks the signals of an orderly stop, for commands that listen to them; others are ended by them as usual.
    static func prepare() {
        guard CommandLine.arguments.dropFirst().first == "run" else { return }
        source.withLock { $0 = try? SignalSource() }
    }

    /// The signals, for the command that runs the bridge.
    static var prepared: SignalSource? {
        source.withLock { $0 }
    }
}
