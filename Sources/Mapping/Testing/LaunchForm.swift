package import Altcraft
package import JSON

extension Launch {
    /// The launch as tests write it: the words of the mapping file, whatever call carries it.
    package var form: JSONValue {
        var members: [(name: String, value: JSONValue)] = []
        switch target {
        case .campaign(let id): members.append(("campaign", .number(JSONNumber(id))))
        case .scenario(let id): members.append(("scenario", .number(JSONNumber(id))))
        case .link(let name): members += [("link", .string(name)), ("by", .string(linkKey.rawValue))]
        }
        switch audience {
        case .query(let query): members.append(("custom_request", query))
        case .profile(let recipient): members += recipient.form
        }
        if let content { members.append(("content", content)) }
        if let customData { members.append(("custom_data", customData)) }
        if !attachments.isEmpty { members.append(("attach", .array(attachments.map(\.form)))) }
        if let subscriptionFilter { members.append(("subscription_filter", subscriptionFilter.form)) }
        if let profile { members.append(("profile", profile.form)) }
        if !fields.isEmpty { members.append(("fields", .array(fields.map(\.form)))) }
        return .object(members)
    }
}

extension Recipient {
    fileprivate var form: [(name: String, value: JSONValue)] {
        var members: [(name: String, value: JSONValue)] = [("matching", .string(matching.rawValue))]
        let texts = [
            ("email", email), ("phone", phone), ("profile_id", profileID), ("field_name", fieldName),
            ("provider", provider), ("subscription_id", subscriptionID),
        ]
        for (name, text) in texts { if let text { members.append((name, .string(text))) } }
        if let fieldValue { members.append(("field_value", fieldValue)) }
        if let resourceID { members.append(("resource_id", .number(JSONNumber(resourceID)))) }
        return members
    }
}

extension Attachment {
    fileprivate var form: JSONValue { .object([("data", .string(dataURI)), ("name", .string(name))]) }
}

extension SubscriptionFilter {
    fileprivate var form: JSONValue {
        var members: [(name: String, value: JSONValue)]
        switch selector {
        case .email(let email): members = [("email", .string(email))]
        case .phone(let phone): members = [("phone", .string(phone))]
        case .push(let provider, let id): members = [("provider", .string(provider)), ("subscription_id", .string(id))]
        }
        if let notStrict { members.append(("not_strict", .bool(notStrict))) }
        return .object(members)
    }
}

extension ProfileImport {
    fileprivate var form: JSONValue {
        var members: [(name: String, value: JSONValue)] = [("fields", fields)]
        let flags = [
            ("skip_triggers", skipTriggers), ("skip_invalid_subscriptions", skipInvalidSubscriptions),
            ("detect_geo", detectGeo),
        ]
        for (name, flag) in flags { if let flag { members.append((name, .bool(flag))) } }
        if let timeout {
            let parts = [("days", timeout.days), ("hours", timeout.hours), ("minutes", timeout.minutes)]
            members.append(("timeout", .object(parts.map { ($0.0, .number(JSONNumber($0.1))) })))
        }
        return .object(members)
    }
}

extension LinkField {
    fileprivate var form: JSONValue {
        .object([("name", .string(name)), ("value", value), ("option", .number(JSONNumber(option.rawValue)))])
    }
}
