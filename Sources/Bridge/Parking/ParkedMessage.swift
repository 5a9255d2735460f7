package import AMQP

/// A message as it was found in the parking queue.
package struct ParkedMessage: Sendable {
    /// What it is to us.
    package enum Kind: Sendable, Equatable {
        /// A bridge of this queue has parked it.
        case ours(ParkedRecord)
        /// Somebody else has put it there; says what gives it away.
        case stranger(ParkedRecord.Stranger)
    }

    /// Its name; a second copy has the same.
    package let id: ParkedID
    /// The name of its event; what else is parked of that has the same.
    package let event: ParkedID
    /// What it owes; nil where that is too much to be held of many.
    let scope: OwedScope?
    /// What it is to us.
    package let kind: Kind
    /// The message.
    package let delivery: Delivery

    /// Takes a message in.
    package init(_ delivery: Delivery, source: String) {
        self.delivery = delivery
        do throws(ParkedRecord.Stranger) {
            let record = try ParkedRecord(of: delivery, source: source)
            let owed = OwedLaunches(delivery.properties.headers)
            kind = .ours(record)
            event = ParkedID(
                event: record.event, exchange: record.origin.exchange, routingKey: record.origin.routingKey,
                body: delivery.body)
            id = event.owing(owed)
            scope = OwedScope(owed)
        } catch {
            kind = .stranger(error)
            event = ParkedID(
                event: "", exchange: delivery.exchange, routingKey: delivery.routingKey, body: delivery.body)
            id = event
            scope = OwedScope(nil)
        }
    }

    /// What it says about itself; nil for a stranger's.
    package var record: ParkedRecord? {
        guard case .ours(let record) = kind else { return nil }
        return record
    }

    /// How often the broker has delivered it to whoever looked, as it counts itself; 0 where it does not say.
    package var lookedAt: Int64 { max(0, delivery.properties.headers?["x-delivery-count"]?.integer ?? 0) }

    /// What lists show of it.
    package var summary: ParkedSummary {
        ParkedSummary(id: id, kind: kind, bodyBytes: delivery.body.count, lookedAt: lookedAt)
    }
}

/// A parked message without its body and headers: what a list holds of each.
package struct ParkedSummary: Sendable, Equatable {
    /// Its name.
    package let id: ParkedID
    /// What it is to us.
    package let kind: ParkedMessage.Kind
    /// Size of the body.
    package let bodyBytes: Int
    /// How often the broker has delivered it to whoever looked: a queue with a delivery limit drops it at that.
    package let lookedAt: Int64
    /// How many copies of it are in the queue; more than one after a crash between a confirm and an acknowledgement.
    package var copies = 1

    /// When it was parked; a stranger's message comes last.
    package var parkedAt: Int64 {
        guard case .ours(let record) = kind else { return .max }
        return record.parkedAt
    }
}
