import Altcraft

/// One alternative of `recipient`.
struct RecipientTemplate: Sendable {
    let audience: AudienceTemplate
    let place: PlaceID

    enum AudienceTemplate: Sendable {
        case profile(Matching, [CompanionTemplate])
        case query(QueryTemplate)
    }

    /// A value that is searched by.
    struct CompanionTemplate: Sendable {
        let companion: Companion
        let value: Placed
        /// Whether the mode cannot do without it.
        let isRequired: Bool
        /// Whether it is one of several of which one suffices.
        let isOneOfSeveral: Bool
    }

    /// A `custom_request` with the places that an event fills.
    struct QueryTemplate: Sendable {
        let query: Placed
        let slots: [PlaceID: CustomRequest.Slot]
    }
}
