/// A broker's words for a declaration that does not fit what is there: which property, and what it is in truth.
///
/// RabbitMQ writes `inequivalent arg 'x-queue-type' for queue 'orders' in vhost '/': received the value 'none-such' of
/// type 'longstr' but current is the value 'quorum' of type 'longstr'`; `received 'none-such' but current is 'quorum'`
/// where both have one type; and `current is none` (seen with 3.10.8). The text ends after 255 bytes, whatever is
/// missing then.
struct Inequivalence: Equatable {
    /// The argument or property: `x-queue-type`, `durable`.
    let name: String
    /// What the queue has; nil for none.
    let current: String?
    /// The AMQP type of that value, where the broker writes it: `longstr`.
    let type: String?

    private static let start = "inequivalent arg '"
    private static let middle = "but current is "

    /// Reads the words; nil where they say something else or are cut short.
    init?(_ text: String) {
        guard let start = text.firstRange(of: Self.start), let middle = text.lastRange(of: Self.middle) else {
            return nil
        }
        name = String(text[start.upperBound...].prefix { $0 != "'" })
        let rest = text[middle.upperBound...]
        if rest == "none" {
            (current, type) = (nil, nil)
        } else if let value = Self.between("the value '", "' of type '", rest) {
            current = String(value)
            type = Self.between("' of type '", "'", rest[value.endIndex...]).map(String.init)
            guard type != nil else { return nil }
        } else {
            guard rest.count >= 2, rest.first == "'", rest.last == "'" else { return nil }
            current = String(rest.dropFirst().dropLast())
            type = nil
        }
    }

    /// The value in its own type, for a declaration that fits.
    var value: AMQPValue? {
        guard let current else { return nil }
        switch type {
        case "longstr": return .text(AMQPText(current))
        case "bool": return .boolean(current == "true")
        case nil: return QueueArgument(rawValue: name)?.value(current)
        default: return Int64(current).map { .int64($0) }
        }
    }

    private static func between(_ start: String, _ end: String, _ text: Substring) -> Substring? {
        guard text.hasPrefix(start) else { return nil }
        let inner = text.dropFirst(start.count)
        guard let last = inner.lastRange(of: end) else { return nil }
        return inner[..<last.lowerBound]
    }
}

extension StringProtocol {
    /// Where a text occurs for the last time.
    fileprivate func lastRange(of text: String) -> Range<Index>? {
        ranges(of: text).last
    }
}
