import Foundation
import JSON
import TestSupport
import Testing

/// The built program, run as people run it: arguments, standard input, exit code, what it prints.
struct Command {
    /// What a run came to.
    struct Outcome {
        let exit: Int32
        let output: String
        let errors: String

        /// The output as JSON.
        var json: JSONNode {
            get throws {
                let limits = JSONLimits(depth: JSONLimits.deepestDepth, refusesDuplicates: false)
                return try JSONDocument.parse(output, limits: limits).root
            }
        }
    }

    /// The program lies beside the tests, wherever those were built.
    static let program = BuiltPrograms.url("trigger-bridge").path

    /// Where a program that counts its coverage writes it: where the tests do, and never into the folders of tests.
    private static let profile = ProcessInfo.processInfo.environment["LLVM_PROFILE_FILE"] ?? "/dev/null"

    /// A command that takes longer hangs.
    private static let mostSeconds = "100"

    /// Runs the program to its end, in a folder and with an environment of its own.
    static func run(
        _ arguments: [String], in folder: TemporaryFolder, input: [UInt8] = [], environment: [String: String] = [:],
        output: String? = nil
    ) async throws -> Outcome {
        let files = try TemporaryFolder()
        try files.write("input", input)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = [mostSeconds, program] + arguments
        process.currentDirectoryURL = folder.url
        process.environment = environment.merging(["PATH": "/usr/bin:/bin", "LLVM_PROFILE_FILE": profile]) { given, _ in
            given
        }
        process.standardInput = try FileHandle(forReadingFrom: files.url.appending(path: "input"))
        let outputPath = output ?? files.path("output")
        if output == nil { try files.write("output", []) }
        try files.write("errors", [])
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: outputPath))
        process.standardError = try FileHandle(forWritingTo: files.url.appending(path: "errors"))
        try await finish(process)
        return Outcome(
            exit: process.terminationStatus, output: output == nil ? try files.text("output") : "",
            errors: try files.text("errors"))
    }

    /// Runs a line of the shell with `$bridge` as the program; tells its exit code and output.
    static func shell(_ script: String, in folder: TemporaryFolder) async throws -> Outcome {
        let files = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = [mostSeconds, "/bin/bash", "-c", script]
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/bin:/bin", "bridge": program, "LLVM_PROFILE_FILE": profile]
        try files.write("output", [])
        let output = try FileHandle(forWritingTo: files.url.appending(path: "output"))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try await finish(process)
        return Outcome(exit: process.terminationStatus, output: try files.text("output"), errors: "")
    }

    /// Starts a process and waits for its end; no thread of the pool that runs tests is held meanwhile.
    ///
    /// Its files are closed here then: a process that has ended still keeps them, and a thousand open descriptors are
    /// more than `Process` can count (it copies 256 bytes of the last entry of `/proc/self/fd`, wherever those end).
    private static func finish(_ process: Process) async throws {
        let files = [process.standardInput, process.standardOutput, process.standardError]
            .compactMap { $0 as? FileHandle }
        defer {
            for file in files where file !== FileHandle.nullDevice { try? file.close() }
        }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}
