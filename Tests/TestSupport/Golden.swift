import Foundation

/// A golden file, in the folder `Golden` beside a test: what a text must be, to the byte.
///
/// `UPDATE_GOLDEN=1 swift test` writes the files anew; the difference is then for review to judge.
package enum Golden {
    /// Where a text first differs from the file, with both lines; nil where it does not.
    ///
    /// - Throws: what the system says where the file cannot be read or written.
    package static func difference(_ text: String, from name: String, test: String = #filePath) throws -> String? {
        let folder = URL(filePath: test).deletingLastPathComponent().appending(path: "Golden")
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let (found, wanted) = (lines(text), lines(try String(contentsOf: file, encoding: .utf8)))
        for (number, (line, want)) in zip(found, wanted).enumerated() where !line.elementsEqual(want) {
            return "\(name):\(number + 1)\n is \(String(line))\nnot \(String(want))"
        }
        return found.count == wanted.count ? nil : "\(name) has \(wanted.count) lines and not \(found.count)"
    }

    private static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
