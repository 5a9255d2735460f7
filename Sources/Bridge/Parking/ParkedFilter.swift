import AMQP
package import Outcome

/// Which parked messages are meant; without a condition, all of them.
package struct ParkedFilter: Sendable, Equatable {
    /// Names of messages, or identities of events.
    package var ids: Set<String> = []
    /// One of these classes.
    package var classes: Set<LaunchClass> = []
    /// One of these mappings.
    package var mappings: Set<String> = []
    /// Parked at or after this time.
    package var since: Int64?
    /// Parked before this time.
    package var until: Int64?
    /// A text in the event's identity, exchange, routing key, reason or body, however its letters are written.
    package var text: String?

    /// Everything.
    package init() {}

    /// Whether it names nothing in particular.
    package var isEmpty: Bool { self == ParkedFilter() }

    /// Whether a message is meant; a stranger's has no class, mapping and time.
    package func matches(_ message: ParkedMessage) -> Bool {
        guard ids.isEmpty || names(message) else { return false }
        if let record = message.record {
            guard matches(record), mappings.isEmpty || concerns(mappings, message, record) else { return false }
        } else if !classes.isEmpty || !mappings.isEmpty || since != nil || until != nil {
            return false
        }
        return text.map { TextSearch($0).isFound(in: message) } ?? true
    }

    private func matches(_ record: ParkedRecord) -> Bool {
        let isClass = classes.isEmpty || record.parts.contains { classes.contains($0.launchClass) }
        let isInTime = record.parkedAt >= since ?? .min && record.parkedAt < until ?? .max
        return isClass && isInTime
    }

    /// Whether one of the mappings has a part in a message: not all parts are told where there are many.
    private func concerns(_ mappings: Set<String>, _ message: ParkedMessage, _ record: ParkedRecord) -> Bool {
        if record.parts.contains(where: { $0.mapping.map(mappings.contains) ?? false }) { return true }
        let owed = OwedLaunches(message.delivery.properties.headers)
        return owed?.groups.contains { mappings.contains($0.mapping) } ?? false
    }

    private func names(_ message: ParkedMessage) -> Bool {
        ids.contains(message.id.description) || (message.record.map { ids.contains($0.event) } ?? false)
    }

    /// Which of the names a message answers to.
    package func names(of message: ParkedMessage) -> [String] {
        [message.id.description, message.record?.event].compactMap(\.self).filter(ids.contains)
    }
}

/// A text that is looked for in a message, whatever its bytes are.
private struct TextSearch {
    private let needle: [UInt8]

    init(_ text: String) {
        needle = Array(text.lowercased().utf8)
    }

    func isFound(in message: ParkedMessage) -> Bool {
        if let record = message.record, isFound(in: record) { return true }
        return isFound(in: message.delivery.body)
    }

    private func isFound(in record: ParkedRecord) -> Bool {
        let texts = [record.event, record.origin.exchange.description, record.origin.routingKey.description]
        return (texts + record.parts.map(\.sentence)).contains { isFound(in: Array($0.utf8)) }
    }

    private func isFound(in bytes: [UInt8]) -> Bool {
        guard bytes.count >= needle.count, let first = needle.first else { return needle.isEmpty }
        // Where a body is ASCII, as most are, no text is made of it.
        let isPlain = bytes.allSatisfy { $0 < 0x80 }
        let lower = isPlain ? bytes.map(Self.lower) : Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
        guard lower.count >= needle.count else { return false }
        return (0...(lower.count - needle.count)).contains { start in
            lower[start] == first && lower[start..<(start + needle.count)].elementsEqual(needle)
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
