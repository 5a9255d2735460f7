/// A trigger campaign (newer documents: trigger mailing).
package struct Campaign: Sendable {
    /// The number after `#`.
    package var id: Int
    /// What people call it.
    package var name: String
    /// Whether it is switched on; only then can it be launched.
    package var isActive = true
    /// The resource whose subscribers it may write to; nil for any.
    package var resourceID: Int?
    /// What sets it off; only `api_call` can be launched through the API.
    package var triggerType = Campaign.apiCall
    /// The channel it sends through: `email`, `sms`, `push` and so on; nil for whatever the profile has.
    package var channel: String?
    /// Whether it writes to people who are not subscribed.
    package var isUnconditional = false
    /// The path segment of its link of version 1.0, in hexadecimal digits.
    package var link: String
    /// The message that it would send; nil where the data file has none.
    package var message: MessageTemplate?

    /// The trigger type of campaigns that the API launches.
    package static let apiCall = "api_call"

    /// A campaign without a message.
    package init(id: Int, name: String) {
        self.id = id
        self.name = name
        link = Campaign.defaultLink(id)
    }

    /// The link of a campaign whose data names none: 48 digits as in the printed example, the same in each run.
    static func defaultLink(_ id: Int) -> String {
        (1...3).map { part in
            let text = String(XXHash64.hash(Array("campaign \(id) part \(part)".utf8)), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}

/// An automation scenario (in the API: workflow).
package struct Scenario: Sendable {
    /// The number after `#`.
    package var id: Int
    /// What people call it.
    package var name: String
    /// Whether it is switched on.
    package var isActive = true
    /// Whether a profile that is in it can enter again.
    package var allowsReentry = true
    /// The message that its first node would send; nil where the data file has none.
    package var message: MessageTemplate?

    /// A scenario without a message.
    package init(id: Int, name: String) {
        self.id = id
        self.name = name
    }
}

/// A resource: what people subscribe to.
package struct Resource: Sendable {
    /// Its number.
    package var id: Int
    /// What people call it.
    package var name: String
}
