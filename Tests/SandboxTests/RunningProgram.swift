import Foundation

/// A program that runs beside a test: its lines as they come, its end, and a way to send it signals.
///
/// It is killed when the test lets go of it, so that a failed test leaves nothing behind. Pipes are read and the end is
/// waited for on threads of their own: the pool that runs tests must not wait, and dispatch sources of short-lived
/// programs were seen to miss the end of a pipe.
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
        try process.run()
        output = Self.lines(outputPipe.fileHandleForReading)
        error = Self.lines(errorPipe.fileHandleForReading)
        ended = Self.end(of: process)
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

    private static func end(of process: Process) -> AsyncStream<Int32> {
        let (ended, ending) = AsyncStream<Int32>.makeStream()
        Thread.detachNewThread {
            process.waitUntilExit()
            ending.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
            ending.finish()
        }
        return ended
    }

    /// What comes out of a pipe, line by line.
    private static func lines(_ handle: FileHandle) -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream<String>.makeStream()
        Thread.detachNewThread {
            var rest: [UInt8] = []
            while case let data = handle.availableData, !data.isEmpty {
                rest += data
                let parts = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
                for part in parts.dropLast() { continuation.yield(String(decoding: part, as: UTF8.self)) }
                rest = parts.last.map { Array($0) } ?? []
            }
            continuation.finish()
        }
        return lines
    }
}
