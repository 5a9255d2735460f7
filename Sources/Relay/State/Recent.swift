/// What is remembered of recent launches after they are gone: the newest few thousand.
///
/// It lives as long as the process. It covers redeliveries after a lost connection, not crashes.
struct Recent<Value> {
    private let capacity: Int
    private var values: [LaunchKey: Value] = [:]
    private var order = Ring<LaunchKey>()

    /// A memory of so many launches.
    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// What is remembered of the key.
    subscript(key: LaunchKey) -> Value? {
        values.isEmpty ? nil : values[key]
    }

    /// Remembers something; the oldest is forgotten when there is too much.
    mutating func remember(_ key: LaunchKey, _ value: Value) {
        guard values.updateValue(value, forKey: key) == nil else { return }
        order.append(key)
        while order.count > capacity, let oldest = order.popFirst() { values[oldest] = nil }
    }

    /// Forgets the key.
    mutating func forget(_ key: LaunchKey) {
        if !values.isEmpty { values[key] = nil }
    }
}

/// What became of a launch: the stand-in for the ledger where that is switched off.
enum RecentFate: Hashable {
    /// It was accepted.
    case launched
    /// It may have been carried out.
    case unsure
    /// It was given back to the broker without a request.
    case untouched
}
