package import JSON

/// What the documents say about one matching mode: the one table behind the checker, the schema and the reference.
package struct MatchingFacts: Sendable {
    /// The mode.
    package let matching: Matching
    /// One sentence for people: where the platform looks.
    package let sentence: String
    /// Members that must all be there.
    package let required: [Companion]
    /// Members of which at least one must be there.
    package let anyOf: [Companion]
    /// Members that may be there.
    package let optional: [Companion]
    /// The smallest recipient, as a mapping writes it.
    package let example: String

    /// Every member that may stand beside the mode, the required ones first.
    package var companions: [Companion] { required + anyOf + optional }

    /// The facts of all modes, in the order of the platform's page.
    package static let all: [MatchingFacts] = Matching.allCases.map(facts(of:))

    private init(
        _ matching: Matching, _ sentence: String, required: [Companion] = [], anyOf: [Companion] = [],
        optional: [Companion] = [], example: String
    ) {
        self.matching = matching
        self.sentence = sentence
        self.required = required
        self.anyOf = anyOf
        self.optional = optional
        self.example = #"{"matching": "\#(matching.rawValue)", \#(example)}"#
    }

    fileprivate static func facts(of mode: Matching) -> MatchingFacts {
        let mail = #""email": "john@example.com""#
        let phone = #""phone": "+79000000000""#
        let field = #""field_name": "CRM_ID", "field_value": "example123""#
        let push = #""provider": "android-firebase", "subscription_id": "1234""#
        return switch mode {
        case .email:
            .init(
                mode, "By email, from the profile or a subscription.", required: [.email], optional: [.resourceID],
                example: mail)
        case .emailProfile:
            .init(mode, "By email, from the profile only.", required: [.email], optional: [.resourceID], example: mail)
        case .emailSub:
            .init(
                mode, "By email, from subscriptions only.", required: [.email], optional: [.resourceID], example: mail)
        case .phone:
            .init(
                mode, "By phone, from the profile or a subscription.", required: [.phone], optional: [.resourceID],
                example: phone)
        case .phoneSub:
            .init(
                mode, "By phone, from subscriptions only.", required: [.phone], optional: [.resourceID], example: phone)
        case .profileID:
            .init(
                mode, "By the platform's profile id.", required: [.profileID],
                example: #""profile_id": "60ae529b3f62fcdebdb159bb""#)
        case .pushSub:
            .init(mode, "By a push subscription.", required: [.provider, .subscriptionID], example: push)
        case .custom:
            .init(
                mode, "By a custom field, whose values must be unique.", required: [.fieldName, .fieldValue],
                example: field)
        case .customSub:
            .init(mode, "By a subscription of a custom channel.", required: [.fieldName, .fieldValue], example: field)
        case .emailPhone:
            .init(
                mode, "By email or phone, from the profile.", anyOf: [.email, .phone], optional: [.resourceID],
                example: mail + ", " + phone)
        case .emailPhoneSub:
            .init(
                mode, "By email or phone, from subscriptions.", anyOf: [.email, .phone], optional: [.resourceID],
                example: mail + ", " + phone)
        }
    }
}

extension Matching {
    /// What the documents say about the mode.
    package var facts: MatchingFacts { MatchingFacts.facts(of: self) }
}

extension Companion {
    /// One sentence for people: what the member holds.
    package var sentence: String {
        switch self {
        case .email: "An email address."
        case .phone: "A phone number in E.164 form: a plus sign and digits."
        case .profileID: "The platform's id of a profile; it finds a profile but cannot create one."
        case .fieldName: "The name of a custom field of the profile database."
        case .fieldValue: "The value of that field: a text or a number; for tags one text, `\"tag-1, tag-2\"`."
        case .provider: "The push provider, for example `android-firebase`."
        case .subscriptionID: "The id of the push subscription."
        case .resourceID: "The number of the resource whose subscriptions are searched."
        }
    }

    /// The kinds of value that the member takes.
    package var kinds: [JSONKind] {
        switch self {
        case .fieldValue: [.string, .number]
        case .resourceID: [.number]
        default: [.string]
        }
    }
}
