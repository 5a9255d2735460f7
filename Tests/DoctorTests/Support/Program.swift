import Foundation
import JSON
import Poll
import TestSupport

/// A built program, run as operators run it, by a test that has a thread of its own.
///
/// It is killed when the test lets go of it, so that a failed test leaves nothing behind.
final class Program {
    /// A program that did not do what was waited for, with what it said.
    struct Late: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let errors = Pipe()
    private var text = ""

    /// Starts one of the programs that lie beside the tests.
    init(_ name: String, _ arguments: [String]) throws {
        process.executableURL = BuiltPrograms.url(name)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What it has written so far.
    var said: String { text }

    /// Its lines that hold all of these texts.
    func lines(_ parts: String...) -> [String] {
        text.split(separator: "\n").map(String.init).filter { line in parts.allSatisfy(line.contains) }
    }

    /// Reads on until there are so many lines that hold all of these texts; the last of them.
    @discardableResult
    func wait(for parts: String..., count: Int = 1, within limit: Duration = .seconds(20)) throws -> String {
        let deadline = MonotonicTime.now().advanced(by: limit)
        while true {
            let found = text.split(separator: "\n").filter { line in parts.allSatisfy(line.contains) }
            if found.count >= count { return String(found[count - 1]) }
            let left = deadline.since(.now()).nanoseconds / 1_000_000
            guard left > 0, read(milliseconds: Int32(clamping: left)) else {
                throw Late(description: "no line with \(parts) in:\n\(text)")
            }
        }
    }

    private func read(milliseconds: Int32) -> Bool {
        var poll = PollSet()
        poll.add(errors.fileHandleForReading.fileDescriptor, .readable)
        guard poll.wait(milliseconds: milliseconds) > 0 else { return true }
        let data = errors.fileHandleForReading.availableData
        text += String(decoding: data, as: UTF8.self)
        return !data.isEmpty
    }

    /// Ends it in order; its exit code.
    func stop() -> Int32 {
        kill(process.processIdentifier, SIGTERM)
        while read(milliseconds: 10_000) {}
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// How a run that ends by itself went.
    struct Outcome {
        let exit: Int32
        let output: String
        let errors: String

        /// The output as JSON.
        var json: JSONNode {
            get throws { try JSONDocument.parse(output, limits: JSONLimits()).root }
        }
    }

    /// Runs `trigger-bridge` to its end.
    static func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = ["60", BuiltPrograms.url("trigger-bridge").path] + arguments
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        let folder = try TemporaryFolder()
        let names = ["output", "errors"]
        for name in names { try folder.write(name, "") }
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder.path("output")))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: folder.path("errors")))
        try process.run()
        process.waitUntilExit()
        return Outcome(
            exit: process.terminationStatus, output: try folder.text("output"), errors: try folder.text("errors"))
    }
}
