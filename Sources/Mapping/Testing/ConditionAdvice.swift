import EventPattern
import JSON

/// What to write in the one condition that keeps an event away, where it nearly accepts what the event has.
///
/// Nothing is guessed: what is advised has been tried on the value.
enum ConditionAdvice {
    /// The advice; nil where several conditions do not hold, or where nobody can say what was meant.
    static func text(_ explanation: PatternExplanation) -> String? {
        guard explanation.failures.count == 1, let failure = explanation.failures.first else { return nil }
        // A value that was cut for people is no JSON any more, and is passed over.
        let found = failure.found.compactMap { try? JSONDocument.parse($0.value).root }
        let entries = failure.node?.elements.map(\.self) ?? parsed(failure.wanted)?.elements.map(\.self) ?? []
        let isTransport = failure.place == .exchange || failure.place == .routingKey
        return entries.lazy.flatMap { entry in found.lazy.map { (entry: entry, value: $0) } }
            .compactMap { isTransport ? name($0.entry, $0.value) : value($0.entry, $0.value) }.first
    }

    /// Exchanges and routing keys: names, whose spaces and capitals count.
    private static func name(_ entry: JSONNode, _ value: JSONNode) -> String? {
        guard let wanted = entry.string, let found = value.string else { return nil }
        let plain = trimmed(wanted)
        if plain != wanted, (try? RoutingKeyPattern(plain))?.matches(found) == true {
            return "spaces at the ends count: write \(JSONValue.string(plain).text())"
        }
        guard wanted.lowercased() == found.lowercased() else { return nil }
        return "capital and small letters differ: write \(value.text())"
    }

    private static func value(_ entry: JSONNode, _ value: JSONNode) -> String? {
        switch (entry.kind, value.kind) {
        case (.string, .string): texts(entry, value)
        case (.string, .number): quoted(entry, value) ?? comparison(entry, value)
        case (.string, .bool), (.string, .null): quoted(entry, value)
        case (.number, .string), (.bool, .string): unquoted(entry, value)
        default: nil
        }
    }

    private static func quoted(_ entry: JSONNode, _ value: JSONNode) -> String? {
        guard let text = entry.string, accepts(text, value) else { return nil }
        return "it is no text in the event: write \(text) without quotes"
    }

    private static func unquoted(_ entry: JSONNode, _ value: JSONNode) -> String? {
        guard value.string == entry.text() else { return nil }
        return "it is a text in the event: write \(value.text()) with quotes"
    }

    private static func texts(_ entry: JSONNode, _ value: JSONNode) -> String? {
        guard let wanted = entry.string, let found = value.string else { return nil }
        if trimmed(wanted) == trimmed(found) { return "spaces at the ends count: write \(value.text())" }
        let wildcard = #"{"wildcard": \#(entry.text())}"#
        if wanted.contains("*"), accepts(wildcard, value) {
            return "a star counts in a wildcard only: write \(wildcard)"
        }
        let folded = #"{"equals-ignore-case": \#(entry.text())}"#
        if accepts(folded, value) { return "capital and small letters differ: write \(folded)" }
        return comparison(entry, value)
    }

    /// `">= 1000"`, which is a text and no comparison.
    private static func comparison(_ entry: JSONNode, _ value: JSONNode) -> String? {
        let text = trimmed(entry.string ?? "")
        let sign = text.prefix { "<>=".contains($0) }
        let number = trimmed(text.dropFirst(sign.count))
        guard !sign.isEmpty, parsed(number)?.kind == .number else { return nil }
        let isText = value.kind == .string
        let numeric = #"{"numeric": ["\#(sign)", \#(number)]\#(isText ? #", "text": true"# : "")}"#
        return accepts(numeric, value) ? "a comparison is an operator: write \(numeric)" : nil
    }

    /// Whether a condition with this entry alone accepts the value.
    private static func accepts(_ entry: String, _ value: JSONNode) -> Bool {
        guard let pattern = parsed(#"{"x": [\#(entry)]}"#), let event = parsed(#"{"x": \#(value.text())}"#) else {
            return false
        }
        return EventPattern.compile(pattern).pattern?.matches(event) == true
    }

    private static func parsed(_ text: some StringProtocol) -> JSONNode? {
        try? JSONDocument.parse(String(text)).root
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
