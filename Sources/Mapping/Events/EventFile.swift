import EventPattern
package import Functions
package import JSON

/// An event in a file: `{"amqp": {"exchange", "routing_key", "headers", "properties"}, "body": …}`, or a bare body.
package struct EventFile: Sendable {
    /// The exchange; empty for a bare body.
    package let exchange: String
    /// The routing key; empty for a bare body.
    package let routingKey: String
    /// The header table, or nil.
    package let headers: JSONNode?
    /// The properties, or nil.
    package let properties: JSONNode?
    /// The body, a document of its own.
    package let body: JSONDocument

    /// Reads a file.
    ///
    /// An object with `body` and nothing else but `amqp` is taken for the long form, and so is one whose `amqp` names an
    /// exchange or a routing key, where anything else is a mistake; a bare body that happens to look like that must be
    /// wrapped.
    ///
    /// - Returns: the event, or nil with what is wrong.
    package static func read(_ file: SourceFile, limits: JSONLimits = JSONLimits()) -> (EventFile?, [Diagnostic]) {
        let findings = Findings(file: file.name)
        do throws(JSONError) {
            let root = try JSONDocument.parse(file.bytes, limits: limits.withEnvelope).root
            guard isEnvelope(root) else {
                let body = try JSONDocument.parse(file.bytes, limits: limits)
                return (EventFile(exchange: "", routingKey: "", headers: nil, properties: nil, body: body), [])
            }
            return (try read(Place(root: root), findings, limits), findings.diagnostics)
        } catch {
            findings.add(
                .eventFile, error.position, JSONPointer(), "this is no event: \(error.message)",
                hint: SlipHint.encoding(file.bytes) ?? EventFile.form)
            return (nil, findings.diagnostics)
        }
    }

    /// When it was published: the property `timestamp`, where it is a time that can be written.
    package var publishedAt: Instant? { properties.flatMap(EventFile.published) }

    /// When it was published, else the first moment of 2026, so that tests repeat exactly.
    package var time: Instant { publishedAt ?? Instant(seconds: 1_767_225_600) }

    /// The long form of an event file, for edits; nil for a file that is no JSON.
    static func envelope(_ file: SourceFile) -> JSONValue? {
        guard let root = try? JSONDocument.parse(file.bytes, limits: JSONLimits().withEnvelope).root else { return nil }
        return isEnvelope(root) ? .node(root) : .object([("body", .node(root))])
    }

    /// Whether the file is a mapping, named in place of an event.
    static func isMapping(_ file: SourceFile) -> Bool {
        guard let root = try? JSONDocument.parse(file.bytes).root else { return false }
        return root["when"]?.kind == .object && root["launch"]?.kind == .object && root["body"] == nil
    }

    /// The event as a file in the long form.
    package var json: JSONValue {
        var amqp: [(name: String, value: JSONValue)] = [
            ("exchange", .string(exchange)), ("routing_key", .string(routingKey)),
        ]
        if let headers { amqp.append(("headers", .node(headers))) }
        if let properties { amqp.append(("properties", .node(properties))) }
        return .object([("amqp", .object(amqp)), ("body", .node(body.root))])
    }

    /// The event at a time.
    package func event(now: Instant) -> Event {
        let view = EventView(
            exchange: exchange, routingKey: routingKey, headers: headers, properties: properties, body: body.root)
        return Event(view: view, now: now)
    }

    /// How an event file is written.
    static let form = "an event file is JSON: {\"amqp\": {\"exchange\": …, \"routing_key\": …}, \"body\": {…}}"

    private static func isEnvelope(_ root: JSONNode) -> Bool {
        guard root.kind == .object, root["body"] != nil else { return false }
        let amqp = root["amqp"]
        if amqp?["exchange"] != nil || amqp?["routing_key"] != nil { return true }
        return root.members.allSatisfy { $0.name == "body" || ($0.name == "amqp" && $0.value.kind == .object) }
    }

    private static func read(_ root: Place, _ findings: Findings, _ limits: JSONLimits) throws(JSONError) -> EventFile?
    {
        guard let body = root.member("body") else { return nil }
        let document = try JSONDocument.parse(Array(body.node.rawBytes), limits: limits)
        let amqp = root.member("amqp")
        for member in root.members where !["amqp", "body"].contains(member.name) {
            findings.add(
                .eventFile, name: member, "an event has no member \"\(member.name)\" beside \"amqp\" and \"body\"",
                hint: "take it out, or put it into \"body\" where the shop sends it")
        }
        for member in amqp?.members ?? []
        where !["exchange", "routing_key", "headers", "properties"].contains(member.name) {
            findings.add(
                .eventFile, name: member, "\"amqp\" has no member \"\(member.name)\"",
                hint: ClosestName.hint(member.name, among: ["exchange", "routing_key", "headers", "properties"])
                    ?? "it has \"exchange\", \"routing_key\", \"headers\" and \"properties\"")
        }
        func text(_ name: String) -> String {
            guard let place = amqp?.member(name) else { return "" }
            if let text = place.text { return text }
            findings.add(
                .eventFile, at: place, "\"\(name)\" must be a text, and it is \(place.node.kind.noun)",
                hint: "for example \"\(name)\": \"\(name == "exchange" ? "shop.events" : "order.web.paid")\"")
            return ""
        }
        func table(_ name: String) -> JSONNode? {
            guard let place = amqp?.member(name) else { return nil }
            if place.node.kind == .object { return place.node }
            findings.add(
                .eventFile, at: place, "\"\(name)\" must be an object, and it is \(place.node.kind.noun)",
                hint: "write {\"name\": \"value\"}, or leave it out")
            return nil
        }
        let file = EventFile(
            exchange: text("exchange"), routingKey: text("routing_key"), headers: table("headers"),
            properties: try delivered(table("properties"), limits), body: document)
        return findings.hasErrors ? nil : file
    }
}
