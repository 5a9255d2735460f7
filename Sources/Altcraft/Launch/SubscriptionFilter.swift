/// Which subscription of an already matched profile the message goes to.
package struct SubscriptionFilter: Sendable, Hashable {
    /// How the subscription is named.
    package enum Selector: Sendable, Hashable {
        case email(String)
        case phone(String)
        case push(provider: String, subscriptionID: String)
    }

    /// The subscription.
    package let selector: Selector
    /// Whether another fitting subscription will do when this one is not found; nil leaves it to the platform.
    package let notStrict: Bool?

    /// Makes a filter.
    package init(_ selector: Selector, notStrict: Bool? = nil) {
        self.selector = selector
        self.notStrict = notStrict
    }
}
