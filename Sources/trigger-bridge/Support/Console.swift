import Foundation

/// Where commands print: results on standard output, everything else on standard error.
enum Console {
    /// Prints a line of the result.
    static func result(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Prints a line about the command itself.
    static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
