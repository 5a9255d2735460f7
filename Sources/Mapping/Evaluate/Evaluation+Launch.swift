import Altcraft
import EventPattern
import Functions
import JSON
import Outcome

/// From templates to a launch in the platform's terms.
extension Evaluation {
    /// Makes the launch of the current element.
    mutating func launch() throws(Halt) -> Launch {
        let templates = mapping.templates
        outputLeft = limits.launchBytes
        // The recipient comes first: most events that give no launch have nobody to send to.
        let audience = try audience()
        return Launch(
            target: try target(), audience: audience, content: try object(templates.content),
            customData: try object(templates.customData), attachments: try attachments(templates.attachments),
            subscriptionFilter: try subscriptionFilter(templates.subscriptionFilter),
            profile: try profile(templates.profile), fields: try fields(templates.fields),
            linkKey: templates.target.linkKey)
    }

    private mutating func fields(_ templates: [LinkFieldTemplate]) throws(Halt) -> [LinkField] {
        var fields: [LinkField] = []
        for field in templates {
            guard let value = try value(field.value.template) else { continue }
            fields.append(LinkField(name: field.name, value: value.json, option: field.option))
        }
        return fields
    }

    private mutating func target() throws(Halt) -> LaunchTarget {
        switch mapping.templates.target {
        case .fixed(let target): target
        case .campaign(let id): .campaign(try self.id(id))
        case .scenario(let id): .scenario(try self.id(id))
        case .link(let name, _): .link(name)
        }
    }

    private mutating func id(_ placed: Placed) throws(Halt) -> Int64 {
        let value = try required(placed)
        if let id = value.json.number?.int64, id > 0 { return id }
        throw Halt(
            reason: .invalid, place: placed.place, path: nil,
            detail: "an id is a positive whole number, and this is \(value.scalarText ?? value.noun)")
    }

    /// An object, or nil where the file has none or leaves it out.
    private mutating func object(_ placed: Placed?) throws(Halt) -> JSONValue? {
        guard let placed, let value = try value(placed.template)?.json else { return nil }
        guard value.kind == .object else {
            throw Halt(
                reason: .invalid, place: placed.place, path: nil,
                detail: "this must be an object, and it is \(value.kind.noun)")
        }
        return value
    }

    private mutating func profile(_ template: ProfileTemplate?) throws(Halt) -> ProfileImport? {
        guard let template else { return nil }
        return ProfileImport(
            fields: try object(template.fields) ?? .object([]), skipTriggers: template.skipTriggers,
            skipInvalidSubscriptions: template.skipInvalidSubscriptions, detectGeo: template.detectGeo,
            timeout: template.timeout)
    }

    private mutating func attachments(_ placed: Placed?) throws(Halt) -> [Attachment] {
        guard let placed, let value = try value(placed.template)?.json else { return [] }
        guard let elements = value.elements else {
            throw Halt(
                reason: .invalid, place: placed.place, path: nil,
                detail: "\"attach\" must be a list, and this is \(value.kind.noun)")
        }
        var attachments: [Attachment] = []
        do throws(LaunchFault) {
            for element in elements { attachments.append(try AttachmentReader.read(element)) }
        } catch {
            let which = elements.count > 1 ? "file \(attachments.count + 1) of \(elements.count): " : ""
            throw Halt(reason: .invalid, place: placed.place, path: nil, detail: which + error.message)
        }
        do throws(LaunchFault) {
            try AttachmentLimits().check(attachments)
        } catch {
            throw Halt(reason: .invalid, place: placed.place, path: nil, detail: error.message)
        }
        return attachments
    }

    private mutating func subscriptionFilter(_ placed: Placed?) throws(Halt) -> SubscriptionFilter? {
        guard let placed, let value = try object(placed) else { return nil }
        func text(_ name: String) -> String? { value[name]?.string }
        let notStrict = value["not_strict"]?.bool
        if let email = text("email") { return SubscriptionFilter(.email(email), notStrict: notStrict) }
        if let phone = text("phone") { return SubscriptionFilter(.phone(phone), notStrict: notStrict) }
        if let provider = text("provider"), let id = text("subscription_id") {
            return SubscriptionFilter(.push(provider: provider, subscriptionID: id), notStrict: notStrict)
        }
        throw Halt(
            reason: .missing, place: placed.place, path: nil,
            detail:
                "the subscription is not named: there is no \"email\", no \"phone\", and not both of \"provider\" and \"subscription_id\""
        )
    }
}

/// Files as a mapping's template gives them.
enum AttachmentReader {
    /// Reads `{"name", "data"}` with a data URI, or `{"name", "type", "data"}` with base64.
    static func read(_ value: JSONValue) throws(LaunchFault) -> Attachment {
        guard let name = value["name"]?.string, let data = value["data"]?.string else {
            throw bad("an attachment is an object with the texts \"name\" and \"data\"")
        }
        let type = (value["type"] ?? value["mimetype"])?.string
        if let uri = dataURI(data) {
            guard type == nil || type == uri.type else {
                throw bad("the data says that it is of another type than the mapping says")
            }
            return try .checked(name: name, mediaType: uri.type, base64: uri.base64)
        }
        guard let type else {
            throw bad("an attachment needs its \"type\", or data that begins with \"data:\"")
        }
        return try .checked(name: name, mediaType: type, base64: data)
    }

    private static func dataURI(_ text: String) -> (type: String, base64: String)? {
        guard text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") else { return nil }
        let head = text[..<comma].dropFirst("data:".count)
        guard head.hasSuffix(";base64") else { return nil }
        return (String(head.dropLast(";base64".count)), String(text[text.index(after: comma)...]))
    }

    private static func bad(_ message: String) -> LaunchFault { LaunchFault(.badValue(.attachments), message) }
}
