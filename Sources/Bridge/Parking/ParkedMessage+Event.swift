import AMQP
import EventPattern
package import Functions
package import JSON
package import Mapping
package import Outcome

extension ParkedMessage {
    /// The event as mappings see it: against its first exchange and routing key, without the bridge's headers.
    package enum Reading {
        /// An event.
        case event(Event)
        /// No event: the reason, and why in words.
        case undecodable(Reason, detail: String)
    }

    /// Reads the message as the bridge would, within its limits.
    package func read(limits: JSONLimits, now: Instant) -> Reading {
        switch BodyDecoder.decode(delivery.body, encoding: delivery.properties.contentEncoding, limits: limits) {
        case .document(let body):
            let origin = record?.origin
            let view = EventView(
                exchange: (origin?.exchange ?? delivery.exchange).bytes,
                routingKey: (origin?.routingKey ?? delivery.routingKey).bytes, body: body.root,
                tables: MessageTables(delivery.properties))
            let firstSeen = (origin?.firstTime).map { Instant(seconds: $0) }
            return .event(Event(view: view, now: now, firstSeen: firstSeen))
        case .undecodable(let reason, let detail): return .undecodable(reason, detail: detail)
        }
    }

    /// The body as a document, inflated where it is compressed; nil where it is none within the limits.
    package func document(limits: JSONLimits) -> JSONDocument? {
        let decoded = BodyDecoder.decode(delivery.body, encoding: delivery.properties.contentEncoding, limits: limits)
        guard case .document(let document) = decoded else { return nil }
        return document
    }
}
