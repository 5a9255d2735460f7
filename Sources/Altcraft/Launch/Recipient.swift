package import JSON

/// One profile that a launch is for: the search mode and the members beside it.
package struct Recipient: Sendable, Equatable {
    /// How the platform finds the profile.
    package var matching: Matching
    /// The email address, for the modes that search by it.
    package var email: String?
    /// The phone number, for the modes that search by it.
    package var phone: String?
    /// The platform's profile id.
    package var profileID: String?
    /// The name of the custom field.
    package var fieldName: String?
    /// The value of the custom field: a text or a number.
    package var fieldValue: JSONValue?
    /// The push provider.
    package var provider: String?
    /// The id of the push subscription.
    package var subscriptionID: String?
    /// The resource that narrows a search by email or phone.
    package var resourceID: Int64?

    /// Makes a recipient; ``Launch/validate(as:options:)`` says whether its parts fit each other.
    package init(
        matching: Matching, email: String? = nil, phone: String? = nil, profileID: String? = nil,
        fieldName: String? = nil, fieldValue: JSONValue? = nil, provider: String? = nil,
        subscriptionID: String? = nil, resourceID: Int64? = nil
    ) {
        self.matching = matching
        self.email = email
        self.phone = phone
        self.profileID = profileID
        self.fieldName = fieldName
        self.fieldValue = fieldValue
        self.provider = provider
        self.subscriptionID = subscriptionID
        self.resourceID = resourceID
    }

    /// The members that are there.
    package var companions: [Companion] {
        Companion.allCases.filter(has)
    }

    /// Whether a member is there.
    package func has(_ companion: Companion) -> Bool {
        switch companion {
        case .email: email != nil
        case .phone: phone != nil
        case .profileID: profileID != nil
        case .fieldName: fieldName != nil
        case .fieldValue: fieldValue != nil
        case .provider: provider != nil
        case .subscriptionID: subscriptionID != nil
        case .resourceID: resourceID != nil
        }
    }
}

/// Whom a launch is for.
package enum Audience: Sendable, Equatable {
    /// One profile; by reference, as it is big and goes through several hands.
    indirect case profile(Recipient)
    /// Every profile that a MongoDB query on the launch's database finds (`custom_request`).
    case query(JSONValue)
}
