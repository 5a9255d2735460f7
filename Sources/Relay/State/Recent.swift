/// What is remembered of recent launches after they are gone: the newest few thousand.
///
/// It lives as long as the process. It covers redeliveries after a lost connection, not crashes.
struct Recent<Value> {
    private struct Memory {
        var value: Value
        /// Tells what was remembered anew from what was forgotten before.
        let number: UInt64
    }

    private let capacity: Int
    private var memories: [LaunchKey: Memory] = [:]
    /// By age; what was forgotten since stays in it for a while.
    private var order = Ring<(key: LaunchKey, number: UInt64)>()
    private var count: UInt64 = 0

    /// A memory of so many launches.
    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// What is remembered of the key.
    subscript(key: LaunchKey) -> Value? {
        memories.isEmpty ? nil : memories[key]?.value
    }

    /// Remembers something; the oldest is forgotten when there is too much.
    mutating func remember(_ key: LaunchKey, _ value: Value) {
        if memories[key] != nil {
            memories[key]?.value = value
            return
        }
        count += 1
        memories[key] = Memory(value: value, number: count)
        order.append((key, count))
        while memories.count > capacity, let oldest = order.popFirst() {
            if memories[oldest.key]?.number == oldest.number { memories[oldest.key] = nil }
        }
        if order.count > 2 * capacity { order.keep { memories[$0.key]?.number == $0.number } }
    }

    /// Forgets the key.
    mutating func forget(_ key: LaunchKey) {
        if !memories.isEmpty { memories[key] = nil }
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
