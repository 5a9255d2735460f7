import JSON

/// A profile to import: how it is found, and what it is to hold.
struct ImportOrder: Sendable {
    var query: RecipientQuery
    private(set) var email: String?
    private(set) var phone: String?
    private(set) var fields: [String: JSONValue] = [:]
    private(set) var subscriptions: [Subscription]?
    let customData: JSONValue?

    /// Reads one profile.
    ///
    /// - Parameters:
    ///   - mode: How it is found.
    ///   - holder: Where the companions stand: the root of the request, or the wrapper of a batch.
    ///   - data: The profile's fields; nil when the request has none.
    ///   - fieldName: The field of `custom`, where it stands at the root of a batch.
    ///   - rules: What is asked of subscriptions.
    init(
        _ mode: MatchingMode, _ holder: Parameters, data: Parameters?, fieldName: String?, rules: SubscriptionRules
    ) throws(Refusal) {
        query = try Self.query(mode, holder, data ?? .none, fieldName)
        customData = try holder.object("custom_data")
        if let data { try take(data, rules) }
        switch mode {
        case .email, .emailProfile: email = email ?? query.email
        case .phone: phone = phone ?? query.phone
        case .custom: fields[query.fieldName ?? ""] = query.fieldValue.map(\.detached)
        default: break
        }
    }

    /// What an import asks of the subscriptions in its data.
    struct SubscriptionRules: Sendable {
        /// `skip_invalid_subscriptions`: leave wrong ones out instead of refusing the request.
        let skipsInvalid: Bool
        /// The resources there are; nil for any.
        let resources: Set<Int>?
    }

    /// The companions stand beside `data` or in it; the page on batches is cut where it would say which.
    private static func query(
        _ mode: MatchingMode, _ holder: Parameters, _ data: Parameters, _ fieldName: String?
    ) throws(Refusal) -> RecipientQuery {
        do {
            return try RecipientQuery(mode, holder, fieldName: fieldName)
        } catch {
            let name = try holder.text("field_name") ?? fieldName
            guard let inside = Self.companions(in: data, fieldName: name) else { throw error }
            guard let query = try? RecipientQuery(mode, inside, fieldName: name) else { throw error }
            return query
        }
    }

    private static func companions(in data: Parameters, fieldName: String?) -> Parameters? {
        var members: [(name: String, value: JSONValue)] = []
        if let email = data["email"] { members.append(("email", email)) }
        if let phone = data["phone"] ?? firstPhone(data) { members.append(("phone", phone)) }
        if let id = data["profile_id"] ?? data["_id"] { members.append(("profile_id", id)) }
        if let name = fieldName, let value = data[name] { members.append(("field_value", value)) }
        return members.isEmpty ? nil : Parameters(.object(members), isXML: data.isXML)
    }

    /// `phones` is printed both as a text and as a list.
    private static func firstPhone(_ data: Parameters) -> JSONValue? {
        data["phones"].flatMap { $0.elements.map(\.first) ?? $0 }
    }

    private mutating func take(_ data: Parameters, _ rules: SubscriptionRules) throws(Refusal) {
        for name in data.names {
            guard let value = data[name] else { continue }
            switch name {
            case "email": email = try data.text("email")
            case "phone": phone = try data.text("phone")
            case "phones": phone = Self.firstPhone(data)?.string ?? phone
            case "_id", "profile_id": break
            case "subscriptions": subscriptions = try Self.subscriptions(data, rules)
            default: fields[name] = value.detached
            }
        }
    }

    private static func subscriptions(_ data: Parameters, _ rules: SubscriptionRules) throws(Refusal) -> [Subscription]
    {
        var subscriptions: [Subscription] = []
        for element in try data.list("subscriptions", allowsOne: true) ?? [] {
            do throws(Refusal) {
                let subscription = try Subscription(element)
                if let resource = subscription.resourceID, let known = rules.resources, !known.contains(resource) {
                    throw Refusal.request("a subscription names resource \(resource), which does not exist")
                }
                subscriptions.append(subscription)
            } catch {
                if !rules.skipsInvalid { throw error }
            }
        }
        return subscriptions
    }

    /// The profile after the import.
    func applied(to profile: Profile) -> Profile {
        var profile = profile
        profile.email = email ?? profile.email
        profile.phone = phone ?? profile.phone
        profile.fields.merge(fields) { $1 }
        guard let subscriptions else { return profile }
        // From now on the profile has subscriptions of its own; those it had by its address alone are kept.
        var all = profile.subscriptions ?? []
        for subscription in subscriptions {
            all.removeAll { $0.isSameChannel(as: subscription) }
            all.append(subscription)
        }
        profile.subscriptions = all
        return profile
    }
}

extension Subscription {
    /// Reads a subscription of an import; the channel may be left out where the address tells it.
    init(_ parameters: Parameters) throws(Refusal) {
        let (email, phone) = (try parameters.text("email"), try parameters.text("phone"))
        let provider = try parameters.text("provider")
        let told = try parameters.text("channel")
        let guessed = email != nil ? "email" : phone != nil ? "sms" : provider != nil ? "push" : nil
        guard let channel = told ?? guessed else { throw .request("a subscription has neither channel nor address") }
        self.init(channel: channel, email: email, phone: phone)
        self.provider = provider
        subscriptionID = try parameters.text("subscription_id")
        resourceID = try parameters.integer("resource_id")
        status = try parameters.text("status") ?? status
        priority = try parameters.integer("priority") ?? 0
        for name in ["cc_data", "custom_fields"] {
            for member in try parameters.object(name)?.members ?? [] {
                customFields[member.name] = member.value.detached
            }
        }
    }

    /// Whether it is the same subscription in another state.
    func isSameChannel(as other: Subscription) -> Bool {
        channel == other.channel && resourceID == other.resourceID && email == other.email && phone == other.phone
            && provider == other.provider && subscriptionID == other.subscriptionID
    }
}

extension JSONValue {
    /// The value with bytes of its own, so that keeping it does not keep the request it came with.
    var detached: JSONValue {
        guard case .node = self else { return self }
        let limits = JSONLimits(bytes: 256 << 20, depth: JSONLimits.deepestDepth)
        return (try? JSONDocument.parse(text(), limits: limits)).map { .node($0.root) } ?? self
    }
}
