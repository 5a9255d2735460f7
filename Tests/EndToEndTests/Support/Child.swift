import Foundation
import Testing

/// A program of this package that runs beside a test.
///
/// It lies beside the test binary, and dies with the thread that started it (PR_SET_PDEATHSIG), which is the test's own:
/// neither a failed test nor a killed test run leaves it behind.
final class Child {
    let output: String
    let errors: String
    private let process = Process()

    /// Starts a program whose two outputs go to files of this name.
    init(_ program: String, _ arguments: [String], in place: Workplace, name: String) throws {
        let beside = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        output = try place.write("\(name).out", "")
        errors = try place.write("\(name).log", "")
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "KILL", beside.appending(path: program).path] + arguments
        process.currentDirectoryURL = URL(filePath: place.path)
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var isRunning: Bool { process.isRunning }

    /// Sends a signal.
    func signal(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Ends it as a power cut would, and waits until it is gone.
    func crash() throws {
        signal(SIGKILL)
        _ = try end()
    }

    /// Waits for its end: the exit code, or the signal that ended it below zero.
    func end(seconds: Int = 90) throws -> Int32 {
        try wait(for: "the end of \(errors)", seconds: seconds, every: 5) { !process.isRunning }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}
