import JSON
import JSONPath

/// Looks through an event for what a mapping needs.
struct EventFinder {
    /// Paths of texts that look like email addresses, the shallowest first.
    private(set) var emails: [String] = []
    /// Paths of texts that look like phone numbers.
    private(set) var phones: [String] = []
    /// The path of a customer's id.
    private(set) var customer: String?
    /// The path of what identifies the event.
    private(set) var identifier: String?
    /// A member that says what kind of event it is.
    private(set) var kind: (name: String, value: JSONValue)?
    /// What a message could show.
    private(set) var content: [(name: String, value: JSONValue)] = []

    /// More members than this are no proposal but a copy.
    private static let mostMembers = 20
    /// Places that are looked at; events that are bigger are looked at in part.
    private static let mostPlaces = 2_000

    init(body: JSONNode) {
        var places = [(node: body, path: "$", name: "")]
        var at = 0
        while at < places.count, at < EventFinder.mostPlaces {
            let (node, path, name) = places[at]
            at += 1
            consider(node, path, name)
            for member in node.members {
                places.append((member.value, path + EventFinder.step(member.name), member.name))
            }
        }
        identifier = EventFinder.first(["event_id", "messageId", "message_id", "id"], in: body).map { "$.\($0.name)" }
        kind = EventFinder.first(
            ["type", "event", "notificationType", "event_type", "financial_status", "status"], in: body
        )
        .map { ($0.name, .node($0.value)) }
        content = contents(of: body)
    }

    private mutating func consider(_ node: JSONNode, _ path: String, _ name: String) {
        let lowered = name.lowercased()
        guard let text = node.string else {
            if node.kind == .number, customer == nil, lowered.hasSuffix("customer_id") { customer = path }
            return
        }
        if lowered.contains("mail"), text.contains("@") {
            if emails.count < 3 { emails.append(path) }
        } else if lowered.contains("phone") || lowered == "mobile" {
            if phones.count < 3, text.contains(where: \.isNumber) { phones.append(path) }
        } else if customer == nil, ["userid", "customerid", "customer_id", "user_id"].contains(lowered) {
            customer = path
        }
    }

    /// The first of some members that holds a text or a number.
    private static func first(_ names: [String], in body: JSONNode) -> (name: String, value: JSONNode)? {
        for name in names {
            guard let value = body[name], value.kind == .string || value.kind == .number else { continue }
            return (name, value)
        }
        return nil
    }

    /// The scalars of the outermost object, of the objects in it that speak of the matter, and its lists of objects.
    private func contents(of body: JSONNode) -> [(name: String, value: JSONValue)] {
        var members: [(name: String, value: JSONValue)] = []
        for member in body.members where members.count < EventFinder.mostMembers {
            let path = "$" + EventFinder.step(member.name)
            switch member.value.kind {
            case .string, .number, .bool: members.append((EventFinder.key(member.name), .string(path)))
            case .array:
                guard let item = EventFinder.item(member.value) else { continue }
                let each: [(name: String, value: JSONValue)] = [
                    ("$each", .string(path + "[*]")), ("limit", .number(JSONNumber(100))), ("item", item),
                ]
                members.append((EventFinder.key(member.name), .object(each)))
            default: continue
            }
        }
        return members
    }

    /// What an entry of a list shows: members that every element of the sample has.
    private static func item(_ list: JSONNode) -> JSONValue? {
        let elements = Array(list.elements)
        guard let first = elements.first, first.kind == .object else { return nil }
        let members = first.members.filter { member in
            elements.allSatisfy { element in
                let value = element[member.name]
                return value.map { [.string, .number, .bool].contains($0.kind) } ?? false
            }
        }
        guard !members.isEmpty else { return nil }
        return .object(
            members.prefix(mostMembers).map { (key($0.name), .string("@" + step($0.name))) })
    }

    /// A key of the content; one that begins with a dollar is written with two.
    private static func key(_ name: String) -> String {
        name.hasPrefix("$") ? "$\(name)" : name
    }

    /// The step to a member: the short form where the grammar allows it.
    private static func step(_ name: String) -> String {
        let short = ".\(name)"
        let query = try? JSONPathQuery.parse("$" + short)
        if query?.query.steps == [.name(JSONName(name))] { return short }
        return NormalizedPath([.name(name)]).description.dropFirst().description
    }
}
