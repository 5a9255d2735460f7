import Functions
import JSON

/// A mapping in the making: its parts as values, before they are written.
struct ProposedMapping {
    typealias Member = (name: String, value: JSONValue)

    let name: String
    let when: [Member]
    let identifier: String?
    let forEach: [Member]
    var recipients: [JSONValue]
    let variables: [Member]
    var content: [Member]
    private let target: Member

    init(
        name: String, event: EventFile, scan: EventScan, finder: RecipientFinder, origin: EventOrigin,
        target: ProposedTarget
    ) {
        self.name = name
        self.target = target.member
        let body = event.body.root
        let shown = ContentFinder(body: body, origin: origin)
        when = ProposedConditions(event, scan).members
        identifier = ProposedMapping.identifier(body, shown.subject)
        variables = shown.variables
        let loop = finder.people.map { ProposedMapping.loop(over: $0, finder, scan) }
        let alternatives = loop?.alternatives ?? finder.alternatives
        recipients = alternatives.map { ProposedMapping.recipient($0, region: origin.region) }
        forEach = loop?.forEach ?? (recipients.isEmpty ? ProposedMapping.audience(scan) : [])
        // Nobody's message shows everybody whom the event is for.
        content = shown.content.filter { finder.people == nil || $0.value["$each"]?.string != finder.people }
        if recipients.isEmpty {
            let path = forEach.isEmpty ? "$.customer_id" : forEach.first { $0.name == "unique_by" }?.value.string
            recipients = [ProposedMapping.profile(.string(path ?? "@.id"))]
        }
    }

    /// The mapping as a value; `let` only where the content speaks of what it names.
    var json: JSONValue {
        var members: [Member] = [
            ("$schema", .string("./mapping.schema.json")),
            ("name", .string(name)),
            ("description", .string("Say here what this mapping is for.")),
            ("when", .object(when)),
        ]
        if let identifier { members.append(("event", .object([("id", .string(identifier))]))) }
        if !forEach.isEmpty { members.append(("for_each", .object(forEach))) }
        let used = JSONValue.object(content).text()
        let named = variables.filter { used.contains(#"{"$var":"\#($0.name)"}"#) }
        if !named.isEmpty { members.append(("let", .object(named))) }
        members.append(("launch", .object([target])))
        members.append(("recipient", .array(recipients)))
        if !content.isEmpty { members.append(("content", .object(content))) }
        // Of an audience, those whom nothing identifies are nobody's fault.
        if !forEach.isEmpty { members.append(("on", .object([("no_recipient", .string("skip"))]))) }
        return .object(members)
    }
}

extension ProposedMapping {
    private static func identifier(_ body: JSONNode, _ subject: (node: JSONNode, path: String)) -> String? {
        if let (name, _) = first(["event_id", "eventId", "messageId", "message_id", "id"], in: body) {
            return PathSpelling.member(name, of: "$")
        }
        guard let (name, _) = first(["id", "order_id", "number", "externalId"], in: subject.node) else { return nil }
        return PathSpelling.member(name, of: subject.path)
    }

    /// The first of some members that holds a number or a text that is not blank.
    static func first(_ names: [String], in object: JSONNode) -> (name: String, value: JSONNode)? {
        for name in names {
            guard let value = object[name], value.kind == .number || value.string.map({ !$0.isEmpty }) == true else {
                continue
            }
            return (name, value)
        }
        return nil
    }

    private static func recipient(_ alternative: RecipientFinder.Alternative, region: String) -> JSONValue {
        let paths = alternative.spots.map { spot -> JSONValue in
            guard !spot.isSingular else { return .string(spot.path) }
            return .object([("$path", .string(spot.path)), ("take", .string("first"))])
        }
        switch alternative.kind {
        case .customer: return profile(value(paths, pipe: []))
        case .email:
            let pipe = ["trim", "nonblank", "lowercase", "email"].map(JSONValue.string)
            return .object([("matching", .string("email")), ("email", value(paths, pipe: pipe))])
        case .phone:
            let pipe = [JSONValue.object([("phone", .object([("region", .string(region))]))])]
            return .object([("matching", .string("phone")), ("phone", value(paths, pipe: pipe))])
        }
    }

    private static func profile(_ value: JSONValue) -> JSONValue {
        .object([("matching", .string("custom")), ("field_name", .string("CRM_ID")), ("field_value", value)])
    }

    private static func value(_ paths: [JSONValue], pipe: [JSONValue]) -> JSONValue {
        guard !pipe.isEmpty || paths.count > 1 else { return paths[0] }
        let functions: [Member] = pipe.isEmpty ? [] : [("pipe", .array(pipe))]
        guard paths.count == 1 else { return .object([("$coalesce", .array(paths))] + functions) }
        let source = paths[0].members ?? [("$path", paths[0])]
        return .object(source + functions)
    }

    /// One launch for each element of a list of people, and how each is found by what the element has.
    private static func loop(
        over list: String, _ finder: RecipientFinder, _ scan: EventScan
    ) -> (forEach: [Member], alternatives: [RecipientFinder.Alternative]) {
        let alternatives = finder.alternatives.map { alternative in
            let spots = alternative.spots.map { spot in
                EventScan.Spot(
                    path: "@\(spot.path.dropFirst(list.count))", names: spot.names, isSingular: true, nodes: spot.nodes)
            }
            return RecipientFinder.Alternative(kind: alternative.kind, spots: spots)
        }
        let names = scan.spots.first { $0.path == list }?.nodes.flatMap { Array($0.members.map(\.name)) } ?? []
        let id = names.first { $0.lowercased().hasSuffix("id") }.map { PathSpelling.member($0, of: "@") }
        // An address tells elements apart where it is the only one; else one may lack it.
        let unique = id ?? (alternatives.count == 1 ? alternatives[0].spots[0].path : nil)
        let forEach: [Member] =
            [("path", .string(list))] + (unique.map { [("unique_by", .string($0))] } ?? [])
            + [("limit", .number(JSONNumber(1_000)))]
        return (forEach, alternatives)
    }

    /// A list of people whom the event is for, one launch each.
    private static func audience(_ scan: EventScan) -> [Member] {
        let people: Set<String> = [
            "subscribers", "recipients", "users", "customers", "clients", "members", "contacts", "profiles", "people",
        ]
        for spot in scan.spots where !spot.isSingular && people.contains(spot.name) {
            let names = spot.nodes.flatMap { Array($0.members.map(\.name)) }
            guard let name = names.first(where: { $0.lowercased().hasSuffix("id") }) else { continue }
            return [
                ("path", .string(spot.path)), ("unique_by", .string(PathSpelling.member(name, of: "@"))),
                ("limit", .number(JSONNumber(1_000))),
            ]
        }
        return []
    }
}
