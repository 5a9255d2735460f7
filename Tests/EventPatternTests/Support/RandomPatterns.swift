import JSON
import TestSupport

/// Patterns and events from a small world of names and values, so that they often meet.
struct RandomPatterns {
    var random: Seeded

    private static let names = ["a", "b", "c", "d"]
    private static let texts = ["", "x", "y", "xy", "yx", "xyx", "X", "1", "10", "2.5", "é", "e\u{301}", "Ж", "ж", "*"]
    private static let numbers = ["0", "-0", "1", "1.0", "1e0", "2", "10", "10.10", "10.1", "-3", "1e2", "100", "2.5"]

    init(seed: UInt64) {
        random = Seeded(seed)
    }

    // MARK: Patterns

    /// A pattern text that is valid but perhaps for a path inside and outside `$or`.
    mutating func pattern(depth: Int = 3) -> String {
        var names = Self.names.shuffled(using: &random)
        var members: [String] = []
        for _ in 0...random.below(2) {
            let name = names.removeLast()
            let nests = depth > 1 && random.once(in: 3)
            members.append("\"\(name)\": " + (nests ? pattern(depth: depth - 1) : list()))
        }
        if depth > 1, random.once(in: 4) {
            let branches = (0...(1 + random.below(2))).map { _ in pattern(depth: depth - 1) }
            members.append("\"$or\": [\(branches.joined(separator: ", "))]")
        }
        return "{" + members.joined(separator: ", ") + "}"
    }

    mutating func list() -> String {
        "[" + (0...random.below(3)).map { _ in entry() }.joined(separator: ", ") + "]"
    }

    mutating func entry() -> String {
        switch random.below(16) {
        case 0, 1, 2, 3: text()
        case 4, 5: random.pick(Self.numbers)
        case 6: random.pick(["true", "false", "null"])
        case 7: random.pick(["{\"exists\": true}", "{\"exists\": false}", "{\"exists\": false}"])
        case 8: "{\"\(random.pick(["prefix", "suffix"]))\": \(word())}"
        case 9: "{\"\(random.pick(["prefix", "suffix"]))\": {\"equals-ignore-case\": \(word())}}"
        case 10: "{\"\(random.pick(["equals-ignore-case", "exactly"]))\": \(text())}"
        case 11: "{\"wildcard\": \(random.pick(["\"*x*\"", "\"x*\"", "\"*y\"", "\"*\"", "\"x*x\"", "\"\\\\*\""]))}"
        case 12: "{\"anything-but\": \(random.pick(["\"x\"", "[\"x\", \"y\"]", "1", "[1, 10.1]"]))}"
        case 13: "{\"anything-but\": {\"\(random.pick(["prefix", "suffix", "wildcard"]))\": [\(word()), \"q\"]}}"
        default: "{\"numeric\": \(range())\(random.once(in: 3) ? ", \"text\": true" : "")}"
        }
    }

    private mutating func range() -> String {
        let number = random.pick(Self.numbers)
        return random.pick([
            "[\"=\", \(number)]", "[\">\", \(number)]", "[\"<=\", \(number)]", "[\">\", 0, \"<=\", 10.10]",
        ])
    }

    private mutating func text() -> String {
        JSONValue.string(random.pick(Self.texts)).text()
    }

    private mutating func word() -> String {
        JSONValue.string(random.pick(Array(Self.texts.dropFirst().dropLast()))).text()
    }

    // MARK: Events

    mutating func object(depth: Int = 4, arrays: Bool = true) -> String {
        let members = Self.names.shuffled(using: &random).prefix(random.below(4) + 1).map { name in
            "\"\(name)\": \(value(depth: depth - 1, arrays: arrays))"
        }
        return "{" + members.joined(separator: ", ") + "}"
    }

    mutating func value(depth: Int, arrays: Bool = true) -> String {
        switch random.below(depth > 0 ? 12 : 8) {
        case 0, 1, 2: text()
        case 3, 4: random.pick(Self.numbers)
        case 5: random.pick(["true", "false", "null"])
        case 6, 7: depth > 0 && arrays && random.once(in: 3) ? "[]" : text()
        case 8 where arrays, 9 where arrays:
            "[" + (0..<random.below(4)).map { _ in value(depth: depth - 1) }.joined(separator: ", ") + "]"
        case 10: random.once(in: 6) ? "{}" : object(depth: depth, arrays: arrays)
        default: object(depth: depth, arrays: arrays)
        }
    }
}
