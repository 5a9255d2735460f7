package import JSON

/// What `when` says: which events a mapping is meant for.
///
/// All given parts must hold.
package struct EventCondition: Sendable {
    /// The exchanges that are meant; nil is any.
    package let exchanges: ExchangeList?
    /// The routing keys that are meant, any of them; nil is any key.
    package let routingKeys: [RoutingKeyPattern]?
    /// What the headers must be like; nil asks nothing.
    package let headers: EventPattern?
    /// What the properties must be like; nil asks nothing.
    package let properties: EventPattern?
    /// What the body must be like; nil asks nothing, not even that it is an object.
    package let body: EventPattern?

    /// Makes a condition from its parts.
    package init(
        exchanges: ExchangeList? = nil, routingKeys: [RoutingKeyPattern]? = nil, headers: EventPattern? = nil,
        properties: EventPattern? = nil, body: EventPattern? = nil
    ) {
        self.exchanges = exchanges
        self.routingKeys = routingKeys
        self.headers = headers
        self.properties = properties
        self.body = body
    }

    /// Compiles the value of `when`, or its absence, and says everything that is wrong with the five parts.
    ///
    /// Unknown members are the caller's matter.
    ///
    /// - Returns: The condition, nil when there is any error; and all diagnostics, remarks too.
    package static func compile(when node: JSONNode?, limits: PatternLimits = PatternLimits())
        -> (condition: EventCondition?, diagnostics: [PatternDiagnostic])
    {
        guard let node else { return (EventCondition(), []) }
        var compiler = TransportCompiler()
        guard node.kind == .object else {
            compiler.report(
                .notAList, node, "\"when\" is an object, not \(node.kind.noun)",
                hint: "write {\"routing_key\": [\"order.*.paid\"]}")
            return (nil, compiler.diagnostics)
        }
        let exchanges = node["exchange"].flatMap { compiler.exchanges($0) }
        let routingKeys = node["routing_key"].flatMap { compiler.routingKeys($0) }
        var diagnostics = compiler.diagnostics
        func pattern(_ part: EventPart) -> EventPattern? {
            guard let node = node[part.rawValue] else { return nil }
            let (pattern, found) = EventPattern.compile(node, limits: limits)
            diagnostics += found
            return pattern
        }
        let condition = EventCondition(
            exchanges: exchanges, routingKeys: routingKeys, headers: pattern(.headers),
            properties: pattern(.properties), body: pattern(.body))
        return (diagnostics.contains { $0.severity == .error } ? nil : condition, diagnostics)
    }

    /// The pattern for a part, or nil.
    package func pattern(_ part: EventPart) -> EventPattern? {
        switch part {
        case .headers: headers
        case .properties: properties
        case .body: body
        }
    }

    /// Whether an event is meant.
    ///
    /// What is cheap to ask is asked first; headers and properties only when needed.
    package func matches(_ event: EventView) -> Bool {
        matchesTransport(exchange: event.exchange, routingKey: event.routingKey) && matchesContent(event)
    }

    /// Whether exchange and routing key are meant.
    package func matchesTransport(exchange: [UInt8], routingKey: [UInt8]) -> Bool {
        matchesTransport(exchange: exchange, words: RoutingKeyPattern.split(routingKey[...]))
    }

    /// The same for a key that is taken apart already, as the index has it.
    func matchesTransport(exchange: [UInt8], words: [ArraySlice<UInt8>]) -> Bool {
        if let exchanges, !exchanges.contains(exchange) { return false }
        guard let routingKeys else { return true }
        for key in routingKeys where key.matches(words: words) { return true }
        return false
    }

    /// Whether body, properties and headers are what they must be; a body that is no object is not for a body pattern.
    func matchesContent(_ event: EventView) -> Bool {
        if let body {
            guard let value = event.body, value.kind == .object, body.matches(value) else { return false }
        }
        if let properties, !properties.matches(event.tables.properties) { return false }
        if let headers, !headers.matches(event.tables.headers) { return false }
        return true
    }
}
