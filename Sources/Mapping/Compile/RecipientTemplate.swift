import Altcraft

/// One alternative of `recipient`.
struct RecipientTemplate: Sendable {
    let audience: AudienceTemplate
    let place: PlaceID

    enum AudienceTemplate: Sendable {
        case profile(Matching, [Companion: Placed])
        case query(QueryTemplate)
    }

    /// A `custom_request` with the places that an event fills.
    struct QueryTemplate: Sendable {
        let query: Placed
        let slots: [PlaceID: CustomRequest.Slot]
    }
}
