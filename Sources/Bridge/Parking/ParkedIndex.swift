package import AMQP

/// The events of a parking queue, second copies joined: of each the newest copy counts, as it knows best what is owed.
///
/// Holds a payload of each event that is meant, and little more than a name and a receipt of all others. Pure.
package struct ParkedIndex<Payload> {
    /// One event.
    package struct Entry {
        /// When its newest copy was parked.
        package fileprivate(set) var parkedAt: Int64
        /// Its copies, the newest first.
        package fileprivate(set) var receipts: [DeliveryReceipt]
        /// What is held of it; nil where it is not meant.
        package fileprivate(set) var payload: Payload?
    }

    /// Every event that was seen.
    package private(set) var entries: [ParkedID: Entry] = [:]
    /// Events with a payload.
    package private(set) var heldCount = 0
    /// Copies beyond the first of each event.
    package private(set) var copies = 0

    /// An index of nothing.
    package init() {}

    /// Takes in a message; `payload` is asked for where this is the copy that counts, and answers nil where it is not meant.
    package mutating func add(_ message: ParkedMessage, payload: () -> Payload?) {
        let receipt = message.delivery.receipt
        let parkedAt = message.summary.parkedAt
        guard var entry = entries.removeValue(forKey: message.id) else {
            set(message.id, Entry(parkedAt: parkedAt, receipts: [receipt], payload: payload()))
            return
        }
        copies += 1
        if parkedAt > entry.parkedAt {
            if entry.payload != nil { heldCount -= 1 }
            entry = Entry(parkedAt: parkedAt, receipts: [receipt] + entry.receipts, payload: payload())
            set(message.id, entry)
        } else {
            entry.receipts.append(receipt)
            entries[message.id] = entry
        }
    }

    private mutating func set(_ id: ParkedID, _ entry: Entry) {
        if entry.payload != nil { heldCount += 1 }
        entries[id] = entry
    }

    /// The events with a payload, by time parked.
    package var held: [(id: ParkedID, entry: Entry, payload: Payload)] {
        entries.compactMap { id, entry in entry.payload.map { (id, entry, $0) } }.sorted { left, right in
            (left.entry.parkedAt, left.id.description) < (right.entry.parkedAt, right.id.description)
        }
    }

    /// Lets go of all payloads but those of the first so many events by time parked.
    package mutating func keepFirst(_ count: Int) {
        for event in held.dropFirst(count) {
            entries[event.id]?.payload = nil
            heldCount -= 1
        }
    }
}
