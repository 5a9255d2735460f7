import Foundation
import JSON

/// The path of a link of version 1.0: `/trg/<base16>/<email|md5|xxh>`.
struct LinkPath: Sendable {
    let link: String
    let segment: String
}

/// A field that comes with a link: a value for the message, and perhaps for the database.
struct LinkField: Sendable {
    let name: String
    let value: JSONValue
    let option: Option

    /// What becomes of the value.
    enum Option: Int, Sendable {
        /// Not used when the database has one.
        case ifEmpty = 0
        /// Used in the message, not stored.
        case inMessage = 1
        /// Used in the message and stored.
        case store = 2
    }

    /// Reads one element of `fields`.
    init(_ parameters: Parameters) throws(Refusal) {
        guard let name = try parameters.text("name"), !name.isEmpty else { throw .request("a field has no \"name\"") }
        guard let value = parameters["value"] else { throw .request("the field \"\(name)\" has no \"value\"") }
        guard let number = try parameters.integer("option"), let option = Option(rawValue: number) else {
            throw .request("\"option\" of the field \"\(name)\" must be 0, 1 or 2")
        }
        (self.name, self.value, self.option) = (name, value, option)
    }
}

extension World {
    /// The campaign that a link belongs to.
    func campaign(link: String) -> Campaign? {
        let link = link.lowercased()
        return campaigns.values.first { $0.link == link }
    }

    /// A link of version 1.0, by `GET` or `POST`; the link itself is the secret, so no token is asked for.
    mutating func follow(_ call: APICall, _ path: LinkPath, now: Date) throws(Refusal) -> APIAnswer {
        guard let campaign = campaign(link: path.link) else { throw refusal("there is no such link") }
        var contents = try LaunchContents(link: call.parameters, known: call.endpoint.parameters)
        var fields: [LinkField] = []
        for element in try call.parameters.list("fields") ?? [] { fields.append(try LinkField(element)) }
        _ = try isLaunchable(.campaign(campaign))
        let row: Int
        switch store.find(linkSegment: path.segment) {
        case .one(let found): row = found
        case .several: throw refusal("several profiles match the link; the address must be unique")
        case .none:
            if options.unmatched == .error { throw refusal("no profile matches the link") }
            let order = LaunchOrder(
                endpoint: call.endpoint.rawValue, target: .campaign(campaign), contents: contents,
                request: currentRequest, now: now)
            record(unsent: "no profile matches", order, shown(path, nil))
            return .success
        }
        let (used, shown) = try apply(fields, row, isXML: call.parameters.isXML)
        contents.fields = fields.isEmpty ? nil : shown
        let order = LaunchOrder(
            endpoint: call.endpoint.rawValue, target: .campaign(campaign), contents: contents, request: currentRequest,
            now: now)
        try launch(order, Recipient(row: row, shown: self.shown(path, store[row].id), overrides: used))
        return .success
    }

    private func shown(_ path: LinkPath, _ profileID: String?) -> JSONValue {
        .object([
            ("matching", .string("link")), ("value", .string(path.segment)),
            ("profile_id", profileID.map { .string($0) } ?? .null),
        ])
    }

    /// Applies the fields to the profile: which go into the message, and how the log shows them.
    private mutating func apply(
        _ fields: [LinkField], _ row: Int, isXML: Bool
    ) throws(Refusal) -> (used: [String: JSONValue], shown: String) {
        var profile = store[row]
        var used: [String: JSONValue] = [:]
        var shown: [JSONValue] = []
        for field in fields {
            let old = profile.value(field.name)
            // A name that no field of the database has is not used.
            let isKnown = store.knowsField(field.name) || old != nil
            let isUsed = isKnown && (field.option != .ifEmpty || old.map { $0.isNull || $0.string == "" } ?? true)
            if isUsed, !isXML, let old, !old.isNull, old.kind != field.value.kind {
                throw refusal("the field \"\(field.name)\" holds \(old.kind.noun), not \(field.value.kind.noun)")
            }
            if isUsed { used[field.name] = field.value }
            if isUsed, field.option == .store { profile.set(field.name, field.value.detached) }
            shown.append(
                .object([
                    ("name", .string(field.name)), ("value", field.value),
                    ("option", .number(JSONNumber(field.option.rawValue))), ("used", .bool(isUsed)),
                ]))
        }
        if fields.contains(where: { $0.option == .store }) {
            store.update(row, profile)
            isChanged = true
        }
        return (used, JSONValue.array(shown).text())
    }
}

extension LaunchContents {
    /// A link takes no content, files or custom data; what is sent of them is told as ignored.
    init(link parameters: Parameters, known: Set<String>) throws(Refusal) {
        try self.init(.none, ignored: parameters.names.filter { !known.contains($0) })
    }
}

extension Profile {
    /// Sets a value by the name that messages use.
    mutating func set(_ name: String, _ value: JSONValue) {
        switch name {
        case "email": email = value.string
        case "phone": phone = value.string
        default: fields[name] = value
        }
    }
}
