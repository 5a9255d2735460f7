import Relay

/// A message as the simulated broker has it.
struct Message {
    /// The event.
    let event: Int
    /// The launches still owed, where it comes from the ladder; `nil` for all.
    let owed: [OwedPart]?
    /// Whether it was delivered before.
    var isRedelivered = false
}

/// A launch still owed, as the headers of a message say it.
struct OwedPart {
    /// Which launch.
    let part: Int
    /// What it brings along.
    let history: LaunchHistory
}

/// A model of the broker: a source queue with one consumer, delay queues, a parking queue.
struct Broker {
    private(set) var source: [Message] = []
    private(set) var unacknowledged: [(tag: UInt64, message: Message)] = []
    /// The open channel's generation; 0 for none.
    private(set) var generation: UInt32 = 0
    /// The generation of the channel that was opened last.
    private(set) var lastGeneration: UInt32 = 0
    /// Whether the channel consumes.
    var isConsuming = false
    /// Messages that were published to delay queues, by number.
    var copies: [Message] = []
    /// How many are in delay queues, or on their way back.
    var delayed = 0
    private var nextTag: UInt64 = 1

    /// Whether no message waits for anything.
    var isDrained: Bool { source.isEmpty && unacknowledged.isEmpty && delayed == 0 }

    /// A message comes to the end of the source queue.
    mutating func enqueue(_ message: Message) {
        source.append(message)
    }

    /// Opens a channel.
    mutating func open() -> UInt32 {
        lastGeneration += 1
        generation = lastGeneration
        nextTag = 1
        isConsuming = false
        return generation
    }

    /// Closes the channel: what is unacknowledged goes back to its place, to be delivered again.
    mutating func close() {
        generation = 0
        isConsuming = false
        let back = unacknowledged.map { entry in
            var message = entry.message
            message.isRedelivered = true
            return message
        }
        unacknowledged = []
        source.insert(contentsOf: back, at: 0)
    }

    /// Hands out the next message, if the consumer may have one.
    mutating func next(prefetch: Int) -> UInt64? {
        guard generation != 0, isConsuming, unacknowledged.count < prefetch, !source.isEmpty else { return nil }
        let message = source.removeFirst()
        unacknowledged.append((nextTag, message))
        nextTag += 1
        return nextTag - 1
    }

    /// The message of a tag that is not acknowledged.
    func message(_ tag: UInt64) -> Message? {
        unacknowledged.first { $0.tag == tag }?.message
    }

    /// Takes an acknowledgement; whether the tag was there.
    mutating func acknowledge(_ tag: UInt64) -> Bool {
        guard let place = unacknowledged.firstIndex(where: { $0.tag == tag }) else { return false }
        unacknowledged.remove(at: place)
        return true
    }
}
