import JSON
import Mapping

/// One difference between what a test expects and what came out, each on a line of its own so that the eye compares.
struct DifferenceText {
    private let difference: TestDifference

    /// Of long values so many characters are shown.
    private static let mostCharacters = 240
    /// How much of what is equal is shown before the first character that differs.
    private static let context = 30

    /// The text of a difference.
    init(_ difference: TestDifference) {
        self.difference = difference
    }

    /// The place, then what was expected and what was found.
    var lines: [String] {
        let (expected, found) = (difference.expected?.text(), difference.found?.text())
        let skipped = Self.skipped(expected ?? "", found ?? "")
        return [
            difference.place,
            "  expected  " + (expected.map { Self.cut($0, skipped) } ?? "nothing at all"),
            "  found     " + (found.map { Self.cut($0, skipped) } ?? "nothing at all"),
        ] + [difference.remark.map { "  \($0)" }].compactMap(\.self)
    }

    /// How many characters both begin with and need not be shown: none, unless the texts are too long to be shown whole.
    private static func skipped(_ expected: String, _ found: String) -> Int {
        guard max(expected.count, found.count) > mostCharacters else { return 0 }
        let common = zip(expected, found).prefix { $0 == $1 }.count
        return common > context * 2 ? common - context : 0
    }

    private static func cut(_ text: String, _ skipped: Int) -> String {
        let rest = text.dropFirst(skipped)
        let shown = (skipped > 0 ? "…" : "") + rest.prefix(mostCharacters)
        return rest.count > mostCharacters ? shown + "…" : shown
    }
}
