import JSON
import JSONPath

/// A JSONPath query that a command is given.
enum QueryInput {
    /// Reads a query from a file, or standard input where the path is `-`; the line break at its end is the editor's.
    ///
    /// - Throws: `usage`, after saying what is wrong.
    static func read(file path: String) throws(CommandExit) -> (text: String, name: String) {
        // Four bytes for each scalar of the longest query, and the line break.
        let input = try InputFile.read(path, limit: JSONPathLimits.length * 4 + 2, else: .usage)
        var text = try input.text()
        if text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        return (text, input.name)
    }

    /// Reads and checks a query, and shows the patterns in it that mean something else than they seem to.
    ///
    /// - Throws: `usage`, after showing the place of the fault.
    static func parse(_ text: String, name: String) throws(CommandExit) -> JSONPathQuery {
        do throws(JSONPathError) {
            let query = try JSONPathQuery.parse(text)
            for finding in query.regexpFindings {
                let lines = show(finding.message, "warning", at: finding.position, in: text, name: name)
                Terminal.error(lines.joined(separator: "\n"))
            }
            return query
        } catch {
            Terminal.error(explain(error, in: text, name: name))
            throw .usage
        }
    }

    /// The fault with its place, the line that it stands in, a mark below it, and what to write instead.
    static func explain(_ error: JSONPathError, in text: String, name: String) -> String {
        var lines = show(error.message, "error", at: error.position, in: text, name: name)
        if let hint = error.hint { lines.append("  \(hint)") }
        return lines.joined(separator: "\n")
    }

    /// A sentence about a column of the query, the line that it stands in, and a mark below it.
    private static func show(
        _ message: String, _ severity: String, at position: Int, in text: String, name: String
    ) -> [String] {
        let before = text.unicodeScalars.prefix(position - 1)
        let start = before.lastIndex(of: "\n").map { text.unicodeScalars.index(after: $0) } ?? text.startIndex
        let line = before.count { $0 == "\n" } + 1
        let column = text.unicodeScalars.distance(from: start, to: before.endIndex) + 1
        return ["\(name):\(line):\(column): \(severity): \(message)"]
            + excerpt(text.unicodeScalars[start...].prefix { $0 != "\n" }, column: column)
    }

    /// The part of a line around a column, and a line with a mark below it; of long lines what is near.
    private static func excerpt(_ line: Substring.UnicodeScalarView, column: Int) -> [String] {
        let skipped = max(0, column - 60)
        let shown = line.dropFirst(skipped).prefix(100).map { scalar in
            scalar.properties.generalCategory == .control ? "\u{FFFD}" : Character(scalar)
        }
        guard !shown.isEmpty else { return [] }
        return ["  " + String(shown), "  " + String(repeating: " ", count: column - 1 - skipped) + "^"]
    }
}
