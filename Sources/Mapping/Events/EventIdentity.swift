import EventPattern
import Functions
import JSON
import Outcome

/// What identifies an event, and when it happened.
struct EventIdentity {
    let id: String
    let time: Instant?

    /// Stands in for an id: equal messages have equal ones.
    static func hash(_ event: EventView) -> String {
        var hash = ContentHash()
        hash.addDelimited(event.exchange)
        hash.addDelimited(event.routingKey)
        hash.addDelimited(event.body?.document.bytes ?? [])
        return "hash:\(hash.hex())"
    }
}

extension Evaluation {
    /// Works out id and time of the event.
    mutating func identity() throws(Halt) -> EventIdentity {
        EventIdentity(id: try eventID(), time: try eventTime())
    }

    /// The first that says something: an empty id names nothing, and would be the id of all events that have none.
    private mutating func eventID() throws(Halt) -> String {
        if let template = mapping.templates.eventID, let id = try key(template), !id.isEmpty { return id }
        if let property = event.view.tables.messageID, !property.isEmpty { return property }
        return EventIdentity.hash(event.view)
    }

    private static let timestamp = JSONName("timestamp")

    private mutating func eventTime() throws(Halt) -> Instant? {
        if let template = mapping.templates.eventTime, let value = try value(template.template) {
            if let time = Evaluation.instant(value) { return time }
            throw Halt(
                reason: .invalid, place: template.place, path: nil,
                detail:
                    "\"time\" must be a moment in time, and this is \(value.noun); put \"datetime\" at the end of its pipe"
            )
        }
        // Only what expires needs to know its age.
        guard mapping.policy.expireAfter != nil, let node = event.view.tables.properties?.member(Evaluation.timestamp)
        else {
            return nil
        }
        return Evaluation.instant(.json(.node(node)))
    }

    /// A moment; a text is read as RFC 3339, a whole number as Unix seconds.
    private static func instant(_ value: FunctionValue) -> Instant? {
        if case .instant(let instant) = value { return instant }
        if let text = value.text { return Instant(rfc3339: text) }
        return value.json.number?.int64.flatMap(Instant.init(unix:))
    }

    /// A key of the ledger or of a lane as text; nil where the file has none.
    ///
    /// Lists and objects are written as JSON.
    mutating func key(_ placed: Placed?) throws(Halt) -> String? {
        guard let placed, let value = try value(placed.template) else { return nil }
        return value.scalarText ?? value.json.text()
    }
}
