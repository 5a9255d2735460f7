import Synchronization

/// A bounded queue from any thread to one thread that waits in `poll`.
///
/// Posting signals the wakeup only when the queue goes from empty to non-empty, so a burst costs one system call.
/// A full mailbox refuses: the poster decides what a loss would mean, and nothing grows without bound.
package final class Mailbox<Message: Sendable>: Sendable {
    /// Most messages held at once.
    package let capacity: Int
    private let wakeup: Wakeup
    private let queue = Mutex<[Message]>([])

    /// Makes a mailbox whose reader waits on `wakeup` (several mailboxes may share one).
    package init(capacity: Int, wakeup: Wakeup) {
        self.capacity = capacity
        self.wakeup = wakeup
    }

    /// Adds a message; false when the mailbox is full and the message was not taken.
    package func post(_ message: Message) -> Bool {
        let (taken, first) = queue.withLock { messages in
            guard messages.count < capacity else { return (false, false) }
            messages.append(message)
            return (true, messages.count == 1)
        }
        if first { wakeup.signal() }
        return taken
    }

    /// Takes everything posted so far, oldest first.
    ///
    /// Call after `Wakeup.clear()`, never before it, or a post is missed.
    package func drain() -> [Message] {
        queue.withLock { messages in
            guard !messages.isEmpty else { return [] }
            var taken: [Message] = []
            swap(&taken, &messages)
            return taken
        }
    }

    /// How many messages wait.
    package var count: Int {
        queue.withLock { $0.count }
    }
}
