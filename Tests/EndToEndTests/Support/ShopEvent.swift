import AMQP
import Foundation

/// One event that the shop publishes: most are sales, which launch; a few are for nobody, and a few are broken.
struct ShopEvent: Sendable {
    /// What should become of it where nothing else is in its way.
    enum Kind: Sendable {
        /// Launches.
        case sale
        /// No mapping wants it.
        case other
        /// Is no JSON.
        case broken
    }

    /// Recipients that events go to in turn.
    static let recipients = 40

    let number: Int
    let kind: Kind

    /// Events with numbers from `first`.
    static func some(_ count: Int, from first: Int = 0) -> [ShopEvent] {
        (first..<first + count).map { number in
            ShopEvent(number: number, kind: number % 50 == 17 ? .other : number % 50 == 33 ? .broken : .sale)
        }
    }

    /// Sales only.
    static func sales(_ count: Int, from first: Int = 0) -> [ShopEvent] {
        (first..<first + count).map { ShopEvent(number: $0, kind: .sale) }
    }

    /// Its identity: the property `message_id`.
    var id: String { "event-\(number)" }

    /// Whom it is for.
    var email: String { Platform.email(number % Self.recipients) }

    /// Its place among the events of its recipient.
    var place: Int { number / Self.recipients }

    /// Its body.
    var body: String {
        switch kind {
        case .sale: #"{"kind": "sale", "email": "\#(email)", "place": \#(place)}"#
        case .other: #"{"kind": "other", "email": "\#(email)"}"#
        case .broken: #"{"kind": "sale", "email": "\#(email)""#
        }
    }

    /// Its properties.
    var properties: AMQPProperties {
        var properties = AMQPProperties()
        properties.messageID = AMQPText(id)
        properties.contentType = "application/json"
        properties.timestamp = UInt64(Date().timeIntervalSince1970)
        return properties
    }
}
