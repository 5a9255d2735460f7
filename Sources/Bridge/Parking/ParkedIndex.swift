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
    }

    /// Every event that was seen.
    package private(set) var entries: [ParkedID: Entry] = [:]
    /// What is held of those that are meant; apart, so that looking through it costs nothing for all the others.
    private var payloads: [ParkedID: Payload] = [:]
    /// Copies beyond the first of each event.
    package private(set) var copies = 0

    /// An index of nothing.
    package init() {}

    /// Events with a payload.
    package var heldCount: Int { payloads.count }

    /// What is held of an event; nil where it is not meant.
    package func payload(of id: ParkedID) -> Payload? { payloads[id] }

    /// Takes in a message; `payload` is asked for where this is the copy that counts, and answers nil where it is not meant.
    package mutating func add(_ message: ParkedMessage, payload: () -> Payload?) {
        let receipt = message.delivery.receipt
        let parkedAt = message.summary.parkedAt
        guard var entry = entries.removeValue(forKey: message.id) else {
            entries[message.id] = Entry(parkedAt: parkedAt, receipts: [receipt])
            payloads[message.id] = payload()
            return
        }
        copies += 1
        if parkedAt > entry.parkedAt {
            entry = Entry(parkedAt: parkedAt, receipts: [receipt] + entry.receipts)
            payloads[message.id] = payload()
        } else {
            entry.receipts.append(receipt)
        }
        entries[message.id] = entry
    }

    /// The events with a payload, by time parked.
    package var held: [(id: ParkedID, entry: Entry, payload: Payload)] {
        let held = payloads.compactMap { id, payload in entries[id].map { (id, $0, payload) } }
        return held.sorted { left, right in
            (left.1.parkedAt, left.0.description) < (right.1.parkedAt, right.0.description)
        }
    }

    /// Lets go of all payloads but those of the first so many events by time parked.
    package mutating func keepFirst(_ count: Int) {
        for event in held.dropFirst(count) { payloads[event.id] = nil }
    }
}
