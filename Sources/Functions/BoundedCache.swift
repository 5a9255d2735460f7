import Synchronization

/// Values that are expensive to make, kept by what they are made from.
///
/// Events choose currencies and zones, so the number of values is bounded: a full cache is emptied. The lock is held for
/// one look-up; nobody else wants it on the reactor's thread, and there taking it is one atomic exchange.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let values = Mutex<[Key: Value]>([:])
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// The value of a key, made when it is first asked for; what cannot be made is not kept.
    func value<Fault: Error>(for key: Key, make: () throws(Fault) -> Value) throws(Fault) -> Value {
        if let value = values.withLock({ $0[key] }) { return value }
        let made = try make()
        values.withLock { values in
            if values.count >= limit { values.removeAll(keepingCapacity: true) }
            values[key] = made
        }
        return made
    }
}
