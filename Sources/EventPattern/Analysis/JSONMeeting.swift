import JSON

/// What one part of an event can be so that patterns of two conditions hold.
enum JSONMeeting {
    /// Neither condition asks anything.
    case nothing
    /// This value suits both.
    case value(JSONValue)
    /// No value suits both.
    case impossible
    /// None was found, and none was excluded.
    case unknown

    /// The value that was found.
    var value: JSONValue? {
        if case .value(let value) = self { value } else { nil }
    }

    /// Whether the part does not stand in the way of a witness.
    var isKnown: Bool {
        switch self {
        case .nothing, .value: true
        case .impossible, .unknown: false
        }
    }
}

extension EventPattern {
    /// Whether a value that is not in any document yet meets the pattern.
    func matches(_ value: JSONValue) -> Bool {
        guard let document = try? JSONDocument.parse(value.text()) else { return false }
        return matches(document.root)
    }
}
