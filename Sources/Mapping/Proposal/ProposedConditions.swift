import JSON

/// `when` of a proposed mapping: what is common to all events of this kind, as far as one of them tells.
struct ProposedConditions {
    typealias Member = (name: String, value: JSONValue)

    /// The members of `when`.
    let members: [Member]

    /// Names of members that say what kind of event this is, and then those that say how the matter stands.
    private static let kinds = [
        "type", "event", "notificationType", "event_type", "eventType", "eventName", "event_name", "topic",
    ]
    private static let states = ["financial_status", "status"]
    private static let envelopes = ["data", "payload", "detail", "message"]

    init(_ event: EventFile, _ scan: EventScan) {
        var members: [Member] = []
        if !event.exchange.isEmpty { members.append(("exchange", .array([.string(event.exchange)]))) }
        if !event.routingKey.isEmpty {
            let key = ProposedConditions.routingKey(event.routingKey, scan)
            members.append(("routing_key", .array([.string(key)])))
        }
        if let body = ProposedConditions.body(event.body.root) { members.append(("body", .object([body]))) }
        self.members = members
    }

    /// The routing key of all such events: a word that belongs to this one alone becomes `*`.
    static func routingKey(_ key: String, _ scan: EventScan) -> String {
        let ids = Set(scan.spots.filter { isID($0.name) }.flatMap(\.texts))
        return key.split(separator: ".", omittingEmptySubsequences: false).map { word in
            word.contains(where: \.isNumber) || ids.contains(String(word)) ? "*" : String(word)
        }.joined(separator: ".")
    }

    private static func isID(_ name: String) -> Bool {
        ["id", "number", "code", "sku", "key", "slug", "uuid"].contains { name.hasSuffix($0) }
    }

    private static func body(_ body: JSONNode) -> Member? {
        if let (name, value) = ProposedMapping.first(kinds, in: body) { return (name, .array([.node(value)])) }
        for envelope in envelopes {
            guard let inner = body[envelope], let (name, value) = ProposedMapping.first(kinds, in: inner) else {
                continue
            }
            return (envelope, .object([(name, .array([.node(value)]))]))
        }
        if let (name, value) = ProposedMapping.first(states, in: body) { return (name, .array([.node(value)])) }
        // `order.status`: how the matter stands that the event is about.
        for matter in ContentFinder.envelopes {
            guard let inner = body[matter], inner.kind == .object,
                let (name, value) = ProposedMapping.first(states, in: inner)
            else { continue }
            return (matter, .object([(name, .array([.node(value)]))]))
        }
        return nil
    }
}
