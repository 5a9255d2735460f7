package import JSON

/// One launch, in the platform's terms: what is launched, for whom, with what.
///
/// It says nothing of the call that makes it: the same launch may go out alone, as an element of a batch, or in a task.
package struct Launch: Sendable, Equatable {
    /// What is launched.
    package var target: LaunchTarget
    /// Whom it is for.
    package var audience: Audience
    /// The object that templates read as `{apicontent.…}`.
    package var content: JSONValue?
    /// The object that comes back in the platform's action hooks.
    package var customData: JSONValue?
    /// Files for the message.
    package var attachments: [Attachment]
    /// Which of the profile's subscriptions the message goes to.
    package var subscriptionFilter: SubscriptionFilter?
    /// The profile to create or update with the launch.
    package var profile: ProfileImport?
    /// Profile fields of a v1.0 link.
    package var fields: [LinkField]
    /// How a v1.0 link names the profile.
    package var linkKey: LinkKey

    /// Makes a launch.
    package init(
        target: LaunchTarget, audience: Audience, content: JSONValue? = nil, customData: JSONValue? = nil,
        attachments: [Attachment] = [], subscriptionFilter: SubscriptionFilter? = nil, profile: ProfileImport? = nil,
        fields: [LinkField] = [], linkKey: LinkKey = .md5
    ) {
        self.target = target
        self.audience = audience
        self.content = content
        self.customData = customData
        self.attachments = attachments
        self.subscriptionFilter = subscriptionFilter
        self.profile = profile
        self.fields = fields
        self.linkKey = linkKey
    }
}
