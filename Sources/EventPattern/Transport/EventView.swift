package import JSON

/// An event as conditions see it.
///
/// Names are bytes, because a peer may put any bytes there: those that are no text equal nothing.
package struct EventView {
    /// The exchange it was published to.
    package let exchange: [UInt8]
    /// Its routing key.
    package let routingKey: [UInt8]
    /// Its body, where that is JSON.
    package let body: JSONNode?
    /// Its headers and properties.
    package let tables: any EventTables

    /// Whether nothing is known of how the event came.
    package var isBare: Bool {
        exchange.isEmpty && routingKey.isEmpty && node(.headers) == nil && node(.properties) == nil
    }

    /// Makes the view of a delivery.
    package init(exchange: [UInt8], routingKey: [UInt8], body: JSONNode?, tables: any EventTables) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.body = body
        self.tables = tables
    }

    /// Makes the view of an event whose parts are all there: a fixture or a test.
    package init(
        exchange: String = "", routingKey: String = "", headers: JSONNode? = nil, properties: JSONNode? = nil,
        body: JSONNode?
    ) {
        self.init(
            exchange: Array(exchange.utf8), routingKey: Array(routingKey.utf8), body: body,
            tables: FixedTables(headers: headers, properties: properties))
    }

    private struct FixedTables: EventTables {
        let headers: JSONNode?
        let properties: JSONNode?
    }

    /// A part that patterns apply to.
    package func node(_ part: EventPart) -> JSONNode? {
        switch part {
        case .headers: tables.headers
        case .properties: tables.properties
        case .body: body
        }
    }
}
