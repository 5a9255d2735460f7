/// The parts of a mapping that give values.
///
/// A class, so that an evaluation that reads one part does not hold all of them.
final class MappingTemplates: Sendable {
    let eventID: Placed?
    let eventTime: Placed?
    let forEach: ForEachTemplate?
    let variables: [VariableTemplate]
    let target: TargetTemplate
    let recipients: [RecipientTemplate]
    let recipientPlace: PlaceID
    let content: Placed?
    let customData: Placed?
    let attachments: Placed?
    let subscriptionFilter: Placed?
    let profile: ProfileTemplate?
    let fields: [LinkFieldTemplate]
    let dedupKey: Placed?
    let lane: Placed?
    let on: OnPolicy

    init(
        eventID: Placed?, eventTime: Placed?, forEach: ForEachTemplate?, variables: [VariableTemplate],
        target: TargetTemplate, recipients: [RecipientTemplate], recipientPlace: PlaceID, content: Placed?,
        customData: Placed?, attachments: Placed?, subscriptionFilter: Placed?, profile: ProfileTemplate?,
        fields: [LinkFieldTemplate], dedupKey: Placed?, lane: Placed?, on: OnPolicy
    ) {
        self.eventID = eventID
        self.eventTime = eventTime
        self.forEach = forEach
        self.variables = variables
        self.target = target
        self.recipients = recipients
        self.recipientPlace = recipientPlace
        self.content = content
        self.customData = customData
        self.attachments = attachments
        self.subscriptionFilter = subscriptionFilter
        self.profile = profile
        self.fields = fields
        self.dedupKey = dedupKey
        self.lane = lane
        self.on = on
    }
}
