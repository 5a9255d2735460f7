import Foundation
import JSON

extension SandboxData {
    /// The account as the text of a data file.
    package var text: [UInt8] {
        var members: [(name: String, value: JSONValue)] = [
            ("campaigns", .array(campaigns.map(\.json))),
            ("scenarios", .array(scenarios.map(\.json))),
        ]
        if let resources {
            members.append(("resources", .array(resources.map { Members([("id", $0.id)]).text("name", $0.name).json })))
        }
        members.append(("profiles", .array(profiles.map(\.json))))
        return Array((JSONValue.object(members + others).text(pretty: true) + "\n").utf8)
    }

    /// Puts the account into a data file, whole or not at all.
    package func write(path: String) throws {
        try Data(text).write(to: URL(filePath: path), options: .atomic)
    }
}

/// Members of an object that is written: absent ones are left out.
private struct Members {
    private var members: [(name: String, value: JSONValue)] = []

    init(_ numbers: [(name: String, value: Int)]) {
        members = numbers.map { ($0.name, .number(JSONNumber($0.value))) }
    }

    func text(_ name: String, _ value: String?) -> Members { with(name, value.map { .string($0) }) }
    func number(_ name: String, _ value: Int?) -> Members { with(name, value.map { .number(JSONNumber($0)) }) }
    func bool(_ name: String, _ value: Bool, unless usual: Bool? = nil) -> Members {
        with(name, value == usual ? nil : .bool(value))
    }

    func fields(_ name: String, _ fields: [String: JSONValue]) -> Members {
        let sorted = fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        return with(name, .object(sorted))
    }

    func with(_ name: String, _ value: JSONValue?) -> Members {
        guard let value else { return self }
        var copy = self
        copy.members.append((name, value))
        return copy
    }

    var json: JSONValue { .object(members) }
}

extension Campaign {
    fileprivate var json: JSONValue {
        Members([("id", id)]).text("name", name).bool("active", isActive).number("resource_id", resourceID)
            .text("trigger_type", triggerType == Campaign.apiCall ? nil : triggerType).text("send_channel", channel)
            .bool("unconditional_sending", isUnconditional, unless: false)
            .text("link", link == Campaign.defaultLink(id) ? nil : link).with("message", message?.json).json
    }
}

extension Scenario {
    fileprivate var json: JSONValue {
        Members([("id", id)]).text("name", name).bool("active", isActive).bool("reentry", allowsReentry, unless: true)
            .with("message", message?.json).json
    }
}

extension MessageTemplate {
    fileprivate var json: JSONValue { Members([]).text("subject", subject).text("text", text).json }
}

extension Profile {
    fileprivate var json: JSONValue {
        Members([]).text("id", id).text("email", email).text("phone", phone).fields("fields", fields)
            .with("subscriptions", subscriptions.map { .array($0.map(\.json)) }).json
    }
}

extension Subscription {
    fileprivate var json: JSONValue {
        let members = Members([]).text("channel", channel).number("resource_id", resourceID).text("status", status)
            .text("email", email).text("phone", phone).text("provider", provider)
            .text("subscription_id", subscriptionID).number("priority", priority == 0 ? nil : priority)
        return (customFields.isEmpty ? members : members.fields("custom_fields", customFields)).json
    }
}
