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

    /// Every member that may stand beside the mode, the required ones first.
    package var companions: [Companion] { required + anyOf + optional }

    /// The facts of all modes, in the order of the platform's page.
    package static let all: [MatchingFacts] = [
        .init(.email, "By email, from the profile or a subscription.", required: [.email], narrowed: true),
        .init(.emailProfile, "By email, from the profile only.", required: [.email], narrowed: true),
        .init(.emailSub, "By email, from subscriptions only.", required: [.email], narrowed: true),
        .init(.phone, "By phone, from the profile or a subscription.", required: [.phone], narrowed: true),
        .init(.phoneSub, "By phone, from subscriptions only.", required: [.phone], narrowed: true),
        .init(.profileID, "By the platform's profile id.", required: [.profileID]),
        .init(.pushSub, "By a push subscription.", required: [.provider, .subscriptionID]),
        .init(.custom, "By a custom field, whose values must be unique.", required: [.fieldName, .fieldValue]),
        .init(.customSub, "By a subscription of a custom channel.", required: [.fieldName, .fieldValue]),
        .init(.emailPhone, "By email or phone, from the profile.", anyOf: [.email, .phone], narrowed: true),
        .init(.emailPhoneSub, "By email or phone, from subscriptions.", anyOf: [.email, .phone], narrowed: true),
    ]

    private init(
        _ matching: Matching, _ sentence: String, required: [Companion] = [], anyOf: [Companion] = [],
        narrowed: Bool = false
    ) {
        self.matching = matching
        self.sentence = sentence
        self.required = required
        self.anyOf = anyOf
        optional = narrowed ? [.resourceID] : []
    }

    /// The smallest recipient as a value.
    package var exampleValue: JSONValue {
        let members = [("matching", JSONValue.string(matching.rawValue))]
        return .object(members + (required + anyOf).map { ($0.rawValue, $0.example) })
    }

    /// The smallest recipient, as a mapping writes it: `{"matching": "email", "email": "john@example.com"}`.
    package var example: String {
        let members = exampleValue.members ?? []
        return "{" + members.map { "\"\($0.name)\": \($0.value.text())" }.joined(separator: ", ") + "}"
    }
}

extension Matching {
    /// What the documents say about the mode.
    package var facts: MatchingFacts {
        // The first is a fallback that the tests show unused: the table holds every mode.
        MatchingFacts.all.first { $0.matching == self } ?? MatchingFacts.all[0]
    }

    /// Whether the mode uses the member.
    package func uses(_ companion: Companion) -> Bool { companions.contains(companion) }
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

    /// A value as the documents show it.
    package var example: JSONValue {
        switch self {
        case .email: .string("john@example.com")
        case .phone: .string("+79000000000")
        case .profileID: .string("60ae529b3f62fcdebdb159bb")
        case .fieldName: .string("CRM_ID")
        case .fieldValue: .string("example123")
        case .provider: .string("android-firebase")
        case .subscriptionID: .string("1234")
        case .resourceID: .number(JSONNumber(24))
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
