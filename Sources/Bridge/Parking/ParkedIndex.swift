package import AMQP

/// The messages of a parking queue, copies joined.
///
/// One event may be parked several times, for launches that have nothing in common: each such message stands by itself.
/// A copy is a message that owes nothing beyond what another one of its event owes; that one counts for both, and of
/// several that owe the same the newest.
///
/// Holds a payload of each message that is meant, and little more than a name and a receipt of all others. Pure.
package struct ParkedIndex<Payload> {
    /// One message, with its copies.
    package struct Entry {
        /// When it was parked.
        package fileprivate(set) var parkedAt: Int64
        /// It and its copies, itself first.
        package fileprivate(set) var receipts: [DeliveryReceipt]
        /// Whether it is meant, by what it says itself.
        package fileprivate(set) var isMeant: Bool
        fileprivate let scope: OwedScope?
    }

    /// Every message that was seen and is no copy.
    package private(set) var entries: [ParkedID: Entry] = [:]
    /// Messages that were seen, copies among them.
    package private(set) var looked = 0
    /// What is held of those that are meant; apart, so that looking through it costs nothing for all the others.
    private var payloads: [ParkedID: Payload] = [:]
    /// The messages of each event.
    private var siblings: [ParkedID: [ParkedID]] = [:]

    /// An index of nothing.
    package init() {}

    /// Copies beyond the first of each message.
    package var copies: Int { looked - entries.count }

    /// Messages that are meant, with a payload or without.
    package var meantCount: Int { entries.values.count(where: \.isMeant) }

    /// Messages with a payload.
    package var heldCount: Int { payloads.count }

    /// What is held of a message; nil where it is not meant.
    package func payload(of id: ParkedID) -> Payload? { payloads[id] }

    /// Takes in a message.
    ///
    /// - Parameter payload: Asked for where the message is no copy; is given what was held of those that are its copies,
    ///   and answers nil where nothing is to be held.
    package mutating func add(_ message: ParkedMessage, isMeant: Bool, payload: (_ replaced: [Payload]) -> Payload?) {
        looked += 1
        let receipt = message.delivery.receipt
        let parkedAt = message.summary.parkedAt
        if let earlier = entries[message.id] {
            entries[message.id]?.receipts.append(receipt)
            if parkedAt > earlier.parkedAt { renew(message.id, parkedAt, isMeant, payload) }
            return
        }
        let scope = message.scope
        let others = siblings[message.event] ?? []
        if let scope, let whole = others.first(where: { entries[$0]?.scope?.covers(scope) ?? false }) {
            entries[whole]?.receipts.append(receipt)
            return
        }
        var entry = Entry(parkedAt: parkedAt, receipts: [receipt], isMeant: isMeant, scope: scope)
        let replaced = takeCopies(of: &entry, message.event)
        entries[message.id] = entry
        join(message.id, message.event)
        payloads[message.id] = payload(replaced)
    }

    /// The newest of several copies that owe the same counts from now on.
    private mutating func renew(
        _ id: ParkedID, _ parkedAt: Int64, _ isMeant: Bool, _ payload: ([Payload]) -> Payload?
    ) {
        entries[id]?.parkedAt = parkedAt
        entries[id]?.isMeant = isMeant
        if let last = entries[id]?.receipts.indices.last { entries[id]?.receipts.swapAt(0, last) }
        let replaced = payloads.removeValue(forKey: id).map { [$0] } ?? []
        payloads[id] = payload(replaced)
    }

    /// Takes out the messages that a new one covers, as they are its copies; answers what was held of them.
    private mutating func takeCopies(of entry: inout Entry, _ event: ParkedID) -> [Payload] {
        guard let scope = entry.scope, let others = siblings[event] else { return [] }
        let covered = others.filter { entries[$0]?.scope.map(scope.covers) ?? false }
        guard !covered.isEmpty else { return [] }
        siblings[event] = others.filter { !covered.contains($0) }
        for id in covered { entry.receipts += entries.removeValue(forKey: id)?.receipts ?? [] }
        return covered.compactMap { payloads.removeValue(forKey: $0) }
    }

    /// Notes a message of an event; of very many, not all are compared with each other.
    private mutating func join(_ id: ParkedID, _ event: ParkedID) {
        guard siblings[event, default: []].count < Self.mostSiblings else { return }
        siblings[event, default: []].append(id)
    }

    private static var mostSiblings: Int { 64 }

    /// The messages with a payload, by time parked.
    package var held: [(id: ParkedID, entry: Entry, payload: Payload)] {
        let held = payloads.compactMap { id, payload in entries[id].map { (id, $0, payload) } }
        return held.sorted { left, right in
            (left.1.parkedAt, left.0.description) < (right.1.parkedAt, right.0.description)
        }
    }

    /// Lets go of all payloads but those of the first so many messages by time parked.
    package mutating func keepFirst(_ count: Int) {
        for event in held.dropFirst(count) { payloads[event.id] = nil }
    }
}
