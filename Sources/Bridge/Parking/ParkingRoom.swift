package import AMQP
package import Settings

/// The parking queue of a bridge, and how to reach it: looking, throwing away, and sending back.
///
/// Everything here waits for the broker and belongs on a `DeepStackThread`. Killed at any moment it loses nothing: what
/// it holds unacknowledged is in the parking queue again when its connection is gone.
package struct ParkingRoom: Sendable {
    /// The queue that events come from, and go back to.
    package let source: String
    /// The parking queue.
    package let queue: String
    let reading: ConnectionSettings
    let publishing: ConnectionSettings

    /// Most messages that are looked at in one go.
    package static let mostLooked = 250_000

    /// The room of the settings; nil where they name no broker or no queue.
    package init?(_ settings: BridgeSettings, version: String) {
        let name = "trigger-bridge \(version) parked"
        guard let reading = BridgeAssembly.connection(settings.broker, name: name),
            let publishing = BridgeAssembly.connection(settings.broker, name: name + " publisher"),
            let source = settings.broker.queue
        else { return nil }
        self.init(reading: reading, publishing: publishing, source: source)
    }

    /// A room from its parts; tests make up their own.
    package init(reading: ConnectionSettings, publishing: ConnectionSettings, source: String) {
        self.reading = reading
        self.publishing = publishing
        self.source = source
        queue = QueueNames(source: source, ladder: []).parking
    }

    /// What is parked; the queue stays as it was.
    package func list(_ filter: ParkedFilter, limit: Int) throws(BrokerError) -> ParkedListing {
        var scan = try ParkingScan(self)
        var list = ParkedList(filter, limit: limit)
        while let message = try scan.next() { list.add(message) }
        let listing = list.listing(looked: scan.looked, total: scan.total)
        try scan.close()
        return listing
    }

    /// The messages that are meant, each with the number of its copies; the queue stays as it was.
    package func find(
        _ filter: ParkedFilter, limit: Int
    ) throws(BrokerError) -> [(message: ParkedMessage, copies: Int)] {
        var scan = try ParkingScan(self)
        var index = ParkedIndex<ParkedMessage>()
        while let message = try scan.next() {
            let isMeant = filter.matches(message)
            let before = index.heldCount
            index.add(message, isMeant: isMeant) { isMeant && before - $0.count < limit ? message : nil }
        }
        try scan.close()
        return index.held.map { ($0.payload, $0.entry.receipts.count) }
    }

    /// Throws away the messages that are meant, copies and all: what else is parked of their events stays, and messages
    /// of others are left alone.
    ///
    /// A rehearsal only says which.
    package func discard(
        _ filter: ParkedFilter, limit: Int, isRehearsal: Bool
    ) throws(BrokerError) -> ParkedDiscard {
        var scan = try ParkingScan(self)
        var index = ParkedIndex<ParkedSummary>()
        var discard = ParkedDiscard()
        while let message = try scan.next() {
            let isMeant = discard.note(message, filter)
            let before = index.heldCount
            index.add(message, isMeant: isMeant) { isMeant && before - $0.count < limit ? message.summary : nil }
        }
        try scan.stop()
        for event in index.held {
            for receipt in event.entry.receipts where !isRehearsal { try scan.acknowledge(receipt) }
            var row = event.payload
            row.copies = event.entry.receipts.count
            discard.rows.append(row)
        }
        discard.left = index.meantCount - index.heldCount
        discard.looked = scan.looked
        discard.total = scan.total
        try scan.close()
        return discard
    }
}

/// What was thrown away.
package struct ParkedDiscard: Sendable {
    /// The messages, by time parked.
    package internal(set) var rows: [ParkedSummary] = []
    /// Messages that are meant and were left, as the limit was reached.
    package internal(set) var left = 0
    /// Messages of others that are meant; left alone.
    package private(set) var strangers = 0
    /// Which of the names in the filter were found.
    package private(set) var found: Set<String> = []
    /// Messages that were looked at.
    package internal(set) var looked = 0
    /// Messages that were in the queue.
    package internal(set) var total = 0

    /// Notes a message; whether it is meant and may go.
    mutating func note(_ message: ParkedMessage, _ filter: ParkedFilter) -> Bool {
        guard filter.matches(message) else { return false }
        found.formUnion(filter.names(of: message))
        guard message.record != nil else {
            strangers += 1
            return false
        }
        return true
    }
}
