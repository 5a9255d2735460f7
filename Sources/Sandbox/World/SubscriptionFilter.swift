import JSON

/// The `subscription_filter` of a start: which subscription of the profile gets the message.
///
/// It chooses among the subscriptions of a profile that was found otherwise; it finds no profile.
struct SubscriptionFilter: Sendable {
    private let email: String?
    private let phone: String?
    private let provider: String?
    private let subscriptionID: String?
    /// Whether another fitting subscription is used when the named one is not there.
    let isNotStrict: Bool

    /// Reads the filter; nil when the request has none.
    static func read(_ parameters: Parameters) throws(Refusal) -> SubscriptionFilter? {
        guard let value = try parameters.object("subscription_filter") else { return nil }
        return try SubscriptionFilter(Parameters(value, isXML: parameters.isXML))
    }

    private init(_ parameters: Parameters) throws(Refusal) {
        email = try parameters.text("email")
        phone = try parameters.text("phone")
        provider = try parameters.text("provider")
        subscriptionID = try parameters.text("subscription_id")
        isNotStrict = try parameters.bool("not_strict") ?? false
        guard email != nil || phone != nil || subscriptionID != nil else {
            throw .request("\"subscription_filter\" needs \"email\", \"phone\" or \"subscription_id\"")
        }
    }

    /// Whether a subscription is the one that is asked for.
    func selects(_ subscription: Subscription, spelled: (String) -> String) -> Bool {
        if let email, subscription.email.map(spelled) != spelled(email) { return false }
        if let phone, subscription.phone != phone { return false }
        if let provider, subscription.provider != provider { return false }
        if let subscriptionID, subscription.subscriptionID != subscriptionID { return false }
        return true
    }
}
