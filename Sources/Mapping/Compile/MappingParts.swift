import Altcraft
import Functions

/// The templates of a file while it is compiled, with what is known of them.
struct MappingParts {
    /// A compiled template and its place in the file.
    struct Part {
        let place: Place
        let compiled: Compiled
        let placed: Placed
    }

    /// An alternative with its place in the file.
    struct Alternative {
        let place: Place
        let template: RecipientTemplate
        let facts: TemplateFacts
        /// What it needs of the event, each value as it is written; nil where that is more than a list of values.
        var needs: Set<String>?
    }

    var eventID: Part?
    var eventTime: Part?
    var forEach: ForEachTemplate?
    var target: TargetTemplate?
    var recipients: [Alternative] = []
    var content: Part?
    var customData: Part?
    var attachments: Part?
    var subscriptionFilter: Part?
    var profile: ProfileTemplate?
    var profileFields: Part?
    var fields: [LinkFieldTemplate] = []
}

/// `delivery` while it is compiled.
struct DeliveryParts {
    var policy = DeliveryPolicy()
    var form = CallForm.single
    var dedupKey: MappingParts.Part?
    var lane: MappingParts.Part?
    var batchPlace: Place?
}
