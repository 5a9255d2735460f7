import Foundation
import Synchronization

/// A program that runs beside a test: its lines as they come, its end, and a way to send it signals.
///
/// It is killed when the test lets go of it, so that a failed test leaves nothing behind.
final class RunningProgram: Sendable {
    /// The lines of standard output, until it ends.
    let output: AsyncStream<String>
    /// The lines of standard error, until it ends.
    let error: AsyncStream<String>
    private let ended: AsyncStream<Int32>
    private let process: Process

    /// Starts a program.
    init(_ program: URL, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        output = Self.lines(outputPipe)
        error = Self.lines(errorPipe)
        let (ended, ending) = AsyncStream<Int32>.makeStream()
        self.ended = ended
        process.terminationHandler = { process in
            ending.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            ending.finish()
        }
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// The exit status, once the program has ended; the signal below zero when one has ended it.
    var status: Int32 {
        get async {
            for await status in ended { return status }
            return .min
        }
    }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// A pipe whose lines come as a stream.
    private static func lines(_ pipe: Pipe) -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream<String>.makeStream()
        let rest = Mutex(Data())
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            rest.withLock { rest in
                rest += data
                while let end = rest.firstIndex(of: 0x0A) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            if data.isEmpty {
                handle.readabilityHandler = nil
                continuation.finish()
            }
        }
        return lines
    }
}
