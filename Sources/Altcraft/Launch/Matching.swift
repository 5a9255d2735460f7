/// How the platform finds the profile that a launch is for: the eleven search modes of its "Matching" page.
///
/// The raw value is the word of the API. The page's later rows are cut in every copy at hand, so the list is what four
/// other pages enumerate; what a mode needs and who takes it stands in ``MatchingFacts`` and ``CallFacts``.
package enum Matching: String, Sendable, Hashable, CaseIterable {
    case email
    case emailProfile = "email_profile"
    case emailSub = "email_sub"
    case phone
    case phoneSub = "phone_sub"
    case profileID = "profile_id"
    case pushSub = "push_sub"
    case custom
    case customSub = "custom_sub"
    case emailPhone = "email_phone"
    case emailPhoneSub = "email_phone_sub"

    /// What the platform searches by when a request names no mode.
    package static let standard = Matching.email

    /// The members that must, or may, stand beside the mode.
    package var companions: [Companion] { facts.companions }
}

/// A member that stands beside `matching` and says whom to search for.
package enum Companion: String, Sendable, Hashable, CaseIterable {
    case email
    case phone
    case profileID = "profile_id"
    case fieldName = "field_name"
    case fieldValue = "field_value"
    case provider
    case subscriptionID = "subscription_id"
    /// Narrows a search by email or phone to one resource; never required.
    case resourceID = "resource_id"
}
