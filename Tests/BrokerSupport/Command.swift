import Foundation

/// A command run to its end, for tests: never on the pool that runs them.
package enum Command {
    /// A command that failed, with what it said.
    package struct Failure: Error, CustomStringConvertible {
        /// The command and its arguments.
        package let command: [String]
        /// Both of its outputs.
        package let output: String

        /// One line.
        package var description: String { "\(command.joined(separator: " ")) failed: \(output)" }
    }

    /// Runs the command with no input, for two minutes at most; returns what it wrote.
    @discardableResult
    package static func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // A broker that stands still must fail its test, and not keep all others from running.
        process.arguments = ["timeout", "--kill-after=5", "120"] + command
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: command, output: said) }
        return said
    }
}
