import Foundation

/// Where the program prints: the address on standard output, everything else on standard error, a line at a time.
enum StandardStreams {
    /// Prints a line that others wait for.
    static func output(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }

    /// Prints a line for people.
    static func error(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
