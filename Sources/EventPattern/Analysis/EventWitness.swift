package import JSON

/// An event that was made to prove a claim about conditions.
package struct EventWitness: Sendable {
    /// The exchange it would come from.
    package let exchange: String
    /// Its routing key.
    package let routingKey: String
    /// Its headers, where a condition asks for any.
    package let headers: JSONValue?
    /// Its properties, where a condition asks for any.
    package let properties: JSONValue?
    /// Its body.
    package let body: JSONValue

    /// The event in the form of an event file: `{"amqp": {…}, "body": …}`.
    package var json: JSONValue {
        var amqp: [(name: String, value: JSONValue)] = [
            ("exchange", .string(exchange)), ("routing_key", .string(routingKey)),
        ]
        if let headers { amqp.append(("headers", headers)) }
        if let properties { amqp.append(("properties", properties)) }
        return .object([("amqp", .object(amqp)), ("body", body)])
    }

    /// The event as conditions see it; nil when it cannot be written down.
    package var view: EventView? {
        func node(_ value: JSONValue?) -> JSONNode? {
            value.flatMap { try? JSONDocument.parse($0.text()).root }
        }
        guard let body = node(body) else { return nil }
        return EventView(
            exchange: exchange, routingKey: routingKey, headers: node(headers), properties: node(properties), body: body
        )
    }
}
