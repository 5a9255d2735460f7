/// What became of recent launches: the stand-in for the ledger where that is switched off.
///
/// It lives as long as the process and holds the newest fates only, so it covers redeliveries after a lost connection,
/// not crashes.
struct FateMemory {
    /// What is remembered of a launch.
    enum Fate: Hashable {
        /// It was accepted.
        case launched
        /// It may have been carried out.
        case unsure
        /// It was given back to the broker without a request.
        case untouched
    }

    private let capacity: Int
    private var fates: [LaunchKey: Fate] = [:]
    private var order = Ring<LaunchKey>()

    /// A memory of so many fates.
    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// What is remembered of the key.
    subscript(key: LaunchKey) -> Fate? { fates[key] }

    /// Remembers a fate; the oldest is forgotten when there are too many.
    mutating func remember(_ key: LaunchKey, _ fate: Fate) {
        guard fates.updateValue(fate, forKey: key) == nil else { return }
        order.append(key)
        while order.count > capacity, let oldest = order.popFirst() { fates[oldest] = nil }
    }
}
