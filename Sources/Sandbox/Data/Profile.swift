package import JSON

/// A person in the profile database.
package struct Profile: Sendable {
    /// The profile's id.
    package var id: String
    /// The address in the profile itself.
    package var email: String?
    /// The phone number in the profile itself.
    package var phone: String?
    /// Everything else by field name.
    package var fields: [String: JSONValue] = [:]
    /// What the profile is subscribed to; nil where the data says nothing: then its own address and number count as
    /// subscribed to everything, so that a small data file needs no subscriptions.
    package var subscriptions: [Subscription]?

    /// A profile without anything.
    package init(id: String) {
        self.id = id
    }

    /// The subscriptions that are in force, made up from address and number where the data has none.
    ///
    /// A profile that has neither gets one without an address, so that tests by id or field need no addresses.
    package var effectiveSubscriptions: [Subscription] {
        if let subscriptions { return subscriptions.filter(\.isInForce) }
        let mail = email.map { Subscription(channel: "email", email: $0) }
        let sms = phone.map { Subscription(channel: "sms", phone: $0) }
        let own = [mail, sms].compactMap(\.self)
        return own.isEmpty ? [Subscription(channel: "any")] : own
    }
}

/// A profile's consent to one channel of one resource.
package struct Subscription: Sendable {
    /// `email`, `sms`, `push`, `viber` and so on.
    package var channel: String
    /// The resource; nil for all of them.
    package var resourceID: Int?
    /// `subscribed`, or anything else for one that is not in force.
    package var status = Subscription.subscribed
    /// The address, for `email`.
    package var email: String?
    /// The number, for `sms` and messengers.
    package var phone: String?
    /// The push service, for `push`: `Chrome`, `android-firebase` and so on.
    package var provider: String?
    /// The id at the push service.
    package var subscriptionID: String?
    /// Data of a custom channel; found by `custom_sub`.
    package var customFields: [String: JSONValue] = [:]
    /// Among fitting ones the highest is used.
    package var priority = 0

    /// The status of a subscription in force.
    static let subscribed = "subscribed"

    /// A subscription to every resource.
    package init(channel: String, email: String? = nil, phone: String? = nil) {
        self.channel = channel
        self.email = email
        self.phone = phone
    }

    /// Whether anything is sent to it.
    var isInForce: Bool { status == Subscription.subscribed }

    /// The subscription as the launch log shows it.
    var shown: JSONValue {
        var members: [(name: String, value: JSONValue)] = [("channel", .string(channel))]
        if let resourceID { members.append(("resource_id", .number(JSONNumber(resourceID)))) }
        if let email { members.append(("email", .string(email))) }
        if let phone { members.append(("phone", .string(phone))) }
        if let provider { members.append(("provider", .string(provider))) }
        if let subscriptionID { members.append(("subscription_id", .string(subscriptionID))) }
        return .object(members)
    }
}
