import Synchronization

/// Says of most keys, without asking the file, that they are certainly not in the ledger.
///
/// Shared by whoever asks and the ledger's thread, which builds it at the start and again when it has become too full.
/// Until the first one is built it says nothing, and every question goes to the file.
final class KeyFilter: Sendable {
    /// Most memory of one filter; at 12 bits a key that is 22 million launches, and above that it errs more often.
    static let byteLimit = 32 << 20

    private struct State {
        var current: BloomBits?
        var next: BloomBits?
    }

    private let state = Mutex(State())

    /// Whether no launch with this half of a key is in the ledger or on its way there.
    func lacks(_ key: Int64) -> Bool {
        state.withLock { $0.current.map { !$0.contains(key) } ?? false }
    }

    /// Adds the key of a launch; before the launch is handed to the ledger's thread.
    func insert(_ key: Int64) {
        state.withLock {
            $0.current?.insert(key)
            $0.next?.insert(key)
        }
    }

    /// Whether the present filter holds more than it was made for.
    var isFull: Bool { state.withLock { $0.current.map { $0.count >= $0.capacity } ?? true } }

    /// Begins another filter: what is inserted from now on goes into both.
    func beginNext(expecting launches: Int) {
        let bits = BloomBits(capacity: max(262_144, launches * 2), byteLimit: Self.byteLimit)
        state.withLock { $0.next = bits }
    }

    /// Adds old keys to the filter that is being built; a few hundred at a time, as others wait for the lock.
    func fill(_ keys: some Sequence<Int64>) {
        state.withLock { for key in keys { $0.next?.insert(key) } }
    }

    /// Goes over to the filter that was built: it knows every key.
    func finishNext() {
        state.withLock {
            $0.current = $0.next
            $0.next = nil
        }
    }
}
