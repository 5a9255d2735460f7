import Files
import Foundation
import JSON

extension SandboxData {
    /// Largest data file.
    package static let mostBytes = 1 << 30

    /// Reads a data file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: Most bytes that it may have.
    ///   - warn: Told each member that is not known, as a line of its own.
    /// - Throws: ``DataFileError`` with the first fault.
    package static func read(
        path: String, limit: Int = mostBytes, warn: @escaping (String) -> Void = { _ in }
    ) throws(DataFileError) -> SandboxData {
        let bytes: [UInt8]
        do throws(BoundedFile.Failure) {
            bytes = try BoundedFile.read(path, limit: limit)
        } catch {
            throw DataFileError(path: path, position: nil, message: error.message)
        }
        return try parse(bytes, path: path, warn: warn)
    }

    /// Reads the text of a data file.
    package static func parse(
        _ bytes: [UInt8], path: String, warn: @escaping (String) -> Void = { _ in }
    ) throws(DataFileError) -> SandboxData {
        let document: JSONDocument
        do {
            document = try JSONDocument.parse(bytes, limits: JSONLimits(bytes: mostBytes))
        } catch {
            throw DataFileError(path: path, position: error.position, message: error.message)
        }
        return try SandboxDataParser(path: path, warn: warn).account(document.root)
    }
}

/// Turns the nodes of a data file into an account.
private struct SandboxDataParser {
    let path: String
    let warn: (String) -> Void

    func account(_ root: JSONNode) throws(DataFileError) -> SandboxData {
        let reader = try DataReader(root, "the account", path: path)
        var data = SandboxData()
        data.campaigns = try each(reader, "campaigns", campaign)
        data.scenarios = try each(reader, "scenarios", scenario)
        if reader.optional("resources") != nil { data.resources = try each(reader, "resources", resource) }
        data.profiles = try each(reader, "profiles", profile)
        try refuseRepeats(reader)
        let unknown = reader.unknown(besides: ["campaigns", "scenarios", "resources", "profiles"])
        note(unknown, reader)
        data.others = unknown.map { ($0.name, .node($0.value)) }
        return data
    }

    private func each<Value>(
        _ reader: DataReader, _ name: String, _ read: (JSONNode) throws(DataFileError) -> Value
    ) throws(DataFileError) -> [Value] {
        var values: [Value] = []
        for node in try reader.list(name) ?? [] { values.append(try read(node)) }
        return values
    }

    private func campaign(_ node: JSONNode) throws(DataFileError) -> Campaign {
        let reader = try DataReader(node, "a campaign", path: path)
        var campaign = Campaign(id: try reader.number("id"), name: try reader.text("name") ?? "")
        campaign.isActive = try reader.bool("active") ?? true
        campaign.resourceID = try reader.integer("resource_id")
        campaign.triggerType = try reader.text("trigger_type") ?? campaign.triggerType
        campaign.channel = try reader.text("send_channel")
        campaign.isUnconditional = try reader.bool("unconditional_sending") ?? false
        campaign.message = try message(reader)
        if let link = try reader.text("link") {
            guard !link.isEmpty, link.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                throw reader.error("\"link\" must be hexadecimal digits", at: try reader.required("link"))
            }
            campaign.link = link.lowercased()
        }
        let known: Set = [
            "id", "name", "active", "resource_id", "trigger_type", "send_channel", "unconditional_sending", "message",
            "link",
        ]
        note(reader.unknown(besides: known), reader)
        return campaign
    }

    private func scenario(_ node: JSONNode) throws(DataFileError) -> Scenario {
        let reader = try DataReader(node, "a scenario", path: path)
        var scenario = Scenario(id: try reader.number("id"), name: try reader.text("name") ?? "")
        scenario.isActive = try reader.bool("active") ?? true
        scenario.allowsReentry = try reader.bool("reentry") ?? true
        scenario.message = try message(reader)
        note(reader.unknown(besides: ["id", "name", "active", "reentry", "message"]), reader)
        return scenario
    }

    private func resource(_ node: JSONNode) throws(DataFileError) -> Resource {
        let reader = try DataReader(node, "a resource", path: path)
        note(reader.unknown(besides: ["id", "name"]), reader)
        return Resource(id: try reader.number("id"), name: try reader.text("name") ?? "")
    }

    private func message(_ reader: DataReader) throws(DataFileError) -> MessageTemplate? {
        guard let node = reader.optional("message") else { return nil }
        if let text = node.string { return MessageTemplate(subject: nil, text: text) }
        let message = try DataReader(node, "a message", path: path)
        note(message.unknown(besides: ["subject", "text"]), message)
        return MessageTemplate(subject: try message.text("subject"), text: try message.text("text") ?? "")
    }

    private func profile(_ node: JSONNode) throws(DataFileError) -> Profile {
        let reader = try DataReader(node, "a profile", path: path)
        var profile = Profile(id: try reader.identifier("id"))
        profile.email = try reader.text("email")
        profile.phone = try reader.text("phone")
        profile.fields = try reader.fields("fields")
        if reader.optional("subscriptions") != nil {
            profile.subscriptions = try each(reader, "subscriptions", subscription)
        }
        note(reader.unknown(besides: ["id", "email", "phone", "fields", "subscriptions"]), reader)
        return profile
    }

    private func subscription(_ node: JSONNode) throws(DataFileError) -> Subscription {
        let reader = try DataReader(node, "a subscription", path: path)
        let known: Set = [
            "channel", "resource_id", "status", "email", "phone", "provider", "subscription_id", "custom_fields",
            "cc_data", "priority",
        ]
        note(reader.unknown(besides: known), reader)
        return try Subscription(reader)
    }

    /// Two campaigns with one number, or two profiles with one id, would make answers depend on chance.
    private func refuseRepeats(_ reader: DataReader) throws(DataFileError) {
        for (list, what) in [
            ("campaigns", "campaign"), ("scenarios", "scenario"), ("resources", "resource"), ("profiles", "profile"),
        ] {
            var seen: Set<String> = []
            for node in try reader.list(list) ?? [] {
                guard let id = node["id"], let text = id.string ?? id.number?.text else { continue }
                guard seen.insert(text).inserted else { throw reader.error("a second \(what) \(text)", at: id) }
            }
        }
    }

    private func note(_ members: [JSONMember], _ reader: DataReader) {
        for member in members {
            warn("\(path):\(member.nameNode.position): \(reader.what) has no member \"\(member.name)\"; it is not used")
        }
    }
}

extension Subscription {
    /// Reads a subscription of the data file; the channel may be left out where the address tells it.
    init(_ reader: DataReader) throws(DataFileError) {
        let (email, phone) = (try reader.text("email"), try reader.text("phone"))
        let told = try reader.text("channel")
        guard let channel = told ?? (email != nil ? "email" : phone != nil ? "sms" : nil) else {
            throw reader.error("\(reader.what) has no \"channel\"", at: reader.node)
        }
        self.init(channel: channel, email: email, phone: phone)
        resourceID = try reader.integer("resource_id")
        status = try reader.text("status") ?? status
        provider = try reader.text("provider")
        subscriptionID = try reader.text("subscription_id")
        priority = try reader.integer("priority") ?? 0
        customFields = try reader.fields("cc_data").merging(try reader.fields("custom_fields")) { $1 }
    }
}
