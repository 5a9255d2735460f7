import Foundation
import TestSupport
import Testing

/// A program of this package that runs beside a test.
///
/// It lies beside the test binary, and dies with the thread that started it (PR_SET_PDEATHSIG), which is the test's own:
/// neither a failed test nor a killed test run leaves it behind.
final class Child {
    let output: String
    let errors: String
    private let process = Process()
    private let scribe = Process()

    /// Starts a program whose two outputs go to files of this name.
    ///
    /// Another process writes what it says on standard error: limits on the program's own files are none on its log.
    convenience init(_ program: String, _ arguments: [String], in place: TemporaryFolder, name: String) throws {
        try self.init([BuiltPrograms.url(program).path] + arguments, in: place, name: name)
    }

    /// Starts a line of the shell, which finds the programs by their names.
    convenience init(
        shell line: String, in place: TemporaryFolder, name: String, environment: [String: String] = [:]
    ) throws {
        let path = ["PATH": "\(BuiltPrograms.folder.path):/usr/bin:/bin"]
        try self.init(
            ["/bin/bash", "-ec", line], in: place, name: name, environment: environment.merging(path) { $1 })
    }

    private init(
        _ command: [String], in place: TemporaryFolder, name: String,
        environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) throws {
        output = try place.write("\(name).out", "")
        errors = try place.write("\(name).log", "")
        let said = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["--ignore-signal=XFSZ", "setpriv", "--pdeathsig", "KILL"] + command
        process.currentDirectoryURL = URL(filePath: place.path)
        process.environment = environment.merging(["LANG": "C.UTF-8"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = said.fileHandleForWriting
        scribe.executableURL = URL(filePath: "/usr/bin/cat")
        scribe.standardInput = said.fileHandleForReading
        scribe.standardOutput = try FileHandle(forWritingTo: URL(filePath: errors))
        try Self.hearingSignals { try process.run() }
        try said.fileHandleForWriting.close()
        try scribe.run()
        try said.fileHandleForReading.close()
    }

    /// A child is born with the signals blocked that its parent's thread blocks; a shell never unblocks them.
    private static func hearingSignals(_ work: () throws -> Void) rethrows {
        var (none, before) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try work()
    }

    deinit {
        signal(SIGKILL)
    }

    var isRunning: Bool { process.isRunning }
    var identifier: Int32 { process.processIdentifier }

    /// Sends a signal.
    func signal(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// Ends it as a power cut would, and waits until it is gone.
    func crash() throws {
        signal(SIGKILL)
        _ = try end()
    }

    /// Waits for its end, and until all that it said is in its file: the exit code, or below zero the signal that ended it.
    func end(seconds: Int = 90) throws -> Int32 {
        try wait(for: "the end of \(errors)", seconds: seconds, every: 5) { !process.isRunning && !scribe.isRunning }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Lets no file that it writes grow beyond this, as a full disk would; nil ends that.
    func limitFiles(to bytes: Int?) throws {
        let limit = bytes.map { "\($0):" } ?? "unlimited:"
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/prlimit")
        tool.arguments = ["--pid", String(identifier), "--fsize=\(limit)"]
        try tool.run()
        try wait(for: "prlimit") { !tool.isRunning }
        #expect(tool.terminationStatus == 0)
    }
}
