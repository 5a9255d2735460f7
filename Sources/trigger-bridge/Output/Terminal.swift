import Files
import Foundation
import Settings
import Synchronization

/// Where commands print: results on standard output, everything else on standard error.
enum Terminal {
    /// Whether whoever read standard output has left; nothing more is printed then, and the exit code stays what it is.
    static var isAbandoned: Bool { abandoned.load(ordering: .relaxed) }

    private static let abandoned = Atomic(false)

    /// A reader that leaves early (`| head`) is an error of the write and not the end of the process.
    private static let ignoresBrokenPipe: Void = {
        _ = signal(SIGPIPE, SIG_IGN)
    }()

    /// Prints a line of the result.
    static func result(_ text: String) {
        write(Array((text + "\n").utf8))
    }

    /// Prints bytes of the result as they are.
    static func write(_ bytes: [UInt8]) {
        _ = ignoresBrokenPipe
        guard !isAbandoned, !bytes.isEmpty else { return }
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            abandoned.store(true, ordering: .relaxed)
            guard !isBrokenPipe(error) else { return }
            // A full disk, say: a result that is cut must not look like a whole one.
            self.error("error: standard output cannot be written: \(FileFault.reason(error))")
            exit(CommandExit.usage.rawValue)
        }
    }

    /// Prints a line about the command itself.
    static func error(_ text: String) {
        _ = ignoresBrokenPipe
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    private static func isBrokenPipe(_ error: any Error) -> Bool {
        let cause = FileFault.cause(of: error)
        return cause.domain == NSPOSIXErrorDomain && cause.code == Int(EPIPE)
    }
}
