import JSON

/// Writes the JSON of a launch: the root of a call's body, and the launch's element of `data` where the call has one.
///
/// What stands where is the platform's table: a batch holds the mode and `field_name` at the root and the value that is
/// searched by in the element; `custom_data` of a batch goes where the settings say.
struct LaunchBody {
    let launch: Launch
    let call: Call
    let options: RequestOptions

    /// The root object: all of a single call's body, and of a batch what its launches share.
    func root() -> [UInt8] {
        let facts = call.facts
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writeTarget(facts, to: &writer)
        switch launch.audience {
        case .profile(let recipient):
            writer.name("matching")
            writer.string(recipient.matching.rawValue)
            if facts.form == .single {
                writeCompanions(of: recipient, to: &writer)
            } else if let name = recipient.fieldName {
                writer.name("field_name")
                writer.string(name)
            }
            if let resource = recipient.resourceID {
                writer.name("resource_id")
                writer.integer(resource)
            }
        case .query(let query) where facts.form == .single: member("custom_request", query, to: &writer)
        case .query: break
        }
        writeParts(facts, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// The launch's element of `data`.
    func element() -> [UInt8] {
        var writer = JSONWriter(reserving: 64)
        writer.beginObject()
        let inside = launch.profile != nil && options.importSearch == .inside
        switch launch.audience {
        case .profile(let recipient) where !inside: writeValues(of: recipient, to: &writer)
        case .profile: break
        case .query(let query): member("custom_request", query, to: &writer)
        }
        if let profile = launch.profile {
            writer.name("data")
            writeFields(of: profile, searching: inside, to: &writer)
        }
        if customDataIsOwn, let data = launch.customData { member("custom_data", data, to: &writer) }
        writer.endObject()
        return writer.bytes
    }

    /// Whether each element of this batch carries its own `custom_data`: what the "Data array" page says of newer
    /// platforms, a page that the scenario calls do not refer to.
    private var customDataIsOwn: Bool {
        guard call.isBatch, options.customDataPlace == .element else { return false }
        if case .scenario = launch.target { return false }
        return true
    }

    private func writeTarget(_ facts: CallFacts, to writer: inout JSONWriter) {
        switch launch.target {
        case .campaign(let id), .scenario(let id):
            writer.name(facts.idName)
            writer.integer(id)
        case .link: break
        }
        if options.sendsFormat, facts.parts.contains(.format) {
            writer.name("format")
            writer.string(options.encoding.rawValue)
        }
        if facts.call.imports, let database = options.databaseID {
            writer.name("db_id")
            writer.integer(database)
        }
    }

    private func writeParts(_ facts: CallFacts, to writer: inout JSONWriter) {
        if let profile = launch.profile { writeImport(profile, single: facts.form == .single, to: &writer) }
        if let content = launch.content { member("content", content, to: &writer) }
        if let data = launch.customData, !customDataIsOwn { member("custom_data", data, to: &writer) }
        if !launch.attachments.isEmpty { writeAttachments(to: &writer) }
        if let filter = launch.subscriptionFilter { write(filter, to: &writer) }
    }

    private func writeAttachments(to writer: inout JSONWriter) {
        writer.name("attach")
        writer.beginArray()
        for attachment in launch.attachments {
            writer.beginObject()
            writer.name("data")
            writer.string(attachment.dataURI)
            writer.name("name")
            writer.string(attachment.name)
            writer.endObject()
        }
        writer.endArray()
    }

    private func write(_ filter: SubscriptionFilter, to writer: inout JSONWriter) {
        writer.name("subscription_filter")
        writer.beginObject()
        switch filter.selector {
        case .email(let email): text("email", email, to: &writer)
        case .phone(let phone): text("phone", phone, to: &writer)
        case .push(let provider, let subscriptionID):
            text("subscription_id", subscriptionID, to: &writer)
            text("provider", provider, to: &writer)
        }
        flag("not_strict", filter.notStrict, to: &writer)
        writer.endObject()
    }
}

extension LaunchBody {
    private func writeCompanions(of recipient: Recipient, to writer: inout JSONWriter) {
        text("field_name", recipient.fieldName, to: &writer)
        writeValues(of: recipient, to: &writer)
    }

    /// The values that are searched by: all companions but `field_name`, which a batch shares.
    private func writeValues(of recipient: Recipient, to writer: inout JSONWriter) {
        text("email", recipient.email, to: &writer)
        text("phone", recipient.phone, to: &writer)
        text("profile_id", recipient.profileID, to: &writer)
        if let value = recipient.fieldValue { member("field_value", value, to: &writer) }
        text("provider", recipient.provider, to: &writer)
        text("subscription_id", recipient.subscriptionID, to: &writer)
    }

    private func writeImport(_ profile: ProfileImport, single: Bool, to writer: inout JSONWriter) {
        if single { member("data", profile.fields, to: &writer) }
        flag("skip_triggers", profile.skipTriggers, to: &writer)
        flag("skip_invalid_subscriptions", profile.skipInvalidSubscriptions, to: &writer)
        flag("detect_geo", profile.detectGeo, to: &writer)
        guard let timeout = profile.timeout else { return }
        writer.name("timeout")
        writer.beginObject()
        for (name, count) in [("days", timeout.days), ("hours", timeout.hours), ("minutes", timeout.minutes)] {
            writer.name(name)
            writer.integer(count)
        }
        writer.endObject()
    }

    /// The profile's fields, and inside them what is searched by unless the mapping wrote that field itself.
    private func writeFields(of profile: ProfileImport, searching: Bool, to writer: inout JSONWriter) {
        guard searching, case .profile(let recipient) = launch.audience else { return writer.value(profile.fields) }
        var members = profile.fields.members ?? []
        for (name, value) in recipient.searchMembers where !members.contains(where: { $0.name == name }) {
            members.append((name, value))
        }
        writer.value(.object(members))
    }

    private func member(_ name: String, _ value: JSONValue, to writer: inout JSONWriter) {
        writer.name(name)
        writer.value(value)
    }

    private func text(_ name: String, _ text: String?, to writer: inout JSONWriter) {
        guard let text else { return }
        writer.name(name)
        writer.string(text)
    }

    private func flag(_ name: String, _ flag: Bool?, to writer: inout JSONWriter) {
        guard let flag else { return }
        writer.name(name)
        writer.bool(flag)
    }
}

extension Recipient {
    /// What is searched by, as members of a profile: a custom field stands under its own name.
    fileprivate var searchMembers: [(name: String, value: JSONValue)] {
        var members: [(name: String, value: JSONValue)] = []
        if let email { members.append(("email", .string(email))) }
        if let phone { members.append(("phone", .string(phone))) }
        if let profileID { members.append(("profile_id", .string(profileID))) }
        if let fieldName, let fieldValue { members.append((fieldName, fieldValue)) }
        return members
    }
}
